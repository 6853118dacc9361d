/** What is written into the audit trail, and into the list of what waits for a person. */
import type { Finding } from '../core/finding.js';
import { commandLine } from '../core/action/argv.js';
import type { CliResult, Clock, FindingRef, Quarantine, Write } from '../core/ports/index.js';
import { targetLabel } from '../core/target.js';
import { instant } from '../core/time.js';
import { findingFor, idOfRef, quarantineId, type Work } from './work.js';
import type { Why } from './standings.js';

const ourselves = 'holdfast';

/** Writes entries with the moment of the clock. */
export class Records {
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** With what was seen when it was begun. */
  begun({ action, about, plan }: Work, findings: readonly Finding[], argv = action.argv): Write {
    const why = `${action.effect}: ${about.map(({ control, target }) => `${control} ${targetLabel(target)}`).join(', ')}`;
    return this.entry('ChangeBegun', why, {
      plan: plan.hash,
      action: action.id,
      argv,
      findings: about.map(idOfRef),
      seen: evidenceOf(about, findings),
    });
  }

  callEnded({ action, plan }: Work, { outcome, exitCode, summary, argv, durationMs }: CliResult): Write {
    return this.entry('CallEnded', `${commandLine(argv)}: ${summary}`, {
      plan: plan.hash,
      action: action.id,
      outcome,
      ...(exitCode === undefined ? {} : { exitCode }),
      seconds: durationMs / 1000,
    });
  }

  /** With what is seen now. */
  ended(event: string, { action, about, plan }: Work, why: Why, findings: readonly Finding[]): Write {
    return this.entry(event, why.message, {
      plan: plan.hash,
      action: action.id,
      reason: why.reason,
      findings: about.map(idOfRef),
      seen: evidenceOf(about, findings),
    });
  }

  /** From here on the findings are left alone until a person clears them. */
  quarantined({ about }: Work, why: Why): readonly Write[] {
    return about.map((ref) => ({ type: 'quarantine', quarantine: this.quarantine(ref, why) }));
  }

  private quarantine(ref: FindingRef, { reason, message }: Why): Quarantine {
    return {
      id: quarantineId(ref),
      control: ref.control,
      target: ref.target,
      reason,
      message,
      since: instant(this.clock.now()),
    };
  }

  private entry(event: string, why: string, body: Readonly<Record<string, unknown>>): Write {
    return { type: 'audit', entry: { at: instant(this.clock.now()), actor: ourselves, event, why, body } };
  }
}

function evidenceOf(about: readonly FindingRef[], findings: readonly Finding[]): readonly unknown[] {
  return about.map((ref) => {
    const judgement = findingFor(ref, findings)?.judgement;
    return {
      control: ref.control,
      outcome: judgement?.outcome ?? 'not judged',
      ...(judgement === undefined ? {} : { reason: judgement.reason, evidence: judgement.evidence }),
    };
  });
}
