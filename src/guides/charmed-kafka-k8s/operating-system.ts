import { z } from 'zod';
import type { Control } from '../../core/control.js';
import { notApplicable, type Judgement } from '../../core/judgement.js';
import { landscapeClient, landscapeReasons, proReasons, ubuntuPro } from '../shared/os-companions.js';
import { companionJudgement, companionReasons, companionRemedy } from '../shared/subordinate.js';
import { duration } from '../shared/params.js';
import { noUpdatesOverdue, proInside, proInsideReasons, updateReasons } from '../shared/system-inside.js';
import { documents } from './documents.js';
import { productControl, type ProductControl, type Subject } from './product-control.js';

const noParams = z.object({});

const onMachines = {
  on: ['kafka', 'zookeeper'],
  section: 'Operating system',
  params: noParams,
  fixableBy: 'operator',
  references: [documents.landscape, documents.pro, documents.guide],
} as const satisfies Partial<ProductControl<typeof noParams>>;

const machineReasons = {
  NoMachines: 'On Kubernetes the image stands for the operating system, not machines of its own.',
} as const;

/** Machines carry what the guide's image stands for on Kubernetes. */
function whereMachines(judge: (subject: Subject) => Judgement): (subject: Subject) => Judgement {
  return (subject) =>
    subject.product.substrate === 'machine'
      ? judge(subject)
      : notApplicable(
          'NoMachines',
          `${subject.app.name} is a Kubernetes charm: its image stands for its machines`,
        );
}

const landscape = productControl({
  ...onMachines,
  id: 'KAFKA-OS-01',
  title: 'Landscape Client runs on the machine of every unit of Kafka and ZooKeeper',
  severity: 'medium',
  rationale:
    'Landscape shows and applies the security updates of the machines below Kafka, which the charms do not manage.',
  evidence: ['S'],
  reasons: { ...machineReasons, ...companionReasons, ...landscapeReasons },
  remediation: 'auto',
  manual:
    "Deploy the client on the application's base: 'juju deploy -m MODEL landscape-client --base BASE --config account-name=ACCOUNT " +
    "--config url=https://LANDSCAPE/message-system --config ping-url=http://LANDSCAPE/ping'. Set its registration key as the charm asks. " +
    "Then run 'juju integrate -m MODEL landscape-client:container APPLICATION:juju-info' and accept the machines in Landscape.",
  hazards: ['A subordinate whose base differs from that of the application is not placed on the machines.'],
  evaluate: whereMachines(({ app }) => companionJudgement(app, landscapeClient)),
  remediate: ({ app }, _context, { reason }) =>
    reason === 'NotRelated'
      ? companionRemedy(app, landscapeClient, `Landscape Client is beside every unit of ${app.name}`)
      : [],
});

const pro = productControl({
  ...onMachines,
  id: 'KAFKA-OS-02',
  title: 'The machine of every unit of Kafka and ZooKeeper is attached to Ubuntu Pro',
  severity: 'medium',
  rationale:
    'Ubuntu Pro brings the security fixes of the packages that Ubuntu itself no longer or never covers (esm-infra, esm-apps).',
  evidence: ['S', 'W'],
  reasons: { ...machineReasons, ...companionReasons, ...proReasons, ...proInsideReasons },
  remediation: 'auto',
  manual:
    "Deploy the charm on the application's base: 'juju deploy -m MODEL ubuntu-pro --base ubuntu@24.04', before 24.04 ubuntu-advantage. Give it a token as the charm asks, " +
    "then run 'juju integrate -m MODEL ubuntu-pro:juju-info APPLICATION:juju-info'. " +
    "Where its status shows a service missing, run 'juju config -m MODEL ubuntu-pro services=esm-infra,esm-apps'.",
  hazards: ['A token given as a plain option can be read by everyone who may read the model.'],
  evaluate: whereMachines(({ app }) => proInside(app, companionJudgement(app, ubuntuPro))),
  remediate: ({ app }, _context, { reason }) =>
    reason === 'NotRelated'
      ? companionRemedy(app, ubuntuPro, `every machine of ${app.name} is attached to Ubuntu Pro`)
      : [],
});

const updates = productControl({
  ...onMachines,
  id: 'KAFKA-OS-03',
  title: 'No security update of the operating system is overdue',
  severity: 'high',
  rationale: 'A known hole that has a fix is the one that is tried first.',
  evidence: ['W'],
  params: z.object({
    age: duration('7d').meta({ description: 'How long a security update may wait, as in 7d.' }),
  }),
  reasons: { ...machineReasons, ...updateReasons },
  remediation: 'manual',
  manual:
    "On each unit run 'juju exec -m MODEL --unit APPLICATION/N -- pro security-status' and install what is pending through Landscape, " +
    "or with 'juju exec -m MODEL --unit APPLICATION/N -- sudo apt-get upgrade'. Restart one machine at a time where the kernel was updated, and wait until no partition lacks a copy.",
  hazards: ['Restarting two of three members of ZooKeeper at once stops Kafka.'],
  evaluate: (subject, { params, time }) =>
    whereMachines(({ app }) => noUpdatesOverdue(app, params.age, time))(subject),
});

/** The operating system below the machine charms, as the guide of Charmed etcd asks for it. */
export const operatingSystem: readonly Control[] = [landscape, pro, updates];
