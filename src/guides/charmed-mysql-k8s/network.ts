import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { closedOr, closeExternal, external } from '../shared/expose-external.js';
import { kubernetesReasons } from '../shared/kubernetes-evidence.js';
import { alsoByServices, openingReasons, openingsJudgement } from '../shared/kubernetes-services.js';
import { optionJudgement, optionReasons } from '../shared/option.js';
import { documents } from './documents.js';
import { outsideClients } from './endpoints.js';
import { judging, mending, releaseReasons } from './release.js';

const database = defineControl({
  id: 'MYSQL-NET-01',
  title: 'MySQL is not reachable from outside the cluster',
  severity: 'high',
  section: 'Encryption',
  rationale:
    'Only clients need to reach the database, and those from outside are to come through MySQL Router; every other address that can is one more that may try.',
  references: [documents.guide, documents.externalAccess],
  evidence: ['K'],
  scope: 'application',
  params: z.object({}),
  reasons: { ...releaseReasons, ...kubernetesReasons, ...openingReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "List 'kubectl -n MODEL get services': none of MySQL's may be a NodePort or a LoadBalancer; delete what somebody added, and give clients from outside MySQL Router.",
  hazards: ['Whoever connects from outside is cut off.'],
  evaluate: judging('mysql', (app) => openingsJudgement(app, { ways: [] })),
});

const router = defineControl({
  id: 'MYR-NET-01',
  title: 'MySQL Router is not reachable from outside the cluster unless that is declared',
  severity: 'high',
  section: 'Encryption',
  rationale:
    'The Router is the door to the database; a door to the outside is a decision that somebody has to take.',
  references: [documents.guide, documents.externalAccess],
  evidence: ['J', 'K'],
  scope: 'application',
  params: z.object({ external }),
  reasons: {
    ...releaseReasons,
    ...optionReasons,
    ...openingReasons,
    ExposedOutsideCluster: 'The charm opens MySQL Router to the outside of the cluster.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju config -m MODEL ROUTER expose-external=false'. Where clients outside need it, declare that in the policy.",
  hazards: [
    'The address that clients outside use is given up, and may be another one if it is opened again.',
  ],
  evaluate: judging('router', (app, _release, { params }) =>
    alsoByServices(app, optionJudgement(app, closedOr(params.external)), params.external),
  ),
  remediate: mending('router', (app, _release, { params }, reason) =>
    reason === 'ExposedOutsideCluster' ? closeExternal(app, params.external, outsideClients(app)) : [],
  ),
});

export const network: readonly Control[] = [database, router];
