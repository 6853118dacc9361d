/** A notifier on virtual time, with an estate that reads as it is told to and targets that answer as they are told to. */
import type { Message } from '../../src/core/notify/message.js';
import type { NotifyPolicy } from '../../src/core/policy/notify.js';
import type { DaemonView } from '../../src/core/ports/index.js';
import type { SendOutcome, StandingAlert } from '../../src/core/ports/notifier.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { instant } from '../../src/core/time.js';
import { Notifier } from '../../src/controller/notify/notifier.js';
import { virtualClock, type VirtualClock } from '../../src/simulator/virtual-clock.js';
import { memoryStore, newMemory, sharedMemory, type Memory } from '../../src/store/memory.js';
import { findingNamed, start } from './notify-samples.js';
import { sampleReport, sampleView } from './report-samples.js';
import { silentLog } from './silent.js';

export const delivered: SendOutcome = { state: 'delivered' };
export const down: SendOutcome = { state: 'failed', reason: 'connection refused' };

/** What reached one target, and how it answers. */
interface Ear {
  readonly heard: Message[];
  readonly pushes: (readonly StandingAlert[])[];
  answer: (signal: AbortSignal) => Promise<SendOutcome> | SendOutcome;
}

/** How a unit sees the others. */
export type Shared = Required<Pick<DaemonView, 'sharing' | 'holds'>>;

/** Messages of one life are told from those of another. */
let lives = 0;

export class Stage {
  readonly clock: VirtualClock;
  readonly memory: Memory;
  readonly ears = new Map<string, Ear>();
  findings: readonly ReportFinding[] = [];
  view: Partial<DaemonView> = {};
  notifier: Notifier;
  private made = 0;
  private readonly life = (lives += 1);

  constructor(policy: NotifyPolicy, before?: Pick<Stage, 'clock' | 'memory'>, shared?: Shared) {
    this.clock = before?.clock ?? virtualClock(start);
    this.memory = before?.memory ?? newMemory();
    const read = (): DaemonView['health'] => () => [
      {
        controller: 'prod',
        connected: true,
        models: [{ model: 'data', lastRead: instant(this.clock.now()), interval: 15 }],
        calls: 0,
        errors: 0,
        reconnects: 0,
      },
    ];
    const daemon = sampleView({ remediations: () => [] });
    const view: DaemonView = {
      ...daemon,
      report: () => this.view.report?.() ?? sampleReport(this.findings),
      health: () => (this.view.health ?? read())(),
      readiness: () => (this.view.readiness ?? daemon.readiness)(),
      journal: () => (this.view.journal ?? daemon.journal)(),
      ...shared,
    };
    this.notifier = new Notifier({
      policy,
      view,
      journal: shared === undefined ? memoryStore(this.memory) : sharedMemory(this.memory),
      clock: this.clock,
      random: { next: () => 0.5 },
      log: silentLog,
      newId: () => `${this.life}-${(this.made += 1)}`,
      maxAge: () => 300,
      makeSender: (target) => {
        const ear = this.ear(target.name);
        const close = (): Promise<void> => Promise.resolve();
        if (target.type === 'alertmanager')
          return Promise.resolve({
            takes: 'standing',
            close,
            push: async (alerts, signal) => {
              const outcome = await ear.answer(signal);
              if (outcome.state === 'delivered') ear.pushes.push(alerts);
              return outcome;
            },
          });
        return Promise.resolve({
          takes: 'messages',
          close,
          send: async (message, signal) => {
            const outcome = await ear.answer(signal);
            if (outcome.state === 'delivered') ear.heard.push(message);
            return outcome;
          },
        });
      },
    });
    this.notifier.start();
  }

  ear(name: string): Ear {
    const known = this.ears.get(name) ?? { heard: [], pushes: [], answer: () => delivered };
    this.ears.set(name, known);
    return known;
  }

  heard(name = 'chat'): readonly string[] {
    return this.ear(name).heard.map(({ sort, counts }) => `${sort} +${counts.firing} -${counts.resolved}`);
  }

  /** Seconds. */
  async pass(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000);
  }
}

export const many = (count: number): readonly ReportFinding[] =>
  Array.from({ length: count }, (_one, n) => findingNamed(`f${n}`));
export const passing = (id: string): ReportFinding => findingNamed(id, { outcome: 'pass' });
export const manager = {
  type: 'alertmanager',
  name: 'manager',
  urls: ['http://127.0.0.1:9'],
  access: {},
} as const;
