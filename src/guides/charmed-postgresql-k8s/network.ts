import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { closedOr, closeExternal, external } from '../shared/expose-external.js';
import { exposureJudgement, exposureReasons } from '../shared/exposure.js';
import { exposureRemedies } from '../shared/exposure-remedy.js';
import { kubernetesReasons } from '../shared/kubernetes-evidence.js';
import { alsoByServices, openingReasons, openingsJudgement } from '../shared/kubernetes-services.js';
import { optionJudgement, optionReasons } from '../shared/option.js';
import { cidr, names } from '../shared/params.js';
import { documents } from './documents.js';
import { outsideClients } from './endpoints.js';
import { judging, mending, releaseReasons } from './release.js';

const reach = {
  cidrs: z
    .array(cidr)
    .default([])
    .meta({ description: 'Address blocks to which it may be exposed on machines, as in 10.0.0.0/8.' }),
  spaces: names().meta({ description: 'Network spaces to which it may be exposed on machines.' }),
};

const closed = {
  severity: 'high',
  section: 'Harden the applications',
  scope: 'application',
  remediation: 'disruptive',
  fixableBy: 'operator',
} as const;

const database = defineControl({
  ...closed,
  id: 'PG-NET-01',
  title: 'PostgreSQL is not reachable from outside unless that is declared',
  rationale:
    'Only clients need to reach the database; every other address that can is one more that may try.',
  references: [documents.guide, documents.applications],
  evidence: ['K', 'S'],
  params: z.object(reach),
  reasons: { ...releaseReasons, ...kubernetesReasons, ...openingReasons, ...exposureReasons },
  manual:
    "On Kubernetes list 'kubectl -n MODEL get services': none of PostgreSQL's may be a NodePort or a LoadBalancer; the charm has no option that makes one, so delete what somebody added. " +
    "On machines run 'juju unexpose -m MODEL POSTGRESQL', or 'juju expose -m MODEL POSTGRESQL --to-cidrs CIDRS' to keep declared networks only.",
  hazards: ['Whoever connects from an address that is no longer allowed is cut off.'],
  evaluate: judging('postgresql', (app, { substrate }, { params }) =>
    substrate === 'kubernetes' ? openingsJudgement(app, { ways: [] }) : exposureJudgement(app, params),
  ),
  remediate: mending('postgresql', (app, _release, { params }, reason) =>
    reason === 'Exposed' ? exposureRemedies(app, params) : [],
  ),
});

const pooler = defineControl({
  ...closed,
  id: 'PGB-NET-01',
  title: 'PgBouncer is not reachable from outside unless that is declared',
  rationale:
    'PgBouncer is the door to the database; a door to the outside is a decision that somebody has to take.',
  references: [documents.guide, documents.pgbouncer, documents.applications],
  evidence: ['J', 'S', 'K'],
  params: z.object({
    ...reach,
    external,
  }),
  reasons: {
    ...releaseReasons,
    ...optionReasons,
    ...exposureReasons,
    ...openingReasons,
    ExposedOutsideCluster: 'The charm opens PgBouncer to the outside of the cluster.',
  },
  manual:
    "On Kubernetes run 'juju config -m MODEL PGBOUNCER expose-external=false'. On machines run 'juju unexpose -m MODEL PGBOUNCER', " +
    "or 'juju expose -m MODEL PGBOUNCER --to-cidrs CIDRS' to keep declared networks only. Where clients outside need it, declare that in the policy.",
  hazards: [
    'The address that clients outside use is given up, and may be another one if it is opened again.',
  ],
  evaluate: judging('pgbouncer', (app, { substrate }, { params }) =>
    substrate === 'kubernetes'
      ? alsoByServices(app, optionJudgement(app, closedOr(params.external)), params.external)
      : exposureJudgement(app, params),
  ),
  remediate: mending('pgbouncer', (app, _release, { params }, reason) => {
    if (reason === 'Exposed') return exposureRemedies(app, params);
    return reason === 'ExposedOutsideCluster' ? closeExternal(app, params.external, outsideClients(app)) : [];
  }),
});

export const network: readonly Control[] = [database, pooler];
