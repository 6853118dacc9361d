import { describe, expect, it, test } from '@jest/globals';
import {
  approvalOf,
  at,
  hashNamed,
  noon,
  planFor,
  pauseNamed,
  quarantineNamed,
  remediationNamed,
} from '../../../test/support/journal-samples.js';
import { memoryJournal, newMemory } from '../../store/memory.js';
import type { Plan } from '../plan.js';
import type { Journal, Remediation, Write } from '../ports/index.js';
import { decide, type DecisionRequest } from './decide.js';
import { findPlan } from './find-plan.js';
import { isYetToCome } from './given.js';
import type { Saying } from './saying.js';
import { standingOf } from './standing.js';

const plan = planFor('kafka');
const saying: Saying = { by: 'anna', now: noon, called: (field) => `--${field}` };

async function journalWith(...writes: readonly Write[]): Promise<Journal> {
  const journal = memoryJournal(newMemory());
  await journal.write({ type: 'plan', plan }, ...writes);
  return journal;
}

const waits = (id: string, more: Partial<Remediation> = {}): Write => ({
  type: 'remediation',
  remediation: remediationNamed(id, {
    planHash: plan.hash,
    state: 'WaitingApproval',
    reason: 'ApprovalNeeded',
    message: `${id} waits`,
    ...more,
  }),
});

describe('a decision', () => {
  const approve: DecisionRequest = { plan: plan.id, decision: 'approve' };

  it('counts for as long as the policy says, and no longer', async () => {
    const longest = plan.limits.approvalValidity;
    const decided = async (request: DecisionRequest) =>
      (await decide(await journalWith(), request, saying)).approval.expiresAt;
    expect(await decided(approve)).toBe(at(longest / 60));
    expect(await decided({ ...approve, valid: `${longest}s` })).toBe(at(longest / 60));
    await expect(decided({ ...approve, valid: `${longest + 1}s` })).rejects.toThrow('at most');
    expect(await decided({ plan: plan.id, decision: 'deny', valid: `${longest + 60}s` })).toBe(
      at(longest / 60 + 1),
    );
  });

  test.each([
    ['approve', 'PlanApproved', `anna approved plan ${plan.id} for prod:data`],
    ['deny', 'PlanDenied', `anna denied plan ${plan.id} for prod:data`],
  ] as const)(
    'to %s is written down with who gave it and how that is known',
    async (decision, event, why) => {
      const trailOf = async (more: Partial<Saying>) => {
        const journal = await journalWith();
        const { approval } = await decide(journal, { plan: plan.id, decision }, { ...saying, ...more });
        const [entry] = await journal.auditLog({ limit: 9 });
        return [approval, entry] as const;
      };
      const [plain, entry] = await trailOf({});
      expect(entry).toMatchObject({ actor: 'anna', event, why, at: at(0) });
      expect([Object.keys(entry?.body ?? {}), 'reason' in plain]).toEqual([
        ['plan', 'target', 'expiresAt', 'argv'],
        false,
      ]);
      const [withReason, second] = await trailOf({ reason: 'CHG-7', via: { token: 'ci' } });
      expect([withReason.reason, second?.why]).toEqual(['CHG-7', 'CHG-7']);
      expect(second?.body).toMatchObject({ plan: plan.hash, via: { token: 'ci' } });
    },
  );

  it('says whether something waits for it', async () => {
    const waitsFor = async (...writes: readonly Write[]) =>
      (await decide(await journalWith(...writes), approve, saying)).waits;
    expect([
      await waitsFor(waits('r1')),
      await waitsFor(),
      await waitsFor(waits('r1', { state: 'Succeeded' })),
      await waitsFor(waits('r1', { planHash: hashNamed('other') })),
    ]).toEqual([true, false, false, false]);
  });
});

describe('a plan is found', () => {
  it('by the beginning of its hash, however it is written', async () => {
    const found = await findPlan(await journalWith(), ` ${plan.hash.slice(0, 8).toUpperCase()}\n`);
    expect(found.hash).toBe(plan.hash);
  });

  test.each([
    ['with more before it', `x${plan.id}`],
    ['with more after it', `${plan.id}x`],
    ['with more than a hash has', `${plan.hash}0`],
  ])('but not %s', async (_what, text) => {
    await expect(findPlan(await journalWith(), text)).rejects.toThrow('is no plan');
  });

  test.each<[string, (one: Plan['actions'][number]) => Plan['actions'][number]]>([
    ['shows another command', (one) => ({ ...one, argv: ['juju', 'status'] })],
    ['is said to be of another kind', (one) => ({ ...one, type: 'expose' })],
  ])('but not when one of its actions %s than it would run', async (_what, alter) => {
    const two = planFor('kafka', { actions: [...planFor('etcd').actions, ...plan.actions] });
    const [first, second] = two.actions;
    const altered = { ...two, actions: [first!, alter(second!)] };
    const journal = await journalWith({ type: 'plan', plan: altered });
    await expect(findPlan(journal, two.hash)).rejects.toThrow('was altered in the journal');
  });
});

describe('what was given later than it is now', () => {
  it('counts when it is a refusal, and not when it is an approval', () => {
    const yetToCome = (decision: 'approve' | 'deny', minutes: number) =>
      isYetToCome({ decision, at: at(minutes) }, noon);
    expect([yetToCome('approve', 1), yetToCome('deny', 1), yetToCome('approve', 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('where things stand with the persons', () => {
  it('is told without what is over', async () => {
    const journal = await journalWith(
      { type: 'pause', pause: pauseNamed('open') },
      { type: 'pause', pause: pauseNamed('over', { until: at(0) }) },
      { type: 'pause', pause: pauseNamed('later', { until: at(1) }) },
      { type: 'quarantine', quarantine: quarantineNamed('q-1') },
      { type: 'approval', approval: approvalOf('over', { planHash: plan.hash, expiresAt: at(0) }) },
      waits('r1'),
    );
    const standing = await standingOf(journal, noon);
    expect(standing.pauses.map(({ id }) => id)).toEqual(['later', 'open']);
    expect(standing.quarantines.map(({ id }) => id)).toEqual(['q-1']);
    expect([standing.decisions, standing.waiting.map(({ plan: { hash } }) => hash)]).toEqual([
      [],
      [plan.hash],
    ]);
  });

  test.each([
    ['approved', 'approve', at(-1), []],
    ['denied', 'deny', at(-1), []],
    ['approved later than it is now, which does not count', 'approve', at(1), [plan.hash]],
  ] as const)('does not list as waiting what was %s', async (_what, decision, given, expected) => {
    const approval = approvalOf('kafka', { planHash: plan.hash, decision, at: given });
    const { waiting } = await standingOf(
      await journalWith(waits('r1'), { type: 'approval', approval }),
      noon,
    );
    expect(waiting.map(({ plan: { hash } }) => hash)).toEqual(expected);
  });

  it('tells of several steps of a plan the newest that waits, and nothing of those that do not', async () => {
    const journal = await journalWith(
      waits('r1', { updatedAt: at(1) }),
      waits('r2', { updatedAt: at(2) }),
      waits('r3', { state: 'Running', updatedAt: at(3) }),
    );
    const { waiting } = await standingOf(journal, noon);
    const [first] = (await journal.remediations(0)).filter(({ state }) => state === 'WaitingApproval');
    expect(waiting.map(({ message, since }) => [message, since])).toEqual([
      [first?.message, first?.updatedAt],
    ]);
  });
});
