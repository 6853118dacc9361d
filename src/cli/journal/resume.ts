import { Command } from 'commander';
import { InputError } from '../../core/input-error.js';
import type { Journal, Pause } from '../../core/ports/index.js';
import { instant, millis } from '../../core/time.js';
import { emit, jsonText, listDocument } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { pausedPlace, pauseText } from '../render/orders.js';
import { clean, listed } from '../render/text.js';
import type { Services } from '../services.js';
import { addPersonOptions, personOf, reasonOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface ResumeOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly all?: true;
}

const examples = `
Examples:
  holdfast resume                     where one pause is in force
  holdfast resume p-3f2a9c0d1e
  holdfast resume --all --as anna`;

/** `holdfast resume`: lifts pauses. */
export function resumeCommand(services: Services, finish: Finish): Command {
  const command = new Command('resume')
    .description('lift a pause')
    .argument('[id]', 'the pause, as holdfast orders lists it')
    .option('--all', 'every pause');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .addHelpText('after', examples)
    .action(async (id: string | undefined, options: ResumeOptions) => {
      const lifted = await withJournal(options, services, (journal) =>
        resume(journal, { id, options }, services),
      );
      const document = listDocument('PauseList', lifted);
      const text = lifted.map((pause) => `lifted ${pause.id}: ${pauseText(pause)}\n`).join('');
      emit(options.format === 'json' ? jsonText(document) : text, options, services.io);
      finish(exitCodes.fine);
    });
}

interface Request {
  readonly id: string | undefined;
  readonly options: ResumeOptions;
}

async function resume(journal: Journal, request: Request, services: Services): Promise<readonly Pause[]> {
  const by = personOf(request.options, services);
  const { reason } = reasonOf(request.options);
  const now = services.now();
  const { pauses } = await journal.orders();
  const lifted = chosen(
    pauses.filter(({ until }) => until === undefined || millis(until) > now),
    request,
  );
  const at = instant(now);
  await journal.write(
    ...lifted.flatMap((pause) => [
      { type: 'resume', pause: pause.id } as const,
      {
        type: 'audit',
        entry: {
          at,
          actor: by,
          event: 'Resumed',
          why: reason ?? `${by} resumed ${pausedPlace(pause)}`,
          body: { pause: pause.id, pausedBy: pause.by, pausedAt: pause.at },
        },
      } as const,
    ]),
  );
  return lifted;
}

/** @throws InputError */
function chosen(pauses: readonly Pause[], { id, options }: Request): readonly Pause[] {
  if (pauses.length === 0) throw new InputError('nothing is paused');
  if (id !== undefined && options.all === true)
    throw new InputError('name one pause, or say --all, not both');
  if (options.all === true) return pauses;
  const names = clean(
    listed(
      pauses.map((pause) => `${pause.id} (${pauseText(pause)})`),
      5,
    ),
  );
  if (id === undefined) {
    if (pauses.length === 1) return pauses;
    throw new InputError(`${pauses.length} pauses are in force: ${names}. Name one, or say --all`);
  }
  const found = pauses.filter((pause) => pause.id === id);
  if (found.length === 0) throw new InputError(`there is no pause ${clean(id)}: there is ${names}`);
  return found;
}
