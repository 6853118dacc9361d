import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { charmedPostgresqlK8s } from '../../src/guides/charmed-postgresql-k8s/index.js';
import { productsEstate } from '../../src/simulator/estates/products.js';
import { enforced, startRig, toldOf, type Rig } from '../support/rig.js';

const rules = [{ match: { control: 'PG-ENC-0?' }, ...enforced, params: { provider: 'ca' } }];

describe('the loop on PostgreSQL 14 and 16', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig({ estate: productsEstate, rules, guides: [charmedPostgresqlK8s], speed: 4 });
  });
  afterAll(() => rig.close());

  function saysOf(application: string, control: string): string {
    const found = rig.daemon
      .report()
      .findings.find((one) => one.control === control && one.target.application === application);
    return `${found?.outcome ?? 'nothing'} ${found?.reason ?? ''}`;
  }

  it('relates the endpoints of each track, and believes it when the ports show it', async () => {
    const passes = (application: string, control: string): boolean =>
      saysOf(application, control) === 'pass AsRequired';
    await rig.until('both are encrypted', () =>
      ['pg14', 'pg16'].every((name) => passes(name, 'PG-ENC-03') && passes(name, 'PG-ENC-06')),
    );
    const ended = (control: string): readonly string[] =>
      toldOf(rig.events, 'prod', control).filter((word) =>
        ['Succeeded', 'NeedsReview', 'Failed'].includes(word),
      );
    await rig.until(
      'all remediations end',
      () => ended('PG-ENC-01').length >= 2 && ended('PG-ENC-02').length >= 2,
    );
    expect([ended('PG-ENC-01'), ended('PG-ENC-02')]).toEqual([
      ['Succeeded', 'Succeeded'],
      ['Succeeded', 'Succeeded'],
    ]);
  });

  it('tells what PgBouncer serves', () => {
    expect(saysOf('pooler', 'PGB-ENC-02')).toBe('fail TlsNotInEffect');
  });
});
