/** Tells what happens: to the log, to metrics, to whoever listens; and keeps the newest remediations for the page. */
import type { Log, Remediation, Telemetry } from '../core/ports/index.js';
import type { DriftEvent } from './drift.js';
import { keyAt } from './keys.js';
import { PartLost, type WriteAt } from './sharing/shares.js';
import type { Tally } from './tally.js';

/** Everything that happens and that a person may want to be told. */
export type DaemonEvent = DriftEvent | { readonly type: 'remediation'; readonly remediation: Remediation };

export interface Listeners {
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly onEvent?: (event: DaemonEvent) => void;
}

interface Remembering {
  readonly writeAt: WriteAt;
  readonly log: Log;
}

/** Remediations kept for the page; the store keeps them all. */
const shown = 500;

/** What comes back is counted: two parties undoing each other must not go on for ever. */
export function remember({ finding }: DriftEvent, tally: Tally, { writeAt, log }: Remembering): void {
  const { controller = '', model } = finding.target;
  writeAt(keyAt(controller, model), ...tally.countFinding('drift', finding)).catch((error: unknown) => {
    if (error instanceof PartLost) return;
    log.error(
      { trouble: error instanceof Error ? error.message : String(error) },
      'the journal cannot be written',
    );
  });
}

/** Whoever is told may fail; that must not lose what the others are told, nor what comes after it. */
export function tell(event: DaemonEvent, options: Listeners): void {
  try {
    passOn(event, options);
  } catch (error) {
    options.log.error(
      { error: error instanceof Error ? error.message : String(error) },
      'an event was not told',
    );
  }
}

function passOn(event: DaemonEvent, { telemetry, onEvent, log }: Listeners): void {
  if (event.type === 'drift') telemetry.drift(event.finding.control.id);
  if (event.type === 'resolved' && event.wasDrift) telemetry.fixed(event.finding.control.id, event.seconds);
  if (event.type === 'remediation') {
    const { id, state, reason, attempts } = event.remediation;
    log.info({ remediation: id, state, reason, attempts }, 'remediation moved');
  } else {
    log.info(
      {
        control: event.finding.control.id,
        target: event.finding.target,
        reason: event.finding.judgement.reason,
      },
      `finding ${event.type}`,
    );
  }
  onEvent?.(event);
}

export function show(history: Remediation[], remediation: Remediation): void {
  const index = history.findIndex((known) => known.id === remediation.id);
  if (index >= 0) history.splice(index, 1);
  history.push(remediation);
  if (history.length <= shown) return;
  const closed = history.findIndex(({ state }) => closedStates.has(state));
  history.splice(Math.max(0, closed), 1);
}

/** What is shown no longer first: it waits for nobody. */
const closedStates: ReadonlySet<Remediation['state']> = new Set(['Succeeded', 'RolledBack', 'Outdated']);
