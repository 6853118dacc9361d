import { describe, expect, it } from '@jest/globals';
import { JudgedTime, millis } from '../time.js';
import { observeOnly, type Policy, type PolicyRule, type Waiver } from './policy.js';
import { settingsResolver } from './resolve.js';
import { waiverFinder } from './waivers.js';

const target = { kind: 'application', controller: 'prod', model: 'data', application: 'pg-main' } as const;
const scope = { controller: 'prod', model: 'data', application: 'pg-main', guide: 'g', control: 'PG-ENC-01' };

function policy(...rules: PolicyRule[]): Policy {
  return { ...observeOnly, rules };
}

describe('the policy in force for a control on a target', () => {
  it('is the defaults where no rule matches', () => {
    const rule = { match: { model: 'other' }, mode: 'enforce' } as const;
    expect(settingsResolver(policy(rule))(target, 'g', 'PG-ENC-01')).toMatchObject({
      mode: 'observe',
      enabled: true,
      params: {},
    });
  });

  it('lets later rules win field by field', () => {
    const settings = settingsResolver(
      policy(
        { match: { model: 'data' }, mode: 'enforce', params: { age: '1d', provider: 'vault' } },
        { match: { control: '*-ENC-*', application: 'pg?main' }, mode: 'propose', params: { age: '2d' } },
      ),
    )(target, 'g', 'PG-ENC-01');
    expect(settings).toMatchObject({ mode: 'propose', params: { age: '2d', provider: 'vault' } });
  });

  it('does not match a rule for applications on a target without one', () => {
    const resolve = settingsResolver(policy({ match: { application: '*' }, mode: 'enforce' }));
    expect(resolve({ kind: 'model', controller: 'prod', model: 'data' }, 'g', 'JUJU-MODEL-01').mode).toBe(
      'observe',
    );
  });

  it('takes dots and brackets in a pattern for themselves', () => {
    const resolve = settingsResolver(policy({ match: { model: 'd.t[a]*' }, mode: 'enforce' }));
    expect(resolve(target, 'g', 'PG-ENC-01').mode).toBe('observe');
    expect(resolve({ ...target, model: 'd.t[a]1' }, 'g', 'PG-ENC-01').mode).toBe('enforce');
  });
});

describe('what Terraform manages', () => {
  const managedBy = [{ match: { model: 'data' }, tool: 'terraform' }] as const;

  it.each<[PolicyRule['mode'], string]>([
    ['enforce', 'propose'],
    ['propose', 'propose'],
    ['observe', 'observe'],
  ])('in mode %s is in mode %s, and it is said who manages it', (mode = 'observe', expected) => {
    const resolve = settingsResolver({ ...policy({ match: {}, mode }), managedBy });
    expect(resolve(target, 'g', 'PG-ENC-01')).toMatchObject({ mode: expected, managedBy: 'terraform' });
    expect(resolve({ ...target, model: 'other' }, 'g', 'PG-ENC-01').mode).toBe(mode);
  });
});

describe('waivers', () => {
  const waiver: Waiver = {
    id: 'w1',
    kind: 'waived',
    match: { control: 'PG-*' },
    reason: 'r',
    owner: 'o',
    expires: '2026-12-01T00:00:00Z',
  };

  function found(at: string, ...waivers: Waiver[]): { state: string | undefined; validUntil: number } {
    const time = new JudgedTime(millis(at));
    const applied = waiverFinder({ ...observeOnly, waivers })?.(scope, time, () => false);
    return { state: applied && `${applied.waiver.id} ${applied.state}`, validUntil: time.validUntil };
  }

  it('are active until their expiry, which bounds the validity of the finding', () => {
    expect(found('2026-11-30T00:00:00Z', waiver)).toEqual({
      state: 'w1 active',
      validUntil: millis(waiver.expires),
    });
  });

  it('no longer count at the very moment of their expiry, and are shown as expired', () => {
    expect(found('2026-12-01T00:00:00Z', waiver).state).toBe('w1 expired');
  });

  it('prefer an active one over an expired one', () => {
    const later = { ...waiver, id: 'w2', expires: '2027-01-01T00:00:00Z' };
    expect(found('2026-12-24T00:00:00Z', waiver, later).state).toBe('w2 active');
  });

  it('leave other controls alone', () => {
    expect(found('2026-11-30T00:00:00Z', { ...waiver, match: { control: 'ETCD-*' } }).state).toBeUndefined();
  });
});
