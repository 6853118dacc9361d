/** Actions on models that would stop our own fixes, cut the agents off, or undo a protection. */
import type { Action, EndpointRef } from '../action/action.js';
import { valueOf } from '../fact.js';
import type { ControllerState, Relation } from '../snapshot.js';
import type { Harm } from './self-access.js';

export function modelHarm(action: Action, controller: ControllerState): Harm | undefined {
  switch (action.type) {
    case 'disable-command':
      return blockHarm(action.commandSet);
    case 'set-model-config':
    case 'reset-model-config':
      return networkHarm(action.key);
    case 'remove-relation':
      return downgrade(action.ends, controller.models[action.model.model]?.relations);
    default:
      return undefined;
  }
}

/** Only destroying a model is nothing that a fix, or its undoing, ever needs. */
function blockHarm(commandSet: string): Harm | undefined {
  if (commandSet === 'destroy-model') return undefined;
  const message = `disabling ${commandSet} would stop our own fixes, and undoing them: it is set by a person only`;
  return { reason: 'BlocksOurFixes', message };
}

function networkHarm(key: string): Harm | undefined {
  if (!key.endsWith('-proxy') && key !== 'disable-network-management') return undefined;
  return {
    reason: 'CutsAgentsOff',
    message: `${key} may cut the agents off from the controller: it is set by a person`,
  };
}

/** Without its provider of certificates an application goes back to plaintext. */
function downgrade(
  ends: readonly [EndpointRef, EndpointRef],
  relations: ControllerState['models'][string]['relations'] | undefined,
): Harm | undefined {
  const relation = (relations && valueOf(relations))?.find((one) => ends.every((end) => hasEnd(one, end)));
  const isTls =
    (relation !== undefined && carriers.has(relation.interface)) ||
    ends.some(({ endpoint }) => /certificate|-ca$|-cas$|ca-cert|vault-pki/.test(endpoint));
  if (!isTls) return undefined;
  const [one, other] = ends.map(({ application }) => application);
  return {
    reason: 'TlsDowngrade',
    message: `without this relation ${one} and ${other} go back to plaintext`,
  };
}

const carriers: ReadonlySet<string> = new Set(['tls-certificates', 'certificate_transfer', 'certificates']);

function hasEnd(relation: Relation, { application, endpoint }: EndpointRef): boolean {
  return relation.ends.some(
    (end) => end.application === application && (endpoint === '' || (end.endpoint ?? endpoint) === endpoint),
  );
}
