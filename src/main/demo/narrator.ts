/** Tells what the daemon does, a line for each event, as a person would want to read it while it happens. */
import { styleFor, type Style } from '../../cli/render/style.js';
import { clean, hanging, pad, wrap } from '../../cli/render/text.js';
import type { DaemonEvent } from '../../controller/daemon.js';
import { commandLine } from '../../core/action/argv.js';
import type { Finding } from '../../core/finding.js';
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
  /** A line of its own. */
  say(word: string, text: string): void;
  event(event: DaemonEvent): void;
}

const wordWidth = 9;

export function narrator(options: NarratorOptions): Narrator {
  const style = styleFor(options.color);
  const say = (word: string, text: string): void => {
    const time = style.faint(instant(options.clock.now()).slice(11, 19));
    const room = options.columns - 8 - 2 - wordWidth - 1;
    const lines = hanging(`${time}  ${pad(word, wordWidth)} `, wrap(clean(text), room));
    options.write(`${lines.join('\n')}\n`);
  };
  return {
    chapter: (title) => {
      options.write(`\n${style.strong(title)}\n`);
    },
    say,
    event: (event) => {
      const line = lineOf(event, style);
      if (line !== undefined) say(line.word, line.text);
    },
  };
}

interface Line {
  readonly word: string;
  readonly text: string;
}

/** Undefined for what would only make noise. */
function lineOf(event: DaemonEvent, style: Style): Line | undefined {
  if (event.type === 'remediation') return remediationLine(event.remediation, style);
  if (event.type === 'drift')
    return { word: style.severity('critical', 'drift'), text: findingText(event.finding) };
  if (event.type === 'resolved' && event.wasDrift) {
    return {
      word: style.good('fixed'),
      text: `${findingText(event.finding)} (drifted for ${event.seconds.toFixed(1)} s)`,
    };
  }
  return undefined;
}

function findingText({ control, target, judgement }: Finding): string {
  return `${control.id} ${targetLabel(target)}: ${judgement.message}`;
}

function remediationLine(remediation: Remediation, style: Style): Line | undefined {
  const command = commandLine(remediation.argv.slice(1));
  switch (remediation.state) {
    case 'Running':
      return { word: 'run', text: command };
    case 'Succeeded':
      return { word: style.good('verified'), text: `${remediation.message} (${took(remediation)} s)` };
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

function took({ startedAt, updatedAt }: Remediation): string {
  return ((millis(updatedAt) - millis(startedAt)) / 1000).toFixed(1);
}
