import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cloudPolicyDifference } from '../../src/core/cloud-policy/difference.js';
import { cloudPolicyForms } from '../../src/core/cloud-policy/forms.js';
import type { CloudPermissions, CloudPolicyKind, Grant } from '../../src/core/cloud-policy/grants.js';
import { covers, overlap } from '../../src/core/cloud-policy/pattern.js';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 6 });
const name = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 6 });
const actions = fc.array(letters, { maxLength: 4 });

const anyGrant: fc.Arbitrary<Grant> = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const),
  actions,
  except: actions,
  limits: fc.constantFrom([], ['a Condition']),
});
const allow = anyGrant.map((grant): Grant => ({ ...grant, effect: 'allow' }));
const deny = anyGrant.map((grant): Grant => ({ ...grant, effect: 'deny' }));
const grants = fc.array(anyGrant, { maxLength: 5 });

const needs: CloudPermissions = {
  kind: 'aws-iam',
  needed: ['a:a', 'a:b', 'b:aa', ['b:b', 'ab:a']],
  optional: [],
  tooWide: ['b:ab', 'a:*b'],
  tolerated: [],
  lesser: [],
};

function within(few: readonly string[], many: readonly string[]): boolean {
  return few.every((one) => many.includes(one));
}

describe('patterns of permissions', () => {
  it('that meet in a name overlap, and what covers a pattern fits each of its names', () => {
    fc.assert(
      fc.property(letters, letters, name, (left, right, one) => {
        if (covers(left, one) && covers(right, one)) expect(overlap(left, right)).toBe(true);
        if (covers(left, right) && covers(right, one)) expect(covers(left, one)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('overlap whichever is named first, and with all that they cover', () => {
    fc.assert(
      fc.property(letters, letters, (left, right) => {
        expect(overlap(left, right)).toBe(overlap(right, left));
        expect(covers(left, left) && covers('*', left)).toBe(true);
        if (covers(left, right)) expect(overlap(left, right)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('grants', () => {
  it('are never widened by a denial', () => {
    fc.assert(
      fc.property(grants, deny, (given, more) => {
        const before = cloudPolicyDifference(given, needs);
        const after = cloudPolicyDifference([...given, more], needs);
        expect(within(before.missing, after.missing)).toBe(true);
        expect(within(after.tooWide, before.tooWide)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('together hold all that each of them holds, and are as wide', () => {
    fc.assert(
      fc.property(grants, allow, (given, more) => {
        const before = cloudPolicyDifference(given, needs);
        const after = cloudPolicyDifference([...given, more], needs);
        expect(within(after.missing, before.missing)).toBe(true);
        expect(within(before.tooWide, after.tooWide)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('count the same in every order', () => {
    fc.assert(
      fc.property(grants, (given) => {
        expect(cloudPolicyDifference(given.toReversed(), needs)).toEqual(cloudPolicyDifference(given, needs));
      }),
      { numRuns: 2000 },
    );
  });
});

const kinds: readonly CloudPolicyKind[] = ['aws-iam', 'azure-role', 'gcp-role', 'openstack-roles'];

describe('documents of every kind', () => {
  it.each(kinds)('%s: anything is either read or refused', (kind) => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { success } = cloudPolicyForms[kind].safeParse(value);
        expect(typeof success).toBe('boolean');
      }),
      { numRuns: 5000 },
    );
  });
});
