import { Command } from 'commander';
import { InputError } from '../../core/input-error.js';
import type { AuditEntry, Journal, Mark, Quarantine } from '../../core/ports/index.js';
import { findingId } from '../../core/report/build.js';
import { targetLabel } from '../../core/target.js';
import { instant } from '../../core/time.js';
import { emit, jsonText, listDocument } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { clean, listed } from '../render/text.js';
import type { Services } from '../services.js';
import { addPersonOptions, personOf, reasonOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface ClearOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
  readonly all?: true;
}

const examples = `
What was tried too often in vain is left alone until you looked at it. Clearing it lets
the daemon try again, with a fresh count.

Examples:
  holdfast orders
  holdfast clear ETCD-ENC-01 --model data --application etcd --reason "CA is back"
  holdfast clear q-3f2a9c0d1e`;

/** `holdfast clear`: ends a quarantine. */
export function clearCommand(services: Services, finish: Finish): Command {
  const command = new Command('clear')
    .description('let the daemon try again what it has put into quarantine')
    .argument('<control>', 'the control, or the id of the quarantine')
    .option('--controller <name>', 'only on this controller')
    .option('--model <name>', 'only in this model')
    .option('--application <name>', 'only on this application')
    .option('--all', 'every one that fits, where there are several');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .addHelpText('after', examples)
    .action(async (text: string, options: ClearOptions) => {
      const by = personOf(options, services);
      const cleared = await withJournal(options, services, (journal) =>
        clear(journal, { text, by, options }, services.now()),
      );
      const document = listDocument('QuarantineList', cleared);
      emit(options.format === 'json' ? jsonText(document) : clearedText(cleared), options, services.io);
      finish(exitCodes.fine);
    });
}

interface Request {
  readonly text: string;
  readonly by: string;
  readonly options: ClearOptions;
}

async function clear(journal: Journal, request: Request, now: number): Promise<readonly Quarantine[]> {
  const { text, by, options } = request;
  const reason = reasonOf(options);
  const { quarantines } = await journal.orders();
  const found = quarantines.filter((one) => fits(one, request));
  if (found.length === 0) throw noneFits(text, quarantines);
  if (found.length > 1 && options.all !== true) throw severalFit(text, found);
  const at = instant(now);
  const why = reason.reason ?? `${by} has looked at it`;
  await journal.write(
    ...found.flatMap((one) => [
      { type: 'clear', quarantine: one.id } as const,
      { type: 'mark', mark: markOf(one, at) } as const,
      {
        type: 'audit',
        entry: { at, actor: by, event: 'QuarantineCleared', why, body: bodyOf(one) },
      } as const,
    ]),
  );
  return found;
}

function fits({ id, control, target }: Quarantine, { text, options }: Request): boolean {
  const named = id === text || control.toLowerCase() === text.toLowerCase();
  const { controller, model, application } = options;
  return (
    named &&
    (controller === undefined || controller === target.controller) &&
    (model === undefined || model === target.model) &&
    (application === undefined || application === target.application)
  );
}

/** From here on earlier failures of the finding count no more. */
function markOf({ control, target }: Quarantine, at: string): Mark {
  const { controller = '', model, application } = target;
  return {
    at,
    kind: 'cleared',
    controller,
    ...(model === undefined ? {} : { model }),
    ...(application === undefined ? {} : { application }),
    control,
    finding: findingId(control, target),
  };
}

function bodyOf({ id, control, target, reason, since }: Quarantine): AuditEntry['body'] {
  return { quarantine: id, control, target, reason, since };
}

function noneFits(text: string, quarantines: readonly Quarantine[]): InputError {
  if (quarantines.length === 0) return new InputError('nothing is quarantined');
  return new InputError(`nothing that is quarantined fits ${clean(text)}: there is ${names(quarantines)}`);
}

function severalFit(text: string, found: readonly Quarantine[]): InputError {
  return new InputError(
    `${found.length} quarantines fit ${clean(text)}: ${names(found)}. Name one by its id or place, or say --all`,
  );
}

function names(quarantines: readonly Quarantine[]): string {
  return clean(listed(quarantines.map(label), 5));
}

function label({ id, control, target }: Quarantine): string {
  return `${id} (${control} ${targetLabel(target)})`;
}

function clearedText(cleared: readonly Quarantine[]): string {
  return cleared.map((one) => `cleared ${clean(label(one))}\n`).join('');
}
