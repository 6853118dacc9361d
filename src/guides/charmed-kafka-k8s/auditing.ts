import { z } from 'zod';
import type { Control } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { isViolation } from '../../core/outcome.js';
import { clientsAt } from '../shared/client-roles.js';
import { cosReasons } from '../shared/cos.js';
import { directCosJudgement, directCosReasons } from '../shared/cos-direct.js';
import { logShipping } from '../shared/log-shipping.js';
import { optionJudgement, optionReasons, optionRemedy, type OptionQuestion } from '../shared/option.js';
import { authorizerLogKept, authorizerLogPrinted, brokerReasons, grantsLogged } from './broker-settings.js';
import { documents } from './documents.js';
import { cosEndpoint, kafkaClientEndpoint } from './endpoints.js';
import { spelled } from './options.js';
import type { Product } from './product.js';
import { productControl, type Subject } from './product-control.js';

const section = 'Monitoring and auditing';
const logOption = "'juju config -m MODEL KAFKA log-level=LEVEL' (Kafka 3: log_level)";

/** Denials are written at INFO, grants at DEBUG. */
function denials(product: Product): OptionQuestion {
  return { names: [spelled('log-level', product)], allowed: ['info', 'debug'], reason: 'DenialsNotLogged' };
}

function grants(product: Product): OptionQuestion {
  return { names: [spelled('log-level', product)], allowed: ['debug'], reason: 'GrantsNotLogged' };
}

/** The level is a property of the virtual machine, so that the brokers roll and every client reconnects. */
function levelRemedy({ app }: Subject, question: OptionQuestion, level: 'INFO' | 'DEBUG') {
  return optionRemedy(app, {
    ...question,
    spelled: level,
    effect: `${app.name} logs at ${level}`,
    disruptive: true,
    cutsOff: clientsAt(app, kafkaClientEndpoint),
  });
}

const denied = productControl({
  id: 'KAFKA-AUD-01',
  on: ['kafka'],
  title: 'Denied accesses are logged',
  severity: 'medium',
  section,
  rationale: 'Denials are what an attempt looks like from inside; above the level INFO they leave no record.',
  references: [documents.guide, documents.referenceThree, documents.referenceFour],
  evidence: ['J'],
  params: z.object({}),
  reasons: { ...optionReasons, DenialsNotLogged: 'The log level leaves out the records of denied accesses.' },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual: `Run ${logOption} with INFO, or with DEBUG to log granted accesses too, in a window: the brokers restart one after the other.`,
  hazards: ['Brokers restart one after the other, and clients reconnect.'],
  evaluate: ({ app, product }) => optionJudgement(app, denials(product)),
  remediate: (subject) => levelRemedy(subject, denials(subject.product), 'INFO'),
});

const granted = productControl({
  id: 'KAFKA-AUD-02',
  on: ['kafka'],
  title: 'Granted accesses are logged where the policy asks for it',
  severity: 'low',
  section,
  rationale: 'Only a record of what was allowed shows afterwards who read what.',
  references: [documents.guide, documents.referenceThree, documents.referenceFour],
  evidence: ['J', 'W'],
  params: z.object({
    grantedAccesses: z.enum(['not-asked', 'all-logs', 'authorizer-log']).default('not-asked').meta({
      description:
        "Whether allowed accesses have to be logged: not asked for, by the level of all logs, or by the level of the authorizer's own log.",
    }),
  }),
  reasons: {
    ...optionReasons,
    ...brokerReasons.grants,
    NotAskedFor: 'The policy does not ask for a record of granted accesses.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    `Run ${logOption} with DEBUG, or set the level of authorizerAppender alone in log4j.properties (Kafka 4: log4j2) of each unit, ` +
    'in a window: the brokers restart one after the other.',
  hazards: [
    'DEBUG for all logs fills disks: watch them, and the cost of keeping it.',
    'A file changed by hand may be overwritten by the charm.',
  ],
  evaluate: (subject, { params }) => grantedJudgement(subject, params.grantedAccesses),
  remediate: (subject, { params }) =>
    params.grantedAccesses === 'all-logs' ? levelRemedy(subject, grants(subject.product), 'DEBUG') : [],
});

/** The level of the authorizer's own log is written in a file of the units. */
function grantedJudgement(
  { app, product }: Subject,
  asked: 'not-asked' | 'all-logs' | 'authorizer-log',
): Judgement {
  if (asked === 'not-asked')
    return notApplicable('NotAskedFor', `the policy does not ask for granted accesses of ${app.name}`);
  const level = optionJudgement(app, grants(product));
  if (asked === 'all-logs' || level.outcome === 'pass') return level;
  return grantsLogged(app);
}

const shipped = productControl({
  id: 'KAFKA-AUD-03',
  on: ['kafka'],
  title: "The authorizer's log really reaches Loki",
  severity: 'medium',
  section,
  rationale: 'A record that stays with the broker goes with the broker, and with whoever took it over.',
  references: [documents.guide, documents.cos],
  evidence: ['S', 'W', 'A'],
  params: z.object({}),
  reasons: {
    ...cosReasons,
    ...directCosReasons,
    ...brokerReasons.log,
    AuthorizerLogNotShipped:
      'On Kubernetes the charm hands other logs to Loki, and not kafka-authorizer.log.',
    ConsoleLogNotSeen:
      'On Kubernetes Kafka 4 hands on what it prints; whether the authorizer prints its log is seen inside the units only.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Kubernetes: the logging relation does not bring kafka-authorizer.log to Loki. Ship it by an agent on the nodes, or collect it on a schedule, and waive the finding in the name of who answers for it. ' +
    'Machines: relate cos-agent (KAFKA-MON-01), then look for the file in Loki.',
  hazards: ['The log names users and addresses: keep it as such.'],
  evaluate: authorizerLog,
});

function authorizerLog(
  { app, product }: Subject,
  { knowledge }: { readonly knowledge: Knowledge },
): Judgement {
  if (product.substrate === 'machine')
    return logShipping(app, { agent: cosEndpoint, knowledge, kept: authorizerLogKept(app) });
  return product.generation === 3 ? notShipped(app) : printed(app, knowledge);
}

function notShipped(app: Subject['app']): Judgement {
  const charm = app.get('charm');
  const wanted = 'kafka-authorizer.log in Loki';
  if (!isKnown(charm)) return notSeen(charm, wanted);
  const seen = evidenceOf(
    charm,
    `${charm.value.name}: server.log and the log of Cruise Control only`,
    wanted,
  );
  const message = `the charm of ${app.name} does not hand kafka-authorizer.log to Loki, whatever is related`;
  return { ...fail('AuthorizerLogNotShipped', message, seen), fixableBy: 'charm', upstream };
}

const upstream =
  'the charm gives its log forwarder server.log and kafkacruisecontrol.log only, and the authorizer writes to no other log';

const filesOnly = 'the charm hands on what is printed, and sets the authorizer up to write to files only';

function printed(app: Subject['app'], knowledge: Knowledge): Judgement {
  const logs = directCosJudgement(app, ['logs'], knowledge);
  if (logs.outcome !== 'pass') return logs;
  const inside = authorizerLogPrinted(app, 'AuthorizerLogNotShipped');
  if (inside.outcome === 'pass') return { ...inside, evidence: [...logs.evidence, ...inside.evidence] };
  if (isViolation(inside.outcome)) return { ...inside, fixableBy: 'charm', upstream: filesOnly };
  const message = `the logs of ${app.name} reach COS; whether the authorizer's are among them was not looked at`;
  return unsettled('ConsoleLogNotSeen', message, ...logs.evidence);
}

export const auditing: readonly Control[] = [denied, granted, shipped];
