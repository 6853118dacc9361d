/** Charmed ZooKeeper: three restarts on the way to TLS, and a plain port that stays (charm facts, sections 5 and 6). */
import { relationsOf } from '../../world/relation-rules.js';
import type { SimApplication } from '../../world/state.js';
import { signerAt } from '../certificates.js';
import { rollingBehaviour } from '../rolling/behaviour.js';
import { active, type Product, type Verdict } from '../rolling/product.js';
import { zookeeperDisk } from './disk.js';
import { certified, planOf } from '../rolling/serving.js';

/** Port unification on, the quorum over TLS, port unification off. */
const rounds: readonly Verdict[] = [
  'provider not ready - not all units using same encryption',
  'provider not ready - switching quorum encryption',
  'provider not ready - portUnification not yet disabled',
].map((message) => ({ status: 'maintenance', message }));

const product: Product = {
  wanted: (application, now) => ({
    secure: certified(application, { endpoint: 'certificates', now: now?.['secure'], otherwise: 'none' }),
  }),
  ports: (_, serving) => [
    planOf('plain', { port: 2181, protocol: 'zookeeper' }),
    planOf(serving['secure'], { port: 2182, protocol: 'zookeeper' }),
  ],
  rounds,
  disk: zookeeperDisk,
  verdict: (application) =>
    signerAt(application, 'certificates') === 'waiting'
      ? { status: 'waiting', message: 'unit waiting for signed certificates' }
      : active,
  dependents: (application) =>
    relationsOf(application.model, application.name, 'zookeeper').flatMap(({ sides }) =>
      sides
        .map((side) => application.model.applications.get(side.application))
        .filter((one): one is SimApplication => one !== undefined && one !== application),
    ),
};

export const zookeeper = rollingBehaviour(product);
