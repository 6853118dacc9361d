import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { unsettled } from '../../core/judgement.js';
import { baseJudgement, baseReasons } from '../shared/base-support.js';
import { upgradeJudgement, upgradeParams, upgradeReasons } from '../shared/charm-currency.js';
import { kubernetesReasons } from '../shared/kubernetes-evidence.js';
import { imageJudgement, imageReasons } from '../shared/kubernetes-images.js';
import { documents } from './documents.js';
import { judging, releaseReasons } from './release.js';

const both = ['mysql', 'router'] as const;

const image = defineControl({
  id: 'MYSQL-IMG-01',
  title: 'MySQL and its Router run the rock that their charm revision pins',
  severity: 'medium',
  section: 'Base images',
  rationale:
    'The rock is tested with the charm revision that pins it. Another one is either older than that or put there by hand.',
  references: [documents.guide, documents.cryptography],
  evidence: ['K'],
  scope: 'application',
  params: z.object({}),
  reasons: { ...releaseReasons, ...kubernetesReasons, ...imageReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Compare 'kubectl -n MODEL get pods -o jsonpath={..imageID}' with the digest of the image resource that Charmhub lists for the deployed revision " +
    "('juju resources -m MODEL APPLICATION'). Put a difference right by refreshing the charm, never by hand.",
  hazards: ['A refresh restarts the units one after the other.'],
  evaluate: judging(both, (app, _release, { knowledge }) => imageJudgement(app, knowledge)),
});

const base = defineControl({
  id: 'MYSQL-IMG-02',
  title: "MySQL and its Router run on their track's base, and that is still supported",
  severity: 'medium',
  section: 'Base images',
  rationale:
    'Only the base that a track is built for, while Ubuntu still mends it, gets security fixes underneath the database.',
  references: [documents.guide, documents.releases, documents.releaseCycle],
  evidence: ['S'],
  scope: 'application',
  params: z.object({
    base: z.string().min(1).optional().meta({
      description: 'The base that is wanted in place of the one that the track names, as in ubuntu@24.04.',
    }),
  }),
  reasons: {
    ...releaseReasons,
    ...baseReasons,
    BaseNotNamed: 'The guide of track 8.4 was not at hand, so which base it names is not known here.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Track 8.0 is built for Ubuntu 22.04. The base cannot be changed in place: deploy the track anew on its base, ' +
    'take a backup of the old cluster, restore it into the new one, move the clients over and remove the old application. ' +
    'For track 8.4 name the base of its release notes in the policy.',
  hazards: ['Clients are down while the data move.', 'Take a backup first, and try the restore.'],
  evaluate: judging(both, (app, { track }, { params, knowledge, time }) => {
    const wanted = params.base ?? (track === '8.0' ? 'ubuntu@22.04' : undefined);
    return wanted === undefined
      ? unsettled('BaseNotNamed', `which base track ${track} of ${app.name} is built for is not known`)
      : baseJudgement(app, wanted, { knowledge, time });
  }),
});

const charm = defineControl({
  id: 'MYSQL-UPG-01',
  title: 'The charms of MySQL and its Router are current in their channels',
  severity: 'medium',
  section: 'Charmed operator security upgrades',
  rationale:
    'Each revision of the charm pins a version of the workload: only a refresh brings the fixes of both.',
  references: [documents.guide, documents.refresh, documents.releases],
  evidence: ['S', 'H'],
  scope: 'application',
  params: z.object(upgradeParams),
  reasons: { ...releaseReasons, ...upgradeReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Take a backup and note the revision. MySQL of track 8.0: 'juju run -m MODEL MYSQL/leader pre-upgrade-check', 'juju refresh -m MODEL MYSQL --trust' " +
    "and, once the unit of the highest number is active/idle, 'juju run -m MODEL MYSQL/leader resume-upgrade'. " +
    'Refresh the Router at another time, as its own page says. There is no way from 8.0 to 8.4 in place: move the data.',
  hazards: [
    'While a refresh runs, no units, relations or options may be changed, and nothing else refreshed that is related.',
    'The units restart one after the other; a single unit is down meanwhile.',
    'From a MySQL older than 8.0.35 there is no way back.',
    "A refresh to a fixed revision needs that revision's image too.",
  ],
  evaluate: judging(both, (app, _release, context) => upgradeJudgement(app, context)),
});

export const images: readonly Control[] = [image, base, charm];
