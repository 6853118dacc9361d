import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { notApplicable, type Judgement } from '../../core/judgement.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { landscapeClient, landscapeReasons, proReasons, ubuntuPro } from '../shared/os-companions.js';
import {
  companionJudgement,
  companionReasons,
  companionRemedy,
  type Companion,
} from '../shared/subordinate.js';
import { duration } from '../shared/params.js';
import { noUpdatesOverdue, proInside, proInsideReasons, updateReasons } from '../shared/system-inside.js';
import { documents } from './documents.js';
import { judging, mending, releaseReasons, type Release } from './release.js';

const onMachines = {
  section: 'Operating system',
  scope: 'application',
  params: z.object({}),
  fixableBy: 'operator',
} as const;

const machineReasons = {
  ...releaseReasons,
  NoMachines: 'On Kubernetes the image stands for the operating system (PG-IMG-01), not machines of its own.',
} as const;

const landscape = defineControl({
  ...onMachines,
  id: 'PG-OS-01',
  title: 'Landscape Client runs on the machine of every unit of PostgreSQL',
  severity: 'medium',
  rationale:
    'Landscape shows and applies the security updates of the machines below PostgreSQL, which the charm does not manage.',
  references: [documents.landscape, documents.guide],
  evidence: ['S'],
  reasons: { ...machineReasons, ...companionReasons, ...landscapeReasons },
  remediation: 'auto',
  manual:
    "Deploy the client on PostgreSQL's base: 'juju deploy -m MODEL landscape-client --base BASE --config account-name=ACCOUNT " +
    "--config url=https://LANDSCAPE/message-system --config ping-url=http://LANDSCAPE/ping'. Set its registration key as the charm asks. " +
    "Then run 'juju integrate -m MODEL landscape-client:container POSTGRESQL:juju-info' and accept the machines in Landscape.",
  hazards: ['A subordinate whose base differs from that of PostgreSQL is not placed on the machines.'],
  evaluate: judging('postgresql', (app, release) => beside(app, release, landscapeClient)),
  remediate: mending('postgresql', (app, _release, _context, reason) =>
    reason === 'NotRelated'
      ? companionRemedy(app, landscapeClient, `Landscape Client is beside every unit of ${app.name}`)
      : [],
  ),
});

const pro = defineControl({
  ...onMachines,
  id: 'PG-OS-02',
  title: 'The machine of every unit of PostgreSQL is attached to Ubuntu Pro',
  severity: 'medium',
  rationale:
    'Ubuntu Pro brings the security fixes of the packages that Ubuntu itself no longer or never covers (esm-infra, esm-apps).',
  references: [documents.pro, documents.guide],
  evidence: ['S', 'W'],
  reasons: { ...machineReasons, ...companionReasons, ...proReasons, ...proInsideReasons },
  remediation: 'auto',
  manual:
    "Deploy the charm on PostgreSQL's base: 'juju deploy -m MODEL ubuntu-pro --base ubuntu@24.04', before 24.04 ubuntu-advantage. Give it a token as the charm asks, " +
    "then run 'juju integrate -m MODEL ubuntu-pro:juju-info POSTGRESQL:juju-info'. " +
    "Where its status shows a service missing, run 'juju config -m MODEL ubuntu-pro services=esm-infra,esm-apps'.",
  hazards: ['A token given as a plain option can be read by everyone who may read the model.'],
  evaluate: judging('postgresql', (app, release) =>
    release.substrate === 'kubernetes' ? noMachines(app) : proInside(app, companionJudgement(app, ubuntuPro)),
  ),
  remediate: mending('postgresql', (app, _release, _context, reason) =>
    reason === 'NotRelated'
      ? companionRemedy(app, ubuntuPro, `every machine of ${app.name} is attached to Ubuntu Pro`)
      : [],
  ),
});

const updates = defineControl({
  ...onMachines,
  id: 'PG-OS-03',
  title: 'No security update of the operating system is overdue',
  severity: 'high',
  rationale: 'A known hole that has a fix is the one that is tried first.',
  references: [documents.landscape, documents.pro],
  evidence: ['W'],
  params: z.object({
    age: duration('7d').meta({ description: 'How long a security update may wait, as in 7d.' }),
  }),
  reasons: { ...machineReasons, ...updateReasons },
  remediation: 'manual',
  manual:
    "On each unit run 'juju exec -m MODEL --unit POSTGRESQL/N -- pro security-status' and install what is pending through Landscape, " +
    "or with 'juju exec -m MODEL --unit POSTGRESQL/N -- sudo apt-get upgrade'. Restart one machine at a time where the kernel was updated, the primary last.",
  hazards: ['When the machine of the primary restarts, another member takes over and clients reconnect.'],
  evaluate: judging('postgresql', (app, release, { params, time }) =>
    release.substrate === 'kubernetes' ? noMachines(app) : noUpdatesOverdue(app, params.age, time),
  ),
});

function beside(app: ApplicationView, { substrate }: Release, companion: Companion): Judgement {
  return substrate === 'kubernetes' ? noMachines(app) : companionJudgement(app, companion);
}

function noMachines(app: ApplicationView): Judgement {
  return notApplicable(
    'NoMachines',
    `${app.name} is a Kubernetes charm: its image stands for the operating system`,
  );
}

/** The operating system of the machine charm's units, as the guide of Charmed etcd asks for it. */
export const operatingSystem: readonly Control[] = [landscape, pro, updates];
