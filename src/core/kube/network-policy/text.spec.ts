import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { policyText, specOf, type ProposedPolicy } from './text.js';

const policy: ProposedPolicy = {
  name: 'holdfast-pg',
  namespace: 'data',
  about: 'pg; its ports from somewhere',
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'pg' } },
  ingress: [
    {
      why: 'clients',
      rule: {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }],
        ports: [{ protocol: 'TCP', port: 5432 }],
      },
    },
  ],
};

function read(text: string): { metadata: { name: string; namespace: string }; spec: unknown } {
  const [document, ...others] = parseAllDocuments(text);
  expect([document?.errors, document?.warnings, others.length]).toEqual([[], [], 0]);
  return document?.toJS() as ReturnType<typeof read>;
}

describe('a policy as text', () => {
  it('reads back as the policy that it is, each rule below its reason', () => {
    const text = policyText(policy);
    expect(read(text)).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'holdfast-pg',
        namespace: 'data',
        labels: { 'app.kubernetes.io/managed-by': 'holdfast' },
      },
      spec: specOf(policy),
    });
    expect(text).toContain('    # clients\n    - from:\n');
    expect(text).toContain('        - { protocol: "TCP", port: 5432 }\n');
  });

  it('closes what it names no rule for', () => {
    const closed = { ...policy, ingress: [], egress: [] };
    expect(read(policyText(closed)).spec).toEqual({
      podSelector: policy.podSelector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    });
  });

  it('holds any names and reasons without letting them become anything else', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a\n- from: []',
        'x: y',
        '"',
        '#',
        '{}',
        '\u2028---\u2029',
        'no',
        '1',
        '\u001b[31m',
        'a\r\nspec: {}',
      ),
    );
    fc.assert(
      fc.property(text, text, text, (name, label, why) => {
        const hostile: ProposedPolicy = {
          ...policy,
          name,
          about: why,
          podSelector: { matchLabels: { [label === '__proto__' ? 'a' : label]: name } },
          ingress: [{ why, rule: { from: [{ podSelector: { matchLabels: { key: label } } }] } }],
        };
        const written = policyText(hostile);
        const shown = read(written);
        expect([shown.metadata.name, shown.spec]).toEqual([name, specOf(hostile)]);
        expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });
});
