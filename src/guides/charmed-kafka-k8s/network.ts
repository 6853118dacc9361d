import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import type { Context, Control } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, notApplicable, notSeen, pass, type Judgement } from '../../core/judgement.js';
import { alsoByServices, openingReasons } from '../shared/kubernetes-services.js';
import { optionJudgement, optionReasons, optionRemedy, type OptionQuestion } from '../shared/option.js';
import { documents } from './documents.js';
import { spelled } from './options.js';
import { productControl, type ProductControl, type Subject } from './product-control.js';
import type { Product } from './product.js';

const params = z.object({
  externalAccess: z
    .enum(['nodeport', 'loadbalancer'])
    .optional()
    .meta({ description: 'How it may be reached from outside the cluster; without it, not at all.' }),
});

type NetworkContext = Context<z.output<typeof params>>;

function question(product: Product, declared: string | undefined): OptionQuestion {
  const also = declared === undefined ? [] : [declared];
  return {
    names: [spelled('expose-external', product)],
    allowed: ['false', ...also],
    reason: 'ExposedOutsideCluster',
  };
}

/** What the charm opens to the outside, and what services do, whoever made them, where the cluster is seen. */
function exposure({ app, product }: Subject, { params: { externalAccess } }: NetworkContext): Judgement {
  const message = `${app.name} runs on machines, where the option that opens it to the outside of a cluster does nothing`;
  if (product.substrate === 'machine') return notApplicable('NoCluster', message);
  const asked = question(product, externalAccess);
  const option = emptyOption(app, asked) ?? optionJudgement(app, asked);
  return alsoByServices(app, option, externalAccess === undefined ? [] : [externalAccess]);
}

/** An option that was emptied opens nothing. */
function emptyOption(app: Subject['app'], { names: [name = ''] }: OptionQuestion): Judgement | undefined {
  const config = app.get('config');
  if (!isKnown(config)) return notSeen(config, `${name} false`);
  if (config.value[name]?.value !== '') return undefined;
  return pass(`${name} of ${app.name} is empty`, evidenceOf(config, `${name} empty`, `${name} false`));
}

function closing(
  { app, product }: Subject,
  { params: { externalAccess } }: NetworkContext,
): readonly Remedy[] {
  if (product.substrate === 'machine') return [];
  return optionRemedy(app, {
    ...question(product, externalAccess),
    effect: `${app.name} is reached from inside the cluster only`,
    disruptive: true,
    cutsOff: ['everyone who connects from outside the cluster'],
  });
}

const common = {
  severity: 'high',
  section: 'Harden the applications',
  rationale: 'Every address that can reach it is one more from which somebody may try.',
  references: [documents.guide, documents.referenceThree, documents.referenceFour, documents.networkPolicies],
  evidence: ['J', 'K'],
  params,
  reasons: {
    ...optionReasons,
    ...openingReasons,
    ExposedOutsideCluster:
      'The charm opens a way in from outside the cluster that the policy does not declare.',
    NoCluster: 'It runs on machines, where Juju and the firewall say who can reach it (JUJU-APP-02).',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Find out who connects from outside, then run 'juju config -m MODEL APPLICATION expose-external=false' (Kafka 3: expose_external). " +
    "Look for services made by hand with 'kubectl get services -n MODEL'.",
  hazards: ['Clients outside the cluster are cut off, and the address that they used goes.'],
  evaluate: exposure,
  remediate: closing,
} as const satisfies Partial<ProductControl<typeof params>>;

const kafka = productControl({
  ...common,
  id: 'KAFKA-NET-01',
  on: ['kafka'],
  title: 'Kafka is not exposed outside the cluster unless declared',
});

const zookeeper = productControl({
  ...common,
  id: 'ZK-NET-01',
  on: ['zookeeper'],
  title: 'ZooKeeper is not exposed outside the cluster unless declared',
});

export const network: readonly Control[] = [kafka, zookeeper];
