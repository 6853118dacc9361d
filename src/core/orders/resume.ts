import { InputError } from '../input-error.js';
import type { Journal, Pause, Write } from '../ports/index.js';
import { clean, listed } from '../text.js';
import { instant } from '../time.js';
import { isInForce, pausedPlace, pauseText } from './pause.js';
import type { Saying } from './saying.js';

export interface ResumeRequest {
  /** May be left out where one pause is in force. */
  readonly id?: string | undefined;
  readonly all?: boolean | undefined;
}

/** Lifts pauses. @throws InputError where it is not clear which. */
export async function resume(
  journal: Journal,
  request: ResumeRequest,
  saying: Saying,
): Promise<readonly Pause[]> {
  const { pauses } = await journal.orders();
  const inForce = pauses.filter((one) => isInForce(one, saying.now));
  const lifted = chosen(inForce, request, saying);
  await journal.write(...lifted.flatMap((one) => writesFor(one, saying)));
  return lifted;
}

function writesFor(one: Pause, { by, reason, now, via }: Saying): readonly Write[] {
  const body = { pause: one.id, pausedBy: one.by, pausedAt: one.at };
  const entry = {
    at: instant(now),
    actor: by,
    event: 'Resumed',
    why: reason ?? `${by} resumed ${pausedPlace(one)}`,
    body: via === undefined ? body : { ...body, via },
  };
  return [
    { type: 'resume', pause: one.id },
    { type: 'audit', entry },
  ];
}

function chosen(pauses: readonly Pause[], { id, all }: ResumeRequest, { called }: Saying): readonly Pause[] {
  if (pauses.length === 0) throw new InputError('nothing is paused');
  if (id !== undefined && all === true)
    throw new InputError(`name one pause, or say ${called('all')}, not both`);
  if (all === true) return pauses;
  const names = clean(
    listed(
      pauses.map((one) => `${one.id} (${pauseText(one)})`),
      5,
    ),
  );
  if (id === undefined) {
    if (pauses.length === 1) return pauses;
    throw new InputError(`${pauses.length} pauses are in force: ${names}. Name one, or say ${called('all')}`);
  }
  const found = pauses.filter((one) => one.id === id);
  if (found.length === 0) throw new InputError(`there is no pause ${clean(id)}: there is ${names}`);
  return found;
}
