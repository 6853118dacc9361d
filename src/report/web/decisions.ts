/** What persons decide, from what they sent: the same whether by a form or by the API. */
import { clear } from '../../core/orders/clear.js';
import { decide, type Decided } from '../../core/orders/decide.js';
import { pause } from '../../core/orders/pause.js';
import { resume } from '../../core/orders/resume.js';
import { reasonText, type Saying } from '../../core/orders/saying.js';
import type { Approval, Clock, Journal, Pause, Quarantine } from '../../core/ports/index.js';
import { InputError } from '../../core/input-error.js';
import type { Principal } from './access/principal.js';
import { field, isTicked } from './form.js';

/** Who decides on what. */
export interface Deciding {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly who: Principal;
  /** What was sent. */
  readonly body: unknown;
}

/** @throws InputError, as the others here. */
export async function decideOn(
  plan: string,
  decision: Approval['decision'],
  deciding: Deciding,
): Promise<Decided> {
  const { journal, body } = deciding;
  return saidTo(journal, () =>
    decide(journal, { plan, decision, valid: field(body, 'valid') }, sayingOf(deciding)),
  );
}

export async function clearOne(deciding: Deciding): Promise<readonly Quarantine[]> {
  const { journal, body } = deciding;
  const named = field(body, 'named');
  if (named === undefined) throw new InputError('named: name a control, or the id of a quarantine');
  const [controller, model, application] = ['controller', 'model', 'application'].map((name) =>
    field(body, name),
  );
  const request = { named, controller, model, application, all: isTicked(body, 'all') };
  return saidTo(journal, () => clear(journal, request, sayingOf(deciding)));
}

export async function pauseChanges(deciding: Deciding): Promise<Pause> {
  const { journal, body } = deciding;
  const [controller, model, span, until] = ['controller', 'model', 'for', 'until'].map((name) =>
    field(body, name),
  );
  return saidTo(journal, () => pause(journal, { controller, model, for: span, until }, sayingOf(deciding)));
}

export async function resumeChanges(deciding: Deciding): Promise<readonly Pause[]> {
  const { journal, body } = deciding;
  const request = { id: field(body, 'id'), all: isTicked(body, 'all') };
  return saidTo(journal, () => resume(journal, request, sayingOf(deciding)));
}

function sayingOf({ who, body, clock }: Deciding): Saying {
  return {
    by: who.name,
    via: who.via,
    ...reasonText(field(body, 'reason'), 'reason'),
    now: clock.now(),
    called: (name) => name,
  };
}

/** Where the journal itself is in trouble, that is what whoever decides has to know. */
async function saidTo<T>(journal: Journal, say: () => Promise<T>): Promise<T> {
  try {
    return await say();
  } catch (error) {
    const health = journal.health();
    throw health.state === 'ok' ? error : new InputError(health.reason);
  }
}
