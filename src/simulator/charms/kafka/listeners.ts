import type { SimApplication, SimUnit } from '../../world/state.js';
import type { PortPlan } from '../../world/unit-ports.js';
import type { ActionCall } from '../behaviour.js';
import type { ActionAnswer } from '../charm.js';
import { commonAction } from '../common-actions.js';
import { isTls, type Serving } from '../rolling/product.js';
import { planOf } from '../rolling/serving.js';
import { servedBy } from '../rolling/state.js';

/** The ports of each part: in plain text, and by TLS. */
const listeners = [
  { part: 'clients', name: 'CLIENT', plain: 9092, secure: 9093 },
  { part: 'internal', name: 'INTERNAL', plain: 19_092, secure: 19_093 },
  { part: 'controller', name: 'CONTROLLER', plain: 9097, secure: 9098 },
] as const;

/** All ports of a broker; those of listeners that it has not are closed. */
export function portsOf(serving: Serving): readonly PortPlan[] {
  return listeners.flatMap(({ part, plain, secure }) => {
    const how = serving[part] ?? 'none';
    return [
      planOf(isTls(how) ? 'none' : how, { port: plain, protocol: 'kafka' }),
      planOf(isTls(how) ? how : 'none', { port: secure, protocol: 'kafka' }),
    ];
  });
}

/** `get-listeners` names each listener with its port, of a blocked broker too; the other actions are the common ones. */
export function listenersAction(call: ActionCall): ActionAnswer | undefined {
  if (call.action !== 'get-listeners') return commonAction(call);
  const shown = listenersOf(call.unit).map(
    ({ name, port }) => [name.toLowerCase().replaceAll('_', '-'), { name, port: String(port) }] as const,
  );
  return { status: 'completed', output: Object.fromEntries(shown) };
}

/** The listeners that a broker has now. */
export function listenersOf(unit: SimUnit): readonly { readonly name: string; readonly port: number }[] {
  return listeners.flatMap((listener) => {
    const isSecure = isSecured(unit, listener.part);
    if (isSecure === undefined) return [];
    const name = `${listener.name}_SASL_${isSecure ? 'SSL' : 'PLAINTEXT'}_SCRAM_SHA_512`;
    return [{ name, port: isSecure ? listener.secure : listener.plain }];
  });
}

/** Undefined for a listener that is not configured; brokers always have one among themselves. */
function isSecured(unit: SimUnit, part: (typeof listeners)[number]['part']): boolean | undefined {
  const how = servedBy(unit)[part] ?? 'none';
  if (how !== 'none') return isTls(how);
  return part === 'internal' ? hasKraft(unit.application) : undefined;
}

/** Kafka 4, whose brokers speak TLS with each other from the start. */
export function hasKraft({ charm }: SimApplication): boolean {
  return charm.endpoints.every(({ name }) => name !== 'zookeeper');
}
