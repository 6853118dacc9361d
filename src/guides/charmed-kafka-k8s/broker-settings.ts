/** What `server.properties` and the log's file of a broker say, as far as the controls ask (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { KafkaListener, KafkaSettings } from '../../core/evidence/kafka.js';
import type { Judgement } from '../../core/judgement.js';
import { alsoInside, fine, insideJudgement, insideReasons, nothing, wrong } from '../shared/inside.js';
import type { Product } from './product.js';

/** The reasons that the judgements of brokers' settings give, by what they ask. */
export const brokerReasons = {
  listeners: {
    ...insideReasons,
    PlainListenerSet: 'A listener is set up for plain text.',
  },
  authentication: {
    ...insideReasons,
    ListenerWithoutAuthentication: 'A listener asks its callers for nothing.',
    PortNotOfListener: "A listener is on another port than the charm's reference of listeners names.",
  },
  certificates: {
    ...insideReasons,
    CertificateNotDemanded: 'Certificates of clients are not demanded where clients come by them.',
  },
  authorizer: {
    ...insideReasons,
    AuthorizerOff: 'No authorizer is set, so that everyone may do everything.',
    AuthorizerDiffers: 'Another authorizer is set than the one of this track.',
    EveryoneAllowed: 'Who has no rule is let in to everything.',
    UnknownSuperUser: 'Somebody is super user whom neither the charm nor the policy names.',
  },
  tokens: {
    ...insideReasons,
    AudienceNotChecked: 'Tokens are taken that were made for others.',
    OauthOverHttp: 'The provider of tokens is asked over plain http.',
    OauthNotSet: 'No listener takes tokens yet.',
  },
  grants: {
    ...insideReasons,
    GrantsNotLogged: 'The log level leaves out the records of granted accesses.',
  },
  log: { ...insideReasons, AuthorizerLogOff: 'What the authorizer decides is written nowhere.' },
} as const;

/** Whether no listener is set up for plain text: by the file, or by what the action tells. */
export function listenersSet(app: ApplicationView): Judgement {
  const about = {
    what: `which listeners ${app.name} has`,
    wanted: 'no listener in plain text',
    met: `no listener of ${app.name} is set up for plain text`,
  };
  const byFile = insideJudgement(app, {
    ...about,
    kind: 'kafka',
    verdict: ({ listeners }) => plainVerdict(listeners),
  });
  const byAction = insideJudgement(app, {
    ...about,
    kind: 'listeners',
    leaderOnly: true,
    verdict: plainVerdict,
  });
  return byFile.outcome === 'unknown' && byAction.outcome !== 'unknown'
    ? byAction
    : alsoInside(byFile, byAction);
}

function plainVerdict(listeners: readonly KafkaListener[]) {
  const seen = listeners.map(({ name, port, protocol }) => `${name}:${port} ${protocol ?? '?'}`).join(', ');
  const plain = listeners.find(({ protocol }) => protocol === 'PLAINTEXT' || protocol === 'SASL_PLAINTEXT');
  if (plain !== undefined)
    return wrong('PlainListenerSet', `has the listener ${plain.name} in plain text`, seen);
  const untold = listeners.find(({ protocol }) => protocol === undefined);
  if (untold !== undefined)
    return nothing('UnitNotSeen', `has the listener ${untold.name} of no known protocol`, seen);
  return listeners.length === 0 ? nothing('UnitNotSeen', 'names no listener', seen) : fine(seen);
}

/** The ports of the charm's reference of listeners: SASL or certificates over TLS, and what means plain text. */
const referencePorts: ReadonlySet<number> = new Set([
  ...[
    9092, 9093, 9094, 9095, 9096, 9097, 9098, 19_092, 19_093, 29_092, 29_093, 29_094, 29_095, 29_096, 39_092,
    39_093,
  ],
]);

/** Whether every listener asks for SASL or a certificate, and is where the charm puts listeners. */
export function everyListenerAuthenticates(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'kafka',
    what: `whether every listener of ${app.name} authenticates`,
    wanted: 'SASL or a demanded certificate on every listener, each on a port of the reference',
    met: `every listener of ${app.name} authenticates its callers`,
    verdict: (settings) => {
      const { listeners } = settings;
      const seen = listeners.map(({ name, port }) => `${name}:${port}`).join(', ');
      const open = listeners.find((listener) => !authenticates(listener, settings));
      if (open !== undefined)
        return wrong('ListenerWithoutAuthentication', `asks nothing on ${open.name}`, seen);
      const stray = listeners.find(({ port }) => !referencePorts.has(port));
      if (stray !== undefined)
        return wrong('PortNotOfListener', `has ${stray.name} on port ${stray.port}`, seen);
      return listeners.length === 0 ? nothing('UnitNotSeen', 'names no listener', seen) : fine(seen);
    },
  });
}

function authenticates(listener: KafkaListener, settings: KafkaSettings): boolean {
  const { protocol } = listener;
  if (protocol === 'SASL_SSL' || protocol === 'SASL_PLAINTEXT') return true;
  return protocol === 'SSL' && clientAuthOn(listener, settings) === 'required';
}

function clientAuthOn({ name }: KafkaListener, { clientAuth, clientAuthOf }: KafkaSettings): string {
  return clientAuthOf[name.toLowerCase()] ?? clientAuth;
}

/** Whether certificates of clients are demanded where clients come by them. */
export function certificatesDemanded(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'kafka',
    what: `whether ${app.name} really demands certificates of these clients`,
    wanted: 'ssl.client.auth=required',
    met: `${app.name} demands certificates of these clients`,
    verdict: (settings) => {
      const ssl = settings.listeners.filter(({ protocol }) => protocol === 'SSL');
      const found =
        ssl.length === 0 ? [settings.clientAuth] : ssl.map((listener) => clientAuthOn(listener, settings));
      const seen = `ssl.client.auth=${found.join(', ')}`;
      return found.every((auth) => auth === 'required')
        ? fine(seen)
        : wrong('CertificateNotDemanded', `has ${seen}`, seen);
    },
  });
}

const authorizers = {
  3: 'kafka.security.authorizer.AclAuthorizer',
  4: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
} as const;
const ownSuperUsers = {
  3: ['User:admin', 'User:sync'],
  4: ['User:controller', 'User:operator', 'User:replication'],
} as const;

/** Whether the authorizer is on, and lets nobody be everything whom nobody named. */
export function authorizerOn(
  app: ApplicationView,
  { generation }: Product,
  named: readonly string[],
): Judgement {
  const known: ReadonlySet<string> = new Set([...ownSuperUsers[generation], ...named]);
  return insideJudgement(app, {
    kind: 'kafka',
    what: `whether the authorizer of ${app.name} is on and who its super users are`,
    wanted: `${authorizers[generation]}, nobody allowed for want of a rule, and only known super users`,
    met: `the authorizer of ${app.name} is on, and its super users are known`,
    verdict: ({ authorizer, everyoneIfNoAcl, superUsers }) => {
      const seen = `${authorizer ?? 'no authorizer'}, everyone ${String(everyoneIfNoAcl)}, super users ${superUsers.join(';')}`;
      if (authorizer === undefined) return wrong('AuthorizerOff', 'has no authorizer', seen);
      if (authorizer !== authorizers[generation])
        return wrong('AuthorizerDiffers', `has ${authorizer}`, seen);
      if (everyoneIfNoAcl) return wrong('EveryoneAllowed', 'lets in everyone who has no rule', seen);
      const stranger = superUsers.find((user) => !known.has(user));
      return stranger === undefined
        ? fine(seen)
        : wrong('UnknownSuperUser', `has the super user ${stranger}`, seen);
    },
  });
}

/** Whether tokens are checked for whom they were made, and their provider is asked over https. */
export function tokensChecked(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'kafka',
    what: `whether ${app.name} checks the audience of tokens and takes them over https only`,
    wanted: 'oauth.check.audience=true and https for the issuer',
    met: `${app.name} checks the audience of tokens, and asks their issuer over https`,
    verdict: ({ oauth }) => {
      const seen = oauth
        .map((one) => `${one.listener}: audience ${String(one.checksAudience)}, ${one.schemes.join(' ')}`)
        .join('; ');
      if (oauth.length === 0) return nothing('OauthNotSet', 'takes tokens on no listener');
      if (oauth.some(({ checksAudience }) => !checksAudience))
        return wrong('AudienceNotChecked', 'does not check the audience', seen);
      const isHttps = oauth.every(
        ({ schemes }) => schemes.length > 0 && schemes.every((scheme) => scheme === 'https'),
      );
      return isHttps ? fine(seen) : wrong('OauthOverHttp', 'asks the issuer of tokens over http', seen);
    },
  });
}

const granting: ReadonlySet<string> = new Set(['DEBUG', 'TRACE', 'ALL']);

/** Whether the authorizer's own log holds what was allowed. A level from outside is that of all logs, which does not. */
export function grantsLogged(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'authorizerLog',
    what: `at which level the authorizer of ${app.name} logs`,
    wanted: 'DEBUG for the authorizer',
    met: `the authorizer of ${app.name} logs what it allows`,
    verdict: ({ level }) => {
      const seen = level ?? 'the level of all logs';
      return level !== undefined && granting.has(level)
        ? fine(seen)
        : wrong('GrantsNotLogged', `logs at ${seen}`, seen);
    },
  });
}

/** Whether what the authorizer decides is written at all. */
export function authorizerLogKept(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'authorizerLog',
    what: `whether the units of ${app.name} write the log of the authorizer`,
    wanted: "an appender for the authorizer's log",
    met: `every unit of ${app.name} writes the log of its authorizer`,
    verdict: ({ appenders, level }) => {
      const seen = `appenders ${appenders.join(', ')}`;
      const isOff = appenders.length === 0 || level === 'OFF';
      return isOff ? wrong('AuthorizerLogOff', 'writes it nowhere', seen) : fine(seen);
    },
  });
}

/** Whether the authorizer's log is printed, and so goes where everything goes that is printed. */
export function authorizerLogPrinted(app: ApplicationView, upstreamReason: string): Judgement {
  return insideJudgement(app, {
    kind: 'authorizerLog',
    what: `whether the authorizer of ${app.name} prints its log`,
    wanted: 'an appender to standard output',
    met: `the authorizer of ${app.name} prints its log, which goes with the others`,
    verdict: ({ console, appenders }) => {
      const seen = `appenders ${appenders.join(', ')}${console ? ', one to standard output' : ''}`;
      return console ? fine(seen) : wrong(upstreamReason, 'writes it to files only', seen);
    },
  });
}
