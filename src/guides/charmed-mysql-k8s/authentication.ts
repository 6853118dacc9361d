import { z } from 'zod';
import { defineControl, type Context, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  manual,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import { isLinks, linksAt, type Link } from '../shared/relations.js';
import {
  rotationJudgement,
  rotationReasons,
  rotationRemedies,
  takeOver,
  type SystemUsers,
} from '../shared/rotation.js';
import { documents } from './documents.js';
import { rootEndpoint } from './endpoints.js';
import { judging, mend80, mending, on80, reasons80, releaseReasons, showing } from './release.js';

const section = 'Authentication';

/** As the action of track 8.0 names them. */
const systemUsers: SystemUsers = { by: 'set-password', taken: ['root', 'serverconfig', 'clusteradmin'] };

const rotation = defineControl({
  id: 'MYSQL-AUTH-01',
  title: 'The passwords of the internal users are changed regularly',
  severity: 'medium',
  section,
  rationale: 'A password that leaked unnoticed is of use only until it is changed.',
  references: [documents.guide, documents.passwords, documents.users],
  evidence: ['N'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...reasons80,
    ...rotationReasons,
    RotationNotSeen: 'The charm made the passwords itself, and nothing shows when they were last changed.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju run -m MODEL MYSQL/leader set-password username=USER' for root, serverconfig and clusteradmin; the charm makes up the password. " +
    'Those of applications change when their relation is removed and made anew.',
  hazards: ['Passwords may not be changed while a refresh or a backup runs.'],
  evaluate: judging(
    'mysql',
    on80((app, _release, context: Context<object>) => {
      const unseen = `when the passwords of ${app.name} were last changed is not shown; needs a rotation in the policy`;
      return rotationJudgement(app, systemUsers, context) ?? unsettled('RotationNotSeen', unseen);
    }),
  ),
  remediate: mending(
    'mysql',
    mend80((app, _release, context: Context<object>) => rotationRemedies(app, systemUsers, context)),
  ),
  effect: showing('mysql', (app) => takeOver(app, systemUsers)),
});

const root = defineControl({
  id: 'MYSQL-AUTH-02',
  title: "No application has the rights of MySQL's root",
  severity: 'high',
  section,
  rationale:
    'The older endpoint mysql-root hands out rights on everything: whoever breaks into that application has all data of all others.',
  references: [documents.interfaces, documents.users],
  evidence: ['S'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...releaseReasons,
    RootIntegrated: 'An application is integrated by mysql-root, and so has the rights of root.',
    EndpointNotShown:
      'An application uses the older interface, and the road does not show by which endpoint.',
    NoRootEndpoint: 'The deployed charm has no endpoint that hands out the rights of root.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Have the application use 'database' (interface mysql_client), or at least 'mysql'. Then run 'juju remove-relation -m MODEL APPLICATION MYSQL:mysql-root'.",
  hazards: ['The application is without its database from the removal until it uses the other endpoint.'],
  evaluate: judging('mysql', (app) => rootJudgement(app)),
});

function rootJudgement(app: ApplicationView): Judgement {
  const bindings = app.get('bindings');
  const shown = isKnown(bindings) ? Object.keys(bindings.value).filter((name) => name !== '') : [];
  if (shown.length > 0 && !shown.includes(rootEndpoint.name))
    return notApplicable('NoRootEndpoint', `the charm of ${app.name} has no ${rootEndpoint.name}`);
  const links = linksAt(app, rootEndpoint);
  const wanted = 'nothing related to mysql-root';
  if (!isLinks(links)) return notSeen(links, wanted);
  if (links.sure.length > 0) {
    const seen = evidenceOf(links.fact, `related to ${namesOf(links.sure)}`, wanted);
    return fail('RootIntegrated', `${namesOf(links.sure)} has the rights of root on ${app.name}`, seen);
  }
  if (links.perhaps.length > 0) {
    const message = `${namesOf(links.perhaps)} may be related to ${app.name}:mysql-root`;
    return unsettled('EndpointNotShown', message, evidenceOf(links.fact, 'endpoint not shown', wanted));
  }
  return pass(`nothing is related to ${app.name}:mysql-root`, evidenceOf(links.fact, 'nothing', wanted));
}

function namesOf(links: readonly Link[]): string {
  return [...new Set(links.map(({ other }) => other.application))].join(', ');
}

const accounts = defineControl({
  id: 'MYSQL-AUTH-03',
  title: 'Accounts authenticate by caching_sha2_password',
  severity: 'medium',
  section,
  rationale: 'The older mysql_native_password stores an unsalted double SHA-1, which is quickly guessed.',
  references: [documents.guide, documents.sha2],
  evidence: ['A'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...releaseReasons,
    AccountsNotSeen: 'MySQL shows its accounts to its administrators only; a person has to look.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "On the primary list 'SELECT user, plugin FROM mysql.user'. Each account that people log in by has to say caching_sha2_password: change the others with ALTER USER, " +
    'and have relations of older clients made anew. State it in an attestation.',
  hazards: ['Drivers too old for caching_sha2_password fail afterwards.'],
  evaluate: judging('mysql', (app) =>
    manual('AccountsNotSeen', `by which method the accounts of ${app.name} log in a person has to look`),
  ),
});

export const authentication: readonly Control[] = [rotation, root, accounts];
