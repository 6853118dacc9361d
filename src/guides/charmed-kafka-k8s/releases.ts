import { z } from 'zod';
import type { Context, Control } from '../../core/control.js';
import type { Judgement } from '../../core/judgement.js';
import { baseJudgement, baseReasons } from '../shared/base-support.js';
import { upgradeJudgement, upgradeParams, upgradeReasons } from '../shared/charm-currency.js';
import { worst } from '../shared/combine.js';
import { kubernetesReasons } from '../shared/kubernetes-evidence.js';
import { imageJudgement, imageReasons } from '../shared/kubernetes-images.js';
import { refreshRemedies } from '../shared/refresh-steps.js';
import { pinnedSnap, snapReasons } from '../shared/system-inside.js';
import { documents } from './documents.js';
import { productControl, type ProductControl, type Subject } from './product-control.js';
import type { Product } from './product.js';

const recipe =
  "Kafka 3 and ZooKeeper: 'juju run -m MODEL APPLICATION/leader pre-upgrade-check', 'juju refresh -m MODEL APPLICATION', and on Kubernetes 'juju run -m MODEL APPLICATION/leader resume-upgrade' once the first unit is well. " +
  "Kafka 4: 'juju run -m MODEL KAFKA/leader pre-refresh-check', on machines 'juju config -m MODEL KAFKA pause-after-unit-refresh=first', 'juju refresh -m MODEL KAFKA', then 'juju run -m MODEL KAFKA/N resume-refresh' as the status asks.";

const recipeHazards = [
  'ZooKeeper first, then Kafka; never both at once.',
  'While a refresh runs, no relation, option or password may be changed.',
  'Kafka 3 cannot be refreshed to Kafka 4: that is a migration.',
] as const;

const noParams = z.object({});

/** The base that the images and snaps of a track are built on. */
function baseOf({ generation }: Product): string {
  return generation === 4 ? 'ubuntu@24.04' : 'ubuntu@22.04';
}

/** Whether the base is the right one, and the image that the charm pins; which snap runs takes a look into the units. */
function pinnedOnBase({ app, product }: Subject, { knowledge, time }: Context<object>): Judgement {
  const base = baseJudgement(app, baseOf(product), { knowledge, time });
  const pinned =
    product.substrate === 'kubernetes' ? imageJudgement(app, knowledge) : pinnedSnap(app, knowledge);
  return worst(base, pinned);
}

const image = {
  severity: 'medium',
  section: 'Base images',
  rationale:
    'Only the image that the charm pins was tested with it, and only a base with support gets fixes.',
  references: [documents.guide, documents.cryptography, documents.releaseCycle],
  evidence: ['S', 'K', 'W'],
  params: noParams,
  reasons: { ...baseReasons, ...kubernetesReasons, ...imageReasons, ...snapReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual: `Compare the image of each pod ('kubectl get pods -n MODEL -o wide' and the imageID of its containers), on machines 'snap list', with what the release notes of the deployed revision name. Put a difference right by refreshing the charm, never by hand. ${recipe}`,
  hazards: recipeHazards,
  evaluate: pinnedOnBase,
} as const satisfies Partial<ProductControl<typeof noParams>>;

const kafkaImage = productControl({
  ...image,
  id: 'KAFKA-IMG-01',
  on: ['kafka'],
  title: 'Kafka runs the image that its charm pins, on the base of its track',
});

const zookeeperImage = productControl({
  ...image,
  id: 'ZK-IMG-01',
  on: ['zookeeper'],
  title: 'ZooKeeper runs the image that its charm pins, on Ubuntu 22.04',
});

const refreshParams = z.object(upgradeParams);

const upgrade = {
  severity: 'medium',
  section: 'Charmed operator security upgrades',
  rationale: 'Each revision of the charm pins an image: only a refresh brings its fixes.',
  references: [documents.guide, documents.howToThree, documents.howToFour],
  evidence: ['S', 'H'],
  params: refreshParams,
  reasons: upgradeReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual: recipe,
  hazards: recipeHazards,
  evaluate: ({ app }: Subject, context: Context<z.output<typeof refreshParams>>) =>
    upgradeJudgement(app, context),
  remediate: ({ app }: Subject, context: Context<object>) => refreshRemedies(app, context),
} as const satisfies Partial<ProductControl<typeof refreshParams>>;

const kafkaUpgrade = productControl({
  ...upgrade,
  id: 'KAFKA-UPG-01',
  on: ['kafka'],
  title: 'The charm of Kafka is current in its channel',
});

const zookeeperUpgrade = productControl({
  ...upgrade,
  id: 'ZK-UPG-01',
  on: ['zookeeper'],
  title: 'The charm of ZooKeeper is current in its channel',
});

export const releases: readonly Control[] = [kafkaImage, zookeeperImage, kafkaUpgrade, zookeeperUpgrade];
