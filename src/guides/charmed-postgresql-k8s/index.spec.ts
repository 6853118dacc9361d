import { describe, expect, it, test } from '@jest/globals';
import { charmedPostgresqlK8s } from './index.js';

const catalogue = {
  PG: { IMG: 2, UPG: 1, ENC: 6, FILE: 1, AUTH: 4, MON: 4, BKP: 1, NET: 1, OS: 3 },
  PGB: { IMG: 2, UPG: 1, ENC: 2, AUTH: 1, MON: 1, NET: 1 },
};

describe('the controls', () => {
  it('are those of the catalogue', () => {
    const ids = Object.entries(catalogue).flatMap(([product, areas]) =>
      Object.entries(areas).flatMap(([area, count]) =>
        Array.from({ length: count }, (_, n) => `${product}-${area}-0${n + 1}`),
      ),
    );
    expect(charmedPostgresqlK8s.controls.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test.each(charmedPostgresqlK8s.controls.map((control) => [control.id, control] as const))(
    '%s is told in full',
    (_, control) => {
      expect(control.rationale).toMatch(/\.$/);
      expect(control.manual.length).toBeGreaterThan(80);
      expect(control.references.every((url) => url.startsWith('https://'))).toBe(true);
      expect(control.references.length).toBeGreaterThan(1);
      expect(control.hazards.length).toBeGreaterThan(0);
      expect(control.params.safeParse({}).success).toBe(true);
      expect(control.remediation === 'manual').toBe(control.remediate === undefined);
      for (const [reason, sentence] of Object.entries(control.reasons)) {
        expect(reason).toMatch(/^[A-Z][A-Za-z]+$/);
        expect(sentence).toMatch(/\.$/);
      }
    },
  );
});
