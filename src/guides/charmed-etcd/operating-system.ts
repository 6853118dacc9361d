import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { baseJudgement, baseReasons } from '../shared/base-support.js';
import { documents } from '../shared/etcd-documents.js';
import { landscapeClient, landscapeReasons, proReasons, ubuntuPro } from '../shared/os-companions.js';
import { companionJudgement, companionReasons, companionRemedy } from '../shared/subordinate.js';
import { duration } from '../shared/params.js';
import { noUpdatesOverdue, proInside, proInsideReasons, updateReasons } from '../shared/system-inside.js';

const section = 'Operating system';
const noParams = z.object({});

const landscape = defineControl({
  id: 'ETCD-OS-01',
  title: 'Landscape Client runs on the machine of every unit',
  severity: 'medium',
  section,
  rationale:
    'Landscape shows and applies the security updates of the machines below etcd, which the charm does not manage.',
  references: [documents.guide, documents.landscape],
  evidence: ['S'],
  scope: 'application',
  params: noParams,
  reasons: { ...companionReasons, ...landscapeReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Deploy the client on etcd's base: 'juju deploy -m MODEL landscape-client --base ubuntu@24.04 --config account-name=ACCOUNT " +
    "--config url=https://LANDSCAPE/message-system --config ping-url=http://LANDSCAPE/ping'. Set its registration key as the charm asks. " +
    "Then run 'juju integrate -m MODEL landscape-client:container ETCD:juju-info' and accept the machines in Landscape.",
  hazards: ['A subordinate whose base differs from that of etcd is not placed on the machines.'],
  evaluate: (app) => companionJudgement(app, landscapeClient),
  remediate: (app, _context, { reason }) =>
    reason === 'NotRelated'
      ? companionRemedy(app, landscapeClient, `Landscape Client is beside every unit of ${app.name}`)
      : [],
});

const pro = defineControl({
  id: 'ETCD-OS-02',
  title: 'The machine of every unit is attached to Ubuntu Pro',
  severity: 'medium',
  section,
  rationale:
    'Ubuntu Pro brings the security fixes of the packages that Ubuntu itself no longer or never covers (esm-infra, esm-apps).',
  references: [documents.guide, documents.pro],
  evidence: ['S', 'W'],
  scope: 'application',
  params: noParams,
  reasons: { ...companionReasons, ...proReasons, ...proInsideReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Deploy the charm on etcd's base: 'juju deploy -m MODEL ubuntu-pro --base ubuntu@24.04'. Give it a token as the charm asks, " +
    "then run 'juju integrate -m MODEL ubuntu-pro:juju-info ETCD:juju-info'. " +
    "Where its status shows a service missing, run 'juju config -m MODEL ubuntu-pro services=esm-infra,esm-apps'.",
  hazards: ['A token given as a plain option can be read by everyone who may read the model.'],
  evaluate: (app) => proInside(app, companionJudgement(app, ubuntuPro)),
  remediate: (app, _context, { reason }) =>
    reason === 'NotRelated'
      ? companionRemedy(app, ubuntuPro, `every machine of ${app.name} is attached to Ubuntu Pro`)
      : [],
});

const base = defineControl({
  id: 'ETCD-OS-03',
  title: 'etcd runs on Ubuntu 24.04, and that is still supported',
  severity: 'medium',
  section,
  rationale: 'Only the base that the charm is built for and that still receives fixes can be kept patched.',
  references: [documents.guide, documents.releaseCycle],
  evidence: ['S'],
  scope: 'application',
  params: z.object({
    base: z
      .string()
      .default('ubuntu@24.04')
      .meta({ description: 'The base that the machines have to run on, as in ubuntu@24.04.' }),
  }),
  reasons: baseReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "A machine's base cannot be changed in place. Set 'juju set-application-base -m MODEL ETCD ubuntu@24.04', add units on new machines " +
    "one at a time with 'juju add-unit -m MODEL ETCD', wait for active/idle, and remove the old ones with 'juju remove-unit -m MODEL ETCD/N'.",
  hazards: [
    'Losing the majority of members stops the cluster: replace one unit at a time.',
    'Take a backup first.',
  ],
  evaluate: (app, { params, knowledge, time }) => baseJudgement(app, params.base, { knowledge, time }),
});

const updates = defineControl({
  id: 'ETCD-OS-04',
  title: 'No security update of the operating system is overdue',
  severity: 'high',
  section,
  rationale: 'A known hole that has a fix is the one that is tried first.',
  references: [documents.guide, documents.landscape, documents.pro],
  evidence: ['W'],
  scope: 'application',
  params: z.object({
    age: duration('7d').meta({ description: 'How long a security update may wait, as in 7d.' }),
  }),
  reasons: updateReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "On each unit run 'juju exec -m MODEL --unit ETCD/N -- pro security-status' and install what is pending through Landscape, " +
    "or with 'juju exec -m MODEL --unit ETCD/N -- sudo apt-get upgrade'. Restart one machine at a time where the kernel was updated.",
  hazards: ['Restarting two members of three at once stops the cluster.'],
  evaluate: (app, { params, time }) => noUpdatesOverdue(app, params.age, time),
});

export const operatingSystem: readonly Control[] = [landscape, pro, base, updates];
