import type { Precondition, Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Knowledge } from '../../core/knowledge.js';
import type { Context } from '../../core/control.js';
import { integrate } from './integrate.js';
import { chosenProvider, type ProviderChoice } from './tls-candidate.js';
import type { TlsSide } from './tls-relation.js';

/** How one side of a service is given its TLS provider. */
export interface TlsRemedy {
  readonly endpoint: string;
  readonly choice: ProviderChoice;
  readonly knowledge: Knowledge;
  readonly effect: string;
  readonly risk: Remedy['risk'];
  readonly cutsOff: readonly string[];
  /** What must hold besides that the application is settled and the endpoint still free. */
  readonly preconditions: readonly Precondition[];
}

/** Integrates the endpoint with the provider that the policy names or that alone fits; nothing when there is none. */
export function tlsRemedy(app: ApplicationView, remedy: TlsRemedy): readonly Remedy[] {
  const { endpoint, choice, knowledge, effect, risk, cutsOff } = remedy;
  const candidate = chosenProvider(app, choice, knowledge);
  if (candidate === undefined) return [];
  const own = { application: app.name, endpoint };
  return integrate(app.model, {
    ends: [candidate.end, own],
    effect,
    risk,
    disruptive: true,
    cutsOff,
    preconditions: [
      { type: 'relation-absent', ...own },
      ...remedy.preconditions,
      { type: 'application-settled', application: app.name },
      ...candidate.preconditions,
    ],
  });
}

/** A side of a service, and the reason that its judgement gave. */
interface JudgedSide {
  readonly side: TlsSide;
  readonly reason: string;
}

/** What giving a side its provider means to those who use the service. */
export type TlsChange = Pick<TlsRemedy, 'effect' | 'risk' | 'cutsOff'>;

/** As `tlsRemedy`, for a side that has no provider; one that is broken or suspended is for a person to look at. */
export function secureSide(
  app: ApplicationView,
  { side, reason }: JudgedSide,
  { params: choice, knowledge }: Pick<Context<ProviderChoice>, 'params' | 'knowledge'>,
  change: TlsChange,
): readonly Remedy[] {
  if (reason !== side.disabled) return [];
  return tlsRemedy(app, { endpoint: side.endpoint.name, choice, knowledge, preconditions: [], ...change });
}
