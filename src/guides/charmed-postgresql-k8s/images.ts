import { z } from 'zod';
import { defineControl, type Context, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { notApplicable, type Judgement } from '../../core/judgement.js';
import { baseJudgement, baseReasons } from '../shared/base-support.js';
import { kubernetesReasons } from '../shared/kubernetes-evidence.js';
import { imageJudgement, imageReasons } from '../shared/kubernetes-images.js';
import { pinnedSnap, snapReasons } from '../shared/system-inside.js';
import { documents } from './documents.js';
import { judging, releaseReasons, type Release } from './release.js';

const section = 'Base images';

const pinned = {
  severity: 'medium',
  section,
  rationale:
    'The rock, or on machines the snap, is tested with the charm revision that pins it. Another one is either older than that or put there by hand.',
  evidence: ['K', 'W'],
  scope: 'application',
  params: z.object({}),
  reasons: { ...releaseReasons, ...kubernetesReasons, ...imageReasons, ...snapReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  hazards: ['A refresh restarts the units one after the other.'],
} as const;

const pinnedManual =
  "Compare 'kubectl -n MODEL get pods -o jsonpath={..imageID}' with the digest of the image resource that Charmhub lists for the deployed revision ('juju resources -m MODEL APPLICATION'); " +
  "on machines 'juju exec -m MODEL --application APPLICATION -- snap list' with the release notes. Put a difference right by refreshing the charm, never by hand.";

const image = defineControl({
  ...pinned,
  id: 'PG-IMG-01',
  title: 'PostgreSQL runs the rock that its charm revision pins',
  references: [documents.guide, documents.guide16],
  manual: pinnedManual,
  evaluate: judging('postgresql', pinnedSeen),
});

const poolerImage = defineControl({
  ...pinned,
  id: 'PGB-IMG-01',
  title: 'PgBouncer runs the rock that its charm revision pins',
  references: [documents.guide, documents.pgbouncer],
  manual: pinnedManual,
  evaluate: judging('pgbouncer', pinnedSeen),
});

function pinnedSeen(app: ApplicationView, { substrate }: Release, { knowledge }: Context<object>): Judgement {
  return substrate === 'kubernetes' ? imageJudgement(app, knowledge) : pinnedSnap(app, knowledge);
}

const based = {
  severity: 'medium',
  section,
  rationale:
    'Only the base that a track is built for, while Ubuntu still mends it, gets security fixes underneath the database.',
  evidence: ['S'],
  scope: 'application',
  params: z.object({
    base: z.string().min(1).optional().meta({
      description: 'The base that is wanted in place of the one that the track names, as in ubuntu@24.04.',
    }),
  }),
  remediation: 'manual',
  fixableBy: 'operator',
} as const;

const base = defineControl({
  ...based,
  id: 'PG-IMG-02',
  title: "PostgreSQL runs on its track's base, and that is still supported",
  references: [documents.guide, documents.guide16, documents.releaseCycle],
  reasons: { ...releaseReasons, ...baseReasons },
  manual:
    'Track 14 is built for Ubuntu 22.04, track 16 for Ubuntu 24.04. The base cannot be changed in place: deploy the track anew on its base, ' +
    'take a backup of the old cluster, restore it into the new one, move the clients over and remove the old application.',
  hazards: [
    'Neither charm supports a change of track in place: clients are down while the data move.',
    'Take a backup first, and try the restore.',
  ],
  evaluate: judging('postgresql', (app, { track }, { params, knowledge, time }) =>
    baseJudgement(app, params.base ?? (track === '16' ? 'ubuntu@24.04' : 'ubuntu@22.04'), {
      knowledge,
      time,
    }),
  ),
});

const poolerBase = defineControl({
  ...based,
  id: 'PGB-IMG-02',
  title: 'PgBouncer runs on Ubuntu 22.04, and that is still supported',
  references: [documents.guide, documents.pgbouncer, documents.releaseCycle],
  reasons: {
    ...releaseReasons,
    ...baseReasons,
    BaseOfPrincipal: 'On machines PgBouncer runs beside its clients and takes their base.',
  },
  manual:
    "Deploy PgBouncer anew on Ubuntu 22.04 ('juju deploy -m MODEL pgbouncer-k8s --channel 1/stable --trust'), integrate it with the database and its TLS provider, " +
    'move the clients over one by one, and remove the old application.',
  hazards: ['Clients lose their connections when they are moved.'],
  evaluate: judging('pgbouncer', (app, { substrate }, { params, knowledge, time }) =>
    substrate === 'machine'
      ? notApplicable(
          'BaseOfPrincipal',
          `${app.name} takes the base of the applications beside which it runs`,
        )
      : baseJudgement(app, params.base ?? 'ubuntu@22.04', { knowledge, time }),
  ),
});

export const images: readonly Control[] = [image, base, poolerImage, poolerBase];
