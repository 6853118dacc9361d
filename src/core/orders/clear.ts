import { InputError } from '../input-error.js';
import type { AuditEntry, Journal, Mark, Quarantine, Write } from '../ports/index.js';
import { findingId } from '../report/build.js';
import { targetLabel } from '../target.js';
import { clean, listed } from '../text.js';
import { instant } from '../time.js';
import type { Saying } from './saying.js';

export interface ClearRequest {
  /** The control, or the id of the quarantine. */
  readonly named: string;
  readonly controller?: string | undefined;
  readonly model?: string | undefined;
  readonly application?: string | undefined;
  /** Every one that fits, where there are several. */
  readonly all?: boolean | undefined;
}

/** Ends quarantines: the daemon may try again, with a fresh count. @throws InputError where none or too many fit. */
export async function clear(
  journal: Journal,
  request: ClearRequest,
  saying: Saying,
): Promise<readonly Quarantine[]> {
  const { quarantines } = await journal.orders();
  const found = quarantines.filter((one) => fits(one, request));
  if (found.length === 0) throw noneFits(request.named, quarantines);
  if (found.length > 1 && request.all !== true) throw severalFit(request.named, found, saying);
  await journal.write(...found.flatMap((one) => writesFor(one, saying)));
  return found;
}

function writesFor(one: Quarantine, { by, reason, now, via }: Saying): readonly Write[] {
  const at = instant(now);
  const why = reason ?? `${by} has looked at it`;
  const body = via === undefined ? bodyOf(one) : { ...bodyOf(one), via };
  return [
    { type: 'clear', quarantine: one.id },
    { type: 'mark', mark: markOf(one, at) },
    { type: 'audit', entry: { at, actor: by, event: 'QuarantineCleared', why, body } },
  ];
}

function fits({ id, control, target }: Quarantine, request: ClearRequest): boolean {
  const { named, controller, model, application } = request;
  const isNamed = id === named || control.toLowerCase() === named.toLowerCase();
  return (
    isNamed &&
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

function noneFits(named: string, quarantines: readonly Quarantine[]): InputError {
  if (quarantines.length === 0) return new InputError('nothing is quarantined');
  return new InputError(`nothing that is quarantined fits ${clean(named)}: there is ${names(quarantines)}`);
}

function severalFit(named: string, found: readonly Quarantine[], { called }: Saying): InputError {
  return new InputError(
    `${found.length} quarantines fit ${clean(named)}: ${names(found)}. Name one by its id or place, or say ${called('all')}`,
  );
}

function names(quarantines: readonly Quarantine[]): string {
  return clean(listed(quarantines.map(quarantineLabel), 5));
}

/** `q-3f2a9c0d1e (ETCD-ENC-01 prod:data/etcd)`. */
export function quarantineLabel({ id, control, target }: Quarantine): string {
  return `${id} (${control} ${targetLabel(target)})`;
}
