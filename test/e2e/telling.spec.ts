/** From a drift on a simulated Juju to a message and back, on an estate that has much to put right: by the shipped rules in a real Prometheus and Alertmanager, and by what Holdfast sends itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { defaultNotifyPace, type NotifyPolicy } from '../../src/core/policy/notify.js';
import { isViolation, type Outcome } from '../../src/core/outcome.js';
import { memoryStore } from '../../src/store/memory.js';
import type { EstateSpec } from '../../src/simulator/index.js';
import { listener, type Listener } from '../support/listener.js';
import { enforced, etcdModel, rigUsers, startRig, toldOf, type Rig } from '../support/rig.js';
import { startAlerting, type Alerting } from './lab/alerting.js';

jest.setTimeout(300_000);

const control = 'ETCD-ENC-01';
const lines: string[] = [];
afterAll(() => {
  writeFileSync(join(import.meta.dirname, '../../build/e2e/telling.txt'), `${lines.join('\n')}\n`);
});

/** What Holdfast's webhook sends, as far as tests look at it. */
interface Pushed {
  /** ms, when it came. */
  readonly at: number;
  readonly sort: string;
  readonly counts: { readonly firing: number };
  readonly firing: readonly Labelled[];
  readonly resolved: readonly Labelled[];
}

interface Labelled {
  readonly labels: Readonly<Record<string, string>>;
}

const isTheDrift = ({ labels }: Labelled): boolean =>
  labels['control'] === control && labels['target_model'] === 'model-a';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Models of etcd applications that nobody has secured. */
function neglected(models: number, applications: number): EstateSpec['controllers'][number]['models'] {
  const etcd = (n: number) => ({
    name: `etcd-${letters.charAt(n)}`,
    charm: 'charmed-etcd',
    channel: '3.6/stable',
  });
  return Array.from({ length: models }, (_, n) => ({
    name: `old-${n}`,
    users: { observer: 'read' as const },
    applications: Array.from({ length: applications }, (_one, of) => etcd(of)),
  }));
}

describe('from a drift to a message', () => {
  const store = memoryStore();
  const pause = { id: 'p-1', by: 'ann', at: '2026-11-22T03:27:00Z', reason: 'to see the alert' };
  const pushed: Pushed[] = [];
  let hook: Listener;
  let rig: Rig;
  let alerting: Alerting;

  beforeAll(async () => {
    await store.write({ type: 'pause', pause });
    hook = await listener();
    hook.answer = ({ body }) => {
      pushed.push({ ...(JSON.parse(body) as Pushed), at: Date.now() });
      return { status: 200 };
    };
    const models = [etcdModel('model-a'), ...neglected(14, 10)];
    const notify: NotifyPolicy = {
      targets: [{ type: 'webhook', name: 'chat', url: hook.url, access: {} }],
      routes: [],
      digests: [],
      pace: { ...defaultNotifyPace, gather: 2 },
    };
    rig = await startRig({
      estate: { controllers: [{ name: 'prod', flavour: '4.0', users: rigUsers, models }] },
      rules: [{ match: { control, model: 'model-a' }, ...enforced, params: { provider: 'ca' } }],
      pace: { pollIdle: 2, probe: 10 },
      store,
      notify,
    });
    alerting = await startAlerting(() => rig.metrics());
  });
  afterAll(async () => {
    await alerting.close();
    await rig.close();
    await hook.close();
  });

  const outcome = (): Outcome | undefined =>
    rig.daemon.report().findings.find((one) => one.control === control && one.target.model === 'model-a')
      ?.outcome;

  const violations = (): number =>
    rig.daemon.report().findings.filter((one) => isViolation(one.outcome)).length;

  /** Seconds from a moment until a message came that tells of the drift. */
  async function heard(what: string, find: () => { readonly at: number } | undefined, since: number) {
    await rig.until(`${control} is told as ${what}`, () => find() !== undefined, 60_000);
    return `${(((find()?.at ?? 0) - since) / 1000).toFixed(1)} s`;
  }

  async function told(status: 'firing' | 'resolved', since: number): Promise<void> {
    const byRules = (): { readonly at: number } | undefined =>
      alerting.told.find(
        ({ at, alerts }) => at > since && alerts.some((one) => one.status === status && isTheDrift(one)),
      );
    const byUs = (): { readonly at: number } | undefined =>
      pushed.find((one) => one.at > since && one[status].some(isTheDrift));
    const ours = await heard(`${status} by Holdfast`, byUs, since);
    const theirs = await heard(`${status} by Alertmanager`, byRules, since);
    lines.push(
      `message that it is ${status}: from Holdfast after ${ours} (gathers 2 s), by Prometheus and Alertmanager after ${theirs} (rules hold 2 s, groups wait 2 to 5 s)`,
    );
  }

  it('tells of all that is there at the start in few messages, with texts that are whole', async () => {
    const begun = Date.now();
    await rig.until('everything is judged', () => violations() >= 2000, 120_000);
    const firing = await alerting.settled('count(ALERTS{alertstate="firing"})');
    const open = violations();
    const shown = await alerting.ask('sum(holdfast_findings{outcome=~"fail|inconsistent"})');
    const waiting = await alerting.ask('sum(holdfast_findings)');
    await rig.until('Holdfast has told', () => pushed.length > 0);
    lines.push(
      `at the start: ${open} violations (${waiting ?? 0} findings that do not pass) in 15 models; ${firing} alerts by Prometheus, told in ${alerting.told.length} messages; from Holdfast ${pushed.length} (${pushed[0]?.sort ?? ''}, of ${pushed[0]?.counts.firing ?? 0})`,
      `all of it was told ${((Math.max(...[...alerting.told, ...pushed].map(({ at }) => at)) - begun) / 1000).toFixed(1)} s after the start`,
    );
    expect(shown).toBe(open);
    expect(firing).toBeGreaterThan(20);
    expect(alerting.told.length).toBeLessThan(20);
    expect(pushed.map(({ sort }) => sort)).toEqual(['begin']);
    const texts = alerting.told.flatMap(({ alerts }) =>
      alerts.flatMap((one) => Object.values(one.annotations)),
    );
    expect(texts.filter((text) => /<no value>|<error|\{\{/.test(text))).toEqual([]);
  });

  it('tells of a drift, and that it is put right', async () => {
    expect(outcome()).toBe('pass');
    const drifted = Date.now();
    rig.simulator
      .controller('prod')
      .operations.removeRelation('model-a', 'etcd:client-certificates', 'ca:certificates');
    await rig.until('it is found', () => outcome() === 'fail');
    lines.push(`drift found after ${((Date.now() - drifted) / 1000).toFixed(1)} s`);
    await told('firing', drifted);
    const allowed = Date.now();
    await store.write({ type: 'resume', pause: pause.id });
    const ended = (): boolean => toldOf(rig.events, 'prod', control).includes('Succeeded');
    await rig.until('it is put right', () => ended() && outcome() === 'pass', 90_000);
    const seconds = ((Date.now() - allowed) / 1000).toFixed(1);
    lines.push(`put right and verified ${seconds} s after changes were allowed again`);
    await told('resolved', allowed);
    lines.push(
      `messages in all: ${alerting.told.length} by Alertmanager, ${pushed.length} from Holdfast (${pushed.map(({ sort }) => sort).join(', ')})`,
    );
    expect(await rig.metrics()).toContain(`holdfast_fixes_total{control="${control}"} 1`);
    expect(await alerting.ask('sum(ALERTS{alertname="HoldfastDown"}) or vector(0)')).toBe(0);
  });
});
