import type { Precondition, Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Knowledge } from '../../core/knowledge.js';
import { integrate } from './integrate.js';
import { chosenProvider, type ProviderChoice } from './tls-candidate.js';

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
