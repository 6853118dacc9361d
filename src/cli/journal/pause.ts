import { Command } from 'commander';
import { InputError } from '../../core/input-error.js';
import { hashOf } from '../../core/plan.js';
import type { AuditEntry, Pause } from '../../core/ports/index.js';
import { instant } from '../../core/time.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { pausedPlace, pauseText } from '../render/orders.js';
import type { Services } from '../services.js';
import { momentOf, spanOf } from './moments.js';
import { addPersonOptions, personOf, reasonOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface PauseOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly controller?: string;
  readonly model?: string;
  readonly until?: string;
  readonly for?: string;
}

const examples = `
Nothing is changed while it lasts; looking, judging and telling go on. A step that runs
already is finished and verified.

Examples:
  holdfast pause --reason "incident 77"
  holdfast pause --controller prod --model data --for 2h`;

/** `holdfast pause`: nothing is changed until it is lifted or over. */
export function pauseCommand(services: Services, finish: Finish): Command {
  const command = new Command('pause')
    .description('keep the daemon from changing anything, everywhere or in one place')
    .option('--controller <name>', 'only on this controller')
    .option('--model <name>', 'only in models of this name')
    .option('--for <duration>', 'how long, as in 2h; until it is lifted unless given')
    .option('--until <time>', 'until when, as in 2026-11-22T08:00:00Z');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .addHelpText('after', examples)
    .action(async (options: PauseOptions) => {
      const pause = pauseOf(options, services);
      await withJournal(options, services, (journal) =>
        journal.write({ type: 'pause', pause }, { type: 'audit', entry: entryOf(pause) }),
      );
      const document = { kind: 'Pause', version: 'v1', ...pause };
      const text = `paused ${pauseText(pause)}\nholdfast resume ${pause.id} lifts it\n`;
      emit(options.format === 'json' ? jsonText(document) : text, options, services.io);
      finish(exitCodes.fine);
    });
}

/** @throws InputError */
function pauseOf(options: PauseOptions, services: Services): Pause {
  const now = services.now();
  const said = {
    ...placeOf(options),
    by: personOf(options, services),
    at: instant(now),
    ...untilOf(options, now),
    ...reasonOf(options),
  };
  return { id: `p-${hashOf(said).slice(0, 10)}`, ...said };
}

function placeOf({ controller, model }: PauseOptions): Pick<Pause, 'controller' | 'model'> {
  return {
    ...(controller === undefined ? {} : { controller: named(controller, '--controller') }),
    ...(model === undefined ? {} : { model: named(model, '--model') }),
  };
}

/** A pattern would look as if it worked. */
function named(name: string, option: string): string {
  if (/^[\w.+-]+$/.test(name)) return name;
  throw new InputError(`${option}: "${name}" is no name; patterns are not known here`);
}

function untilOf({ until, for: span }: PauseOptions, now: number): Pick<Pause, 'until'> {
  if (until !== undefined && span !== undefined)
    throw new InputError('--for and --until say the same: give one of them');
  if (span !== undefined) return { until: instant(now + spanOf(span, '--for') * 1000) };
  if (until === undefined) return {};
  const end = momentOf(until, '--until');
  if (end <= now) throw new InputError(`--until: ${until} is over already`);
  return { until: instant(end) };
}

function entryOf(pause: Pause): AuditEntry {
  const { id, controller, model, until, at, by, reason } = pause;
  const place = {
    ...(controller === undefined ? {} : { controller }),
    ...(model === undefined ? {} : { model }),
  };
  return {
    at,
    actor: by,
    event: 'Paused',
    why: reason ?? `${by} paused ${pausedPlace(pause)}`,
    body: { pause: id, ...place, ...(until === undefined ? {} : { until }) },
  };
}
