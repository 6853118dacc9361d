/** Tells what the daemon does, a line for each event, as a person would want to read it while it happens. */
import { styleFor, type Style } from '../../cli/render/style.js';
import { clean, hanging, pad, width, wrap } from '../../cli/render/text.js';
import type { DaemonEvent } from '../../controller/daemon.js';
import { commandLine } from '../../core/action/argv.js';
import type { Finding } from '../../core/finding.js';
import { isViolation } from '../../core/outcome.js';
import type { Clock, Remediation } from '../../core/ports/index.js';
import { targetLabel } from '../../core/target.js';
import { instant, millis } from '../../core/time.js';

export interface NarratorOptions {
  readonly write: (text: string) => void;
  readonly columns: number;
  readonly color: boolean;
  readonly clock: Clock;
}

export interface Narrator {
  /** A heading of the story. */
  chapter(title: string): void;
  /** A line of its own, with the time of day. */
  say(word: string, text: string): void;
  /** A line of its own that belongs to no moment. */
  note(word: string, text: string): void;
  /** Findings of one place that say the same at the same moment are told together. */
  event(event: DaemonEvent): void;
}

const wordWidth = 10;

export function narrator(options: NarratorOptions): Narrator {
  const style = styleFor(options.color);
  const told: Told[] = [];
  const begun = new Map<string, number>();
  const print = (label: string, text: string): void => {
    const lines = hanging(label, wrap(clean(text), options.columns - width(label)));
    options.write(`${lines.join('\n')}\n`);
  };
  const write = (word: string, text: string): void => {
    const time = style.faint(instant(options.clock.now()).slice(11, 19));
    print(`${time}  ${pad(word, wordWidth)} `, text);
  };
  const flush = (): void => {
    for (const { word, controls, text } of told.splice(0)) write(word, `${controls.join(', ')} ${text}`);
  };
  const say = (word: string, text: string): void => {
    flush();
    write(word, text);
  };
  return {
    chapter: (title) => {
      flush();
      options.write(`\n${style.strong(title)}\n`);
    },
    say,
    note: (word, text) => {
      flush();
      print(`${pad(word, wordWidth)} `, text);
    },
    event: (event) => {
      if (event.type === 'remediation') {
        const line = remediationLine(event.remediation, begun, style);
        if (line !== undefined) say(line.word, line.text);
        return;
      }
      const word = wordOf(event, style);
      if (word === undefined) return;
      if (told.length === 0) queueMicrotask(flush);
      gather(told, { word, controls: [event.finding.control.id], text: findingText(event) });
    },
  };
}

interface Line {
  readonly word: string;
  readonly text: string;
}

/** What several controls say alike. */
interface Told extends Line {
  readonly controls: string[];
}

function gather(told: Told[], { word, controls, text }: Told): void {
  const alike = told.find((line) => line.word === word && line.text === text);
  if (alike === undefined) told.push({ word, controls, text });
  else alike.controls.push(...controls);
}

type FindingEvent = Exclude<DaemonEvent, { readonly type: 'remediation' }>;

/** Undefined for what would only make noise. */
function wordOf(event: FindingEvent, style: Style): string | undefined {
  if (event.type === 'drift') return style.severity('critical', 'drift');
  if (event.type !== 'resolved') return undefined;
  if (event.wasDrift) return style.good('fixed');
  return isSeenAtPorts(event.finding) ? style.good('seen') : undefined;
}

/** Whether the units' own ports show that it is as required: the effect of a change, and not the change. */
export function isSeenAtPorts({ judgement }: Finding): boolean {
  return judgement.outcome === 'pass' && judgement.evidence.some(({ source }) => source.startsWith('probe:'));
}

function findingText(event: FindingEvent): string {
  const { target, judgement } = event.finding;
  // What is not spoken of any more is told as it last was.
  const isPast = event.type === 'resolved' && isViolation(judgement.outcome);
  const text = `${targetLabel(target)}: ${isPast ? 'no longer: ' : ''}${judgement.message}`;
  return event.type === 'resolved' && event.wasDrift
    ? `${text} (drifted for ${event.seconds.toFixed(1)} s)`
    : text;
}

/** `begun`: when (ms) each change was last begun. */
function remediationLine(
  remediation: Remediation,
  begun: Map<string, number>,
  style: Style,
): Line | undefined {
  const command = commandLine(remediation.argv.slice(1));
  switch (remediation.state) {
    case 'Running':
      begun.set(remediation.id, millis(remediation.updatedAt));
      return { word: 'run', text: command };
    case 'Succeeded':
      return { word: style.good('verified'), text: `${remediation.message} (${took(remediation, begun)} s)` };
    case 'NeedsReview':
    case 'Failed':
      return {
        word: style.severity('critical', 'review'),
        text: `${remediation.reason}: ${remediation.message}`,
      };
    case 'WaitingDependency':
      return { word: style.faint('waits'), text: `${remediation.message} (${command})` };
    default:
      return undefined;
  }
}

function took({ id, startedAt, updatedAt }: Remediation, begun: ReadonlyMap<string, number>): string {
  return ((millis(updatedAt) - (begun.get(id) ?? millis(startedAt))) / 1000).toFixed(1);
}
