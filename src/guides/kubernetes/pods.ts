import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { modelImageReasons } from '../shared/kubernetes-images.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';
import { inCluster, ofCluster } from './in-cluster.js';
import { modelImagesJudgement } from './model-images.js';
import { podSecurityJudgement, podSecurityLevels, podSecurityReasons } from './pod-security.js';
import { registryJudgement, registryReasons } from './registries.js';
import { rootJudgement, rootReasons } from './root-users.js';

const section = 'Kubernetes';
const levels = z.enum(podSecurityLevels);

const root = defineControl({
  ...ofCluster,
  id: 'K8S-POD-01',
  title: 'Workloads and charms run without root',
  severity: 'medium',
  section,
  rationale: 'Who breaks out of a container is on the node whoever he was inside: better nobody than root.',
  references: [documents.podSecurity, documents.securityContext],
  params: z.object({
    rootAllowed: names().meta({ description: 'Containers that may run as root, as APPLICATION/CONTAINER.' }),
  }),
  reasons: { ...ofCluster.reasons, ...rootReasons },
  fixableBy: 'charm',
  manual:
    "Look at runAsUser and runAsNonRoot in 'kubectl -n MODEL get pods -o yaml', of pods and of containers. The charm and Juju write them: refresh the charm, " +
    'and report to it what still runs as root.',
  hazards: ['A security context changed by hand is overwritten by Juju, or keeps the charm from its files.'],
  evaluate: inCluster('as which user the containers run', (subject, { params }) =>
    rootJudgement(subject, params.rootAllowed),
  ),
});

const namespace = defineControl({
  ...ofCluster,
  id: 'K8S-NS-01',
  title: "The model's namespace carries Pod Security labels",
  severity: 'medium',
  section,
  rationale:
    'The labels keep pods with too many rights out of the namespace, whoever tries to start them there.',
  references: [documents.podSecurity, documents.podSecurityLabels],
  params: z.object({
    enforce: levels
      .default('privileged')
      .meta({ description: 'The Pod Security level below which the namespace must at least refuse pods.' }),
    audit: levels.default('baseline').meta({
      description: 'The Pod Security level below which it must at least write pods into the audit log.',
    }),
    warn: levels
      .default('baseline')
      .meta({ description: 'The Pod Security level below which it must at least warn.' }),
  }),
  reasons: { ...ofCluster.reasons, ...podSecurityReasons },
  manual:
    "Begin with 'kubectl label namespace MODEL pod-security.kubernetes.io/warn=baseline pod-security.kubernetes.io/audit=baseline'. " +
    "Try 'kubectl label --dry-run=server --overwrite namespace MODEL pod-security.kubernetes.io/enforce=baseline' and set it when no pod is named.",
  hazards: ['Pods that violate an enforced level are not started again after they end.'],
  evaluate: inCluster('which Pod Security labels the namespace carries', (subject, { params }) =>
    podSecurityJudgement(subject, params),
  ),
});

const pinned = defineControl({
  ...ofCluster,
  id: 'K8S-IMG-01',
  title: 'Every container runs the image that its charm revision pins',
  severity: 'medium',
  section: 'Base images',
  rationale:
    'The image that was tested with a charm revision is the one that its resource names; another one is a hand in the works, or left from before.',
  references: [documents.guide, documents.images],
  evidence: ['K', 'H'],
  params: z.object({}),
  reasons: {
    ...ofCluster.reasons,
    ...modelImageReasons,
    NoPins: 'No application of the model has a container whose image a charm pins.',
  },
  manual:
    "Compare imageID in 'kubectl -n MODEL get pods -o yaml' with the digest of the resource that Charmhub lists for the deployed revision ('juju resources APPLICATION'). " +
    'Where they differ, refresh the charm with the recipe of its guide.',
  hazards: [
    'A refresh restarts the units one after the other.',
    'One image has a digest for all platforms and one for each: compare like with like.',
  ],
  evaluate: inCluster('which images the pods run', ({ model }, { knowledge }) =>
    modelImagesJudgement(model, knowledge),
  ),
});

const registry = defineControl({
  ...ofCluster,
  id: 'K8S-IMG-02',
  title: 'Images come from known registries, by digest',
  severity: 'low',
  section: 'Base images',
  rationale:
    'A tag means tomorrow what somebody pushes tonight; a digest means what it meant when it was tested.',
  references: [documents.guide, documents.images],
  params: z.object({
    registries: names('ghcr.io/canonical', 'registry.jujucharms.com').meta({
      description: 'Registries, with their path, from which images may come.',
    }),
  }),
  reasons: { ...ofCluster.reasons, ...registryReasons },
  manual:
    "Look at image in 'kubectl -n MODEL get pods -o yaml'. Deploy and refresh charms with the resources of their revision, not with '--resource' from elsewhere; " +
    'name the mirrors of your own in the policy.',
  hazards: ['A mirror that is not kept up to date withholds fixes.'],
  evaluate: inCluster('from which registries the images come', (subject, { params, knowledge }) =>
    registryJudgement(subject, { registries: params.registries, knowledge }),
  ),
});

export const pods: readonly Control[] = [root, namespace, pinned, registry];
