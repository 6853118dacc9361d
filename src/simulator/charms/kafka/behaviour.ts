/**
 * Charmed Kafka (charm facts, section 5). 3 has TLS only together with ZooKeeper and is blocked while one of the two
 * goes without; 4 has TLS among brokers from the start. A listener for clients comes with the first of them.
 */
import { relationsOf } from '../../world/relation-rules.js';
import type { SimApplication } from '../../world/state.js';
import { signerAt } from '../certificates.js';
import { rollingBehaviour } from '../rolling/behaviour.js';
import { active, isTls, type Product, type Serving, type Verdict } from '../rolling/product.js';
import { certified, isRelated, ownAuthority } from '../rolling/serving.js';
import { knownState, servedBy } from '../rolling/state.js';
import { kafkaDisk } from './disk.js';
import { hasKraft, listenersAction, portsOf } from './listeners.js';

const nothing: Serving = { internal: 'none', controller: 'none', clients: 'none' };

const product: Product = {
  wanted: (application, now) =>
    hasKraft(application) ? wantedOfFour(application, now) : wantedOfThree(application, now ?? nothing),
  ports: (_, serving) => portsOf(serving),
  rounds: [active],
  verdict: (application) =>
    hasKraft(application) ? verdictOnFour(application) : verdictOnThree(application),
  action: listenersAction,
  disk: kafkaDisk,
};

export const kafka = rollingBehaviour(product);

function wantedOfThree(application: SimApplication, now: Serving): Serving {
  const keeper = zookeeperOf(application);
  if (keeper === undefined) return nothing;
  const signer = signerAt(application, 'certificates');
  if (signer === 'waiting' || (signer !== undefined) !== hasTls(keeper)) return now;
  const internal = signer ?? 'plain';
  return {
    internal,
    controller: 'none',
    clients: isRelated(application, 'kafka-client') ? internal : 'none',
  };
}

function verdictOnThree(application: SimApplication): Verdict {
  const keeper = zookeeperOf(application);
  if (keeper === undefined) return { status: 'blocked', message: 'missing required zookeeper relation' };
  const signer = signerAt(application, 'certificates');
  if (signer === 'waiting') return waiting;
  if ((signer !== undefined) === hasTls(keeper)) return active;
  return { status: 'blocked', message: 'tls must be enabled on both kafka and zookeeper' };
}

const waiting: Verdict = { status: 'waiting', message: 'unit waiting for signed certificates' };

function wantedOfFour(application: SimApplication, now: Serving | undefined): Serving {
  if (!hasController(application)) return nothing;
  const internal = certified(application, {
    endpoint: 'peer-certificates',
    now: now?.['internal'],
    otherwise: ownAuthority(application),
  });
  const clients = certified(application, {
    endpoint: 'certificates',
    now: now?.['clients'],
    otherwise: 'plain',
  });
  const hasClients = isRelated(application, 'kafka-client');
  return { internal, controller: internal, clients: hasClients ? clients : 'none' };
}

function verdictOnFour(application: SimApplication): Verdict {
  if (!hasController(application))
    return { status: 'blocked', message: 'missing required peer-cluster relation' };
  const isWaiting = ['certificates', 'peer-certificates'].some(
    (endpoint) => signerAt(application, endpoint) === 'waiting',
  );
  return isWaiting ? waiting : active;
}

/** Its own by the option `roles`, or that of another application. */
function hasController(application: SimApplication): boolean {
  const roles = String(application.settings.get('roles') ?? application.charm.options['roles']?.[1] ?? '');
  return roles.includes('controller') || isRelated(application, 'peer-cluster');
}

function zookeeperOf({ model, name }: SimApplication): SimApplication | undefined {
  const relation = relationsOf(model, name, 'zookeeper').find(
    ({ status, dying }) => status === 'joined' && !dying,
  );
  const other = relation?.sides.find(({ application }) => application !== name);
  return other && model.applications.get(other.application);
}

/** Once the last unit is through; before it was started, as its relations want it. */
function hasTls(keeper: SimApplication): boolean {
  if (knownState(keeper) === undefined) return typeof signerAt(keeper, 'certificates') === 'object';
  return keeper.units.every((unit) => isTls(servedBy(unit)['secure']));
}
