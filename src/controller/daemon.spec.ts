import { describe, expect, it } from '@jest/globals';
import { access, bench, mends, world, type BenchOptions } from '../../test/support/daemon-bench.js';
import { observeOnly } from '../core/policy/policy.js';
import { defaultRails } from '../core/policy/rails.js';
import type { CliOutcome } from '../core/ports/index.js';

describe('the loop', () => {
  it('puts a violation right once and believes it only after a quiet time', async () => {
    const { clock, cli, way } = await bench({});
    await clock.advance(9000);
    expect(way()).toEqual(['Running(Running)', 'Verifying(Verifying)']);
    await clock.advance(10_000);
    expect(way().at(-1)).toBe('Succeeded(Verified)');
    await clock.advance(600_000);
    expect(cli.calls).toEqual(['unexpose -m prod:admin/data db']);
  });

  it('believes it earlier when the change was seen to begin', async () => {
    const { clock, way } = await bench({
      answer: (_, api) => {
        api.show(world({ exposed: false, agent: 'executing' }));
        return 'done';
      },
    });
    await clock.advance(3000);
    expect(way().at(-1)).toBe('Verifying(Verifying)');
  });

  it.each<[string, BenchOptions]>([
    ['only observes', { defaults: { mode: 'observe' } }],
    ['only proposes', { defaults: { mode: 'propose' } }],
    ['wants an approval for what is disruptive', { defaults: { disruptive: 'approval' } }],
    ['knows windows but not when they open', { defaults: { disruptive: 'window' } }],
  ])('changes nothing where the policy %s', async (_, options) => {
    const { clock, cli } = await bench(options);
    await clock.advance(600_000);
    expect(cli.calls).toEqual([]);
  });

  it('changes nothing in a composition that may not, and still shows the plan', async () => {
    const { clock, cli, daemon } = await bench({ mayEnforce: false });
    await clock.advance(600_000);
    expect(cli.calls).toEqual([]);
    expect(daemon.plans().map((plan) => plan.actions.map((action) => action.argv.join(' ')))).toEqual([
      ['juju unexpose -m prod:admin/data db'],
    ]);
  });

  it('waits while units are at work', async () => {
    const { clock, api, cli, way } = await bench({ first: { exposed: true, agent: 'executing' } });
    await clock.advance(300_000);
    expect([cli.calls, way()]).toEqual([[], ['WaitingDependency(UnitsNotIdle)']]);
    api.show(world({ exposed: true }));
    await clock.advance(30_000);
    expect(way().at(-1)).toBe('Succeeded(Verified)');
  });

  it('tries again with backoff when the change does nothing, and ends in quarantine', async () => {
    const { clock, cli, way } = await bench({ answer: () => 'done' });
    await clock.advance(6 * 3_600_000);
    expect(cli.calls).toHaveLength(defaultRails.attempts);
    expect(way().at(-1)).toBe('Quarantined(AttemptsExhausted)');
  });

  it('leaves a refused change to a person at once', async () => {
    const { clock, cli, way } = await bench({ answer: () => 'rejected' });
    await clock.advance(3_600_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'NeedsReview(Rejected)']);
  });

  it.each<[CliOutcome, string]>([
    ['blocked', 'WaitingDependency(OperationBlocked)'],
    ['denied', 'NeedsReview(PermissionDenied)'],
    ['busy', 'WaitingDependency(ControllerBusy)'],
  ])(
    'goes on once what stood in the way (%s) is lifted, without spending attempts or the changes of the hour',
    async (outcome, held) => {
      const { clock, way } = await bench({
        answer: (n, api) => (n <= 8 ? outcome : mends(n, api)),
        policy: { limits: [{ match: {}, perHour: 2 }] },
      });
      await clock.advance(60_000);
      expect(way()).toContain(held);
      await clock.advance(1_800_000);
      expect(way().at(-1)).toBe('Succeeded(Verified)');
    },
  );

  it('asks less and less often while somebody else stands in the way', async () => {
    const { clock, cli, way } = await bench({ answer: () => 'blocked' });
    await clock.advance(3_600_000);
    const inFirstHour = cli.calls.length;
    await clock.advance(3_600_000);
    expect(cli.calls.length - inFirstHour).toBe(12);
    expect(inFirstHour).toBeGreaterThan(12);
    expect(way().at(-1)).toBe('WaitingDependency(OperationBlocked)');
  });

  it('does not call it a success when the application is worse than before', async () => {
    const { clock, way } = await bench({
      answer: (_, api) => {
        api.show(world({ exposed: false, workload: 'error' }));
        return 'done';
      },
    });
    await clock.advance(500_000);
    expect(way().at(-1)).toBe('Verifying(Verifying)');
    await clock.advance(200_000);
    expect(way().at(-1)).toBe('NeedsReview(HealthWorse)');
  });

  it('tells drift, and how long it lasted', async () => {
    const { clock, api, events } = await bench({ first: { exposed: false } });
    await clock.advance(1000);
    api.show(world({ exposed: true }));
    await clock.advance(30_000);
    const told = events
      .filter((event) => event.type !== 'remediation')
      .map((event) => `${event.type} ${event.finding.control.id}`);
    expect(told).toEqual(['drift TOY-01', 'resolved TOY-01']);
  });

  it('starts nothing after it was told to stop', async () => {
    const { clock, api, cli, daemon } = await bench({ first: { exposed: false } });
    await clock.advance(1000);
    await daemon.stop();
    api.show(world({ exposed: true }));
    await clock.advance(60_000);
    expect(cli.calls).toEqual([]);
  });

  it('follows nothing any more when it is stopped while it takes over a policy', async () => {
    const { daemon, api } = await bench({});
    let followed = 1;
    api.start = () => {
      followed += 1;
    };
    api.close = () => {
      followed -= 1;
      return Promise.resolve();
    };
    const elsewhere = { ...access, addresses: ['10.0.0.9:17070'] };
    const reloaded = daemon.reload({ ...observeOnly, controllers: [elsewhere] });
    await daemon.stop();
    await reloaded;
    await daemon.reload({ ...observeOnly, controllers: [access] });
    expect(followed).toBe(0);
  });

  it('judges by the new policy after a reload', async () => {
    const { clock, daemon, cli } = await bench({ defaults: { mode: 'observe' } });
    await clock.advance(1000);
    await daemon.reload({
      ...observeOnly,
      controllers: [access],
      defaults: { mode: 'enforce', profile: 'baseline', disruptive: 'allow' },
    });
    await clock.advance(30_000);
    expect(cli.calls).toHaveLength(1);
  });
});
