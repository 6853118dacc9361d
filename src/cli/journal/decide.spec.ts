import { describe, expect, it, test } from '@jest/globals';
import {
  approvalOf,
  at,
  hashNamed,
  planFor,
  remediationNamed,
} from '../../../test/support/journal-samples.js';
import { runCli, type Ran } from '../../../test/support/cli.js';
import type { Journal, Write } from '../../core/ports/index.js';
import { memoryJournal, newMemory } from '../../store/memory.js';

const plan = planFor('kafka');

async function journalWith(...writes: readonly Write[]): Promise<Journal> {
  const journal = memoryJournal(newMemory());
  await journal.write(...writes);
  return journal;
}

/** Runs a command on a journal, as `anna`, a minute after noon on the journal's day. */
async function on(journal: Journal, ...argv: readonly string[]): Promise<Ran> {
  const access = { open: () => Promise.resolve(journal), userName: () => 'anna' };
  return runCli(argv, { services: { journal: access, now: () => Date.parse(at(1)) } });
}

const waits: Write = {
  type: 'remediation',
  remediation: remediationNamed('r1', {
    planHash: plan.hash,
    state: 'WaitingApproval',
    reason: 'ApprovalNeeded',
    message: 'needs an approval: it is disruptive',
  }),
};

describe('approve', () => {
  it('writes the approval and who gave it, shows the plan, and says what follows', async () => {
    const journal = await journalWith({ type: 'plan', plan }, waits);
    const { code, out } = await on(journal, 'approve', plan.id, '--reason', 'agreed in CHG-1043');
    expect(code).toBe(0);
    expect(out).toContain('juju unexpose -m prod:admin/data kafka');
    expect(out).toContain('Approved by anna until 2026-11-25T12:01:00Z.');
    expect(out.replaceAll('\n', ' ')).toContain('carries it out as soon as nothing else holds it back');
    expect((await journal.orders()).decisions).toMatchObject([
      { decision: 'approve', by: 'anna', planHash: plan.hash, at: at(1), reason: 'agreed in CHG-1043', plan },
    ]);
    expect(await journal.auditLog({ limit: 9 })).toMatchObject([
      {
        actor: 'anna',
        event: 'PlanApproved',
        why: 'agreed in CHG-1043',
        body: { plan: plan.hash, argv: [plan.actions[0]?.argv] },
      },
    ]);
  });

  it('takes another name, a time and the beginning of a hash', async () => {
    const journal = await journalWith({ type: 'plan', plan });
    const prefix = plan.hash.slice(0, 5).toUpperCase();
    const { out } = await on(
      journal,
      'approve',
      prefix,
      '--as',
      'Zoë B.',
      '--valid',
      '90m',
      '--format',
      'json',
    );
    expect(JSON.parse(out)).toEqual({
      kind: 'Approval',
      version: 'v1',
      id: expect.stringMatching(/^a-[\da-f]{10}$/) as unknown,
      planHash: plan.hash,
      decision: 'approve',
      by: 'Zoë B.',
      at: at(1),
      expiresAt: at(91),
    });
  });

  it('says when nothing waits for the plan', async () => {
    const { out } = await on(await journalWith({ type: 'plan', plan }), 'approve', plan.id);
    expect(out.replaceAll('\n', ' ')).toContain('Nothing waits for this plan just now');
  });

  test.each([
    ['a hash that is none', ['approve', 'kafka'], '"kafka" is no plan'],
    ['too few letters of one', ['approve', plan.hash.slice(0, 3)], 'four letters of it at least'],
    [
      'a plan that the journal does not have',
      ['approve', 'ffff0000'],
      'holdfast orders lists those that wait',
    ],
    [
      'an empty name',
      ['approve', plan.id, '--as', ' '],
      "'--as <name>' argument ' ' is invalid. It is empty",
    ],
    [
      'a name that a terminal would obey',
      ['approve', plan.id, '--as', 'an\u001b[2Jna'],
      '--as holds characters that cannot be printed',
    ],
    ['a name that turns the text around', ['approve', plan.id, '--as', 'an\u202ena'], 'cannot be printed'],
    ['a reason over two lines', ['approve', plan.id, '--reason', 'a\nb'], '--reason holds characters'],
    ['a reason without end', ['approve', plan.id, '--reason', 'x'.repeat(501)], 'longer than 500'],
    ['a time that is none', ['approve', plan.id, '--valid', 'soon'], '--valid: "soon" is no duration'],
    ['no time at all', ['approve', plan.id, '--valid', '0s'], '--valid: 0s is nothing'],
    ['more time than the policy allows', ['approve', plan.id, '--valid', '30d'], 'count for 3d at most'],
  ])('refuses %s, and writes nothing', async (_what, argv, message) => {
    const journal = await journalWith({ type: 'plan', plan });
    const { code, err } = await on(journal, ...argv);
    expect([code, err.includes(message), err]).toEqual([1, true, err]);
    expect([(await journal.orders()).decisions, await journal.auditLog({ limit: 9 })]).toEqual([[], []]);
  });

  it('refuses the beginning of several hashes, and names the plans', async () => {
    const plans = [plan, ...Array.from({ length: 2000 }, (_, n) => planFor(`app${n}`))];
    const twins = plans.filter(({ hash }) =>
      plans.some((one) => one.hash !== hash && one.hash.startsWith(hash.slice(0, 4))),
    );
    const journal = await journalWith(...twins.map((twin) => ({ type: 'plan', plan: twin }) as const));
    const { code, err } = await on(journal, 'approve', twins[0]?.hash.slice(0, 4) ?? '');
    expect([
      code,
      err.includes('plans begin with'),
      err.includes(`${twins[0]?.id ?? ''} (prod:data)`),
    ]).toEqual([1, true, true]);
  });

  test.each([
    ['does something else than its hash names', { ...plan, hash: hashNamed('other') }],
    [
      'shows another command than it would run',
      { ...plan, actions: plan.actions.map((one) => ({ ...one, argv: ['juju', 'status'] })) },
    ],
  ])('refuses a plan that %s', async (_what, altered) => {
    const journal = await journalWith({ type: 'plan', plan: altered });
    const { code, err } = await on(journal, 'approve', altered.hash);
    expect([code, err.includes('was altered in the journal')]).toEqual([1, true]);
  });

  it('says who the machine thinks you are when it does not know', async () => {
    const journal = await journalWith({ type: 'plan', plan });
    const access = { open: () => Promise.resolve(journal), userName: () => '' };
    const { code, err } = await runCli(['approve', plan.id], { services: { journal: access } });
    expect([code, err.includes('say who you are with --as')]).toEqual([1, true]);
  });
});

describe('deny', () => {
  it('has the last word after an approval', async () => {
    const journal = await journalWith(
      { type: 'plan', plan },
      { type: 'approval', approval: approval('approve') },
    );
    const { code, out } = await on(journal, 'deny', plan.id, '--valid', '30d');
    expect([code, out.includes('Denied by anna until 2026-12-22T12:01:00Z.')]).toEqual([0, true]);
    expect((await journal.orders()).decisions).toMatchObject([{ decision: 'deny', by: 'anna' }]);
    expect(await journal.auditLog({ limit: 9 })).toMatchObject([
      { event: 'PlanDenied', why: `anna denied plan ${plan.id} for prod:data` },
    ]);
  });
});

function approval(decision: 'approve' | 'deny') {
  return approvalOf('kafka', { planHash: plan.hash, decision, at: at(0), expiresAt: at(60) });
}

describe('orders', () => {
  it('lists a plan that waits, with what it would do and how to approve it, and exits 2', async () => {
    const journal = await journalWith({ type: 'plan', plan }, { type: 'plan', plan: planFor('etcd') }, waits);
    const { code, out } = await on(journal, 'orders');
    expect(code).toBe(2);
    expect(out).toContain('Plans that wait for an approval: 1');
    expect(out).toContain('needs an approval: it is disruptive');
    expect(out).toContain('juju unexpose -m prod:admin/data kafka');
    expect(out).toContain(`holdfast approve ${plan.id}`);
  });

  it('lists the parts of a plan that was split instead of the plan', async () => {
    const part = planFor('etcd', { partOf: { hash: plan.hash, n: 1, of: 2, actions: ['a'] } });
    const journal = await journalWith({ type: 'plan', plan }, { type: 'plan', plan: part }, waits);
    const { out } = await on(journal, 'orders', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'Orders', waiting: [{ plan: { hash: part.hash } }] });
  });

  test.each(['approve', 'deny'] as const)(
    'no longer lists as waiting what was decided (%s)',
    async (decision) => {
      const journal = await journalWith({ type: 'plan', plan }, waits, {
        type: 'approval',
        approval: approval(decision),
      });
      const { code, out } = await on(journal, 'orders');
      expect([code, out.includes('Plans that wait'), out.includes(`by anna until ${at(60)}`)]).toEqual([
        0,
        false,
        true,
      ]);
    },
  );

  it('lists it as waiting again once the decision is over', async () => {
    const over = { ...approval('approve'), expiresAt: at(1) };
    const journal = await journalWith({ type: 'plan', plan }, waits, { type: 'approval', approval: over });
    const { code, out } = await on(journal, 'orders');
    expect([code, out.includes('Approved and denied')]).toEqual([2, false]);
  });

  it('says that nothing waits', async () => {
    expect(await on(await journalWith(), 'orders')).toMatchObject({
      code: 0,
      out: 'Nothing waits for a person.\n',
    });
  });
});
