/** What the members of etcd are set up to do, as etcd itself reads its configuration (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { EtcdConfiguration } from '../../core/evidence/etcd.js';
import { isKnown, type Fact } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import { memberReasons, membersJudgement, type MemberQuestion, type MemberVerdict } from './etcd-members.js';
import { isOpenAddress } from './open-address.js';

const readReasons = {
  ...memberReasons,
  ConfigurationNotSeen: 'The configuration of a member could not be read.',
  ConfigurationRefused: 'etcd does not start with this configuration, so that it protects nothing.',
} as const;

const clientTlsReasons = {
  ...readReasons,
  TlsNotSetUp: 'A member is not set up for TLS on one of its sides.',
  PlainUrlSetUp: 'A member listens on a URL that begins with http, where certificates count for nothing.',
} as const;

/** The reasons that the judgements of etcd's settings give, by what they ask. */
export const etcdSettingReasons = {
  clientTls: clientTlsReasons,
  tls: {
    ...clientTlsReasons,
    DemandNotSetUp: 'A member is not set up to demand certificates of its callers.',
  },
  strength: {
    ...readReasons,
    OldTlsAllowed: 'A member is set up for versions of TLS before 1.2.',
    WeakSuites: 'A member is set up for weak cipher suites.',
    SuitesNotLimited: 'A member leaves it to its build which cipher suites it takes.',
  },
  debug: { ...readReasons, DebugEndpointsOn: 'The debug endpoints are on.' },
  listening: {
    ...readReasons,
    ListensEverywhere: 'A member listens on all addresses, or on one that the world can reach.',
  },
  logging: { ...readReasons, LogNotKept: 'A member writes no log to a file, or does not rotate it.' },
} as const;

type Found = { readonly reason: string; readonly words: string } | undefined;

interface Asked {
  readonly what: string;
  readonly wanted: string;
  readonly met: string;
  readonly settings: readonly string[];
  readonly trouble: (configuration: EtcdConfiguration) => Found;
}

function judged(app: ApplicationView, { settings, trouble, ...texts }: Asked): Judgement {
  const question: MemberQuestion = {
    ...texts,
    verdict: ({ configuration }) => verdictOn(configuration, settings, trouble),
  };
  return membersJudgement(app, question);
}

function verdictOn(
  fact: Fact<EtcdConfiguration> | undefined,
  settings: readonly string[],
  trouble: Asked['trouble'],
): MemberVerdict {
  if (fact === undefined || !isKnown(fact)) {
    const why = fact === undefined ? 'nobody looked' : fact.unknown.reason;
    const seen: MemberVerdict['seen'] = fact === undefined ? [] : [[fact, 'not read']];
    return {
      says: 'nothing',
      reason: 'ConfigurationNotSeen',
      words: `has a configuration that was not read: ${why}`,
      seen,
    };
  }
  const { refusal } = fact.value;
  const seen: MemberVerdict['seen'] = [[fact, shown(fact.value, settings)]];
  if (refusal !== undefined) {
    const words = `does not start with its configuration: ${refusal}`;
    return { says: 'bad', reason: 'ConfigurationRefused', words, seen };
  }
  const found = trouble(fact.value);
  if (found === undefined) return { says: 'good', reason: '', words: '', seen };
  return { says: isOpen.has(found.reason) ? 'nothing' : 'bad', ...found, seen };
}

/** What settles nothing. */
const isOpen: ReadonlySet<string> = new Set(['SuitesNotLimited']);

function shown({ settings }: EtcdConfiguration, names: readonly string[]): string {
  const told = names.flatMap((name) => {
    const setting = settings[name];
    return setting === undefined ? [] : [`${name}=${setting.value.slice(0, 160)}`];
  });
  return told.length === 0 ? 'none of the settings is set' : told.join('; ');
}

function valueOf({ settings }: EtcdConfiguration, name: string): string | undefined {
  return settings[name]?.value;
}

function urlsOf(configuration: EtcdConfiguration, ...names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => (valueOf(configuration, name) ?? '').split(',').map((url) => url.trim()))
    .filter((url) => url !== '');
}

const sides = [
  { prefix: '', words: 'clients', urls: ['listen-client-urls', 'listen-client-http-urls'] },
  { prefix: 'peer-', words: 'members', urls: ['listen-peer-urls'] },
] as const;
const sideNames = ['cert-file', 'key-file', 'client-cert-auth', 'trusted-ca-file', 'auto-tls'];

/** Whether both sides of every member are set up for TLS that demands certificates; `only` leaves one side out. */
export function tlsSetUp(app: ApplicationView, only: 'both' | 'clients' = 'both'): Judgement {
  const asked = only === 'both' ? sides : sides.slice(0, 1);
  const towards = asked.map(({ words }) => words).join(' and ');
  return judged(app, {
    what: `whether ${app.name} is set up for TLS`,
    wanted: `https, a certificate, and the demand for one, towards ${towards}`,
    met: `every member is set up for TLS that demands certificates of ${towards}`,
    settings: asked.flatMap(({ prefix, urls }) => [...urls, ...sideNames.map((name) => `${prefix}${name}`)]),
    trouble: (configuration) => firstOf(asked, (side) => sideTrouble(configuration, side)),
  });
}

/** Whether clients are served over TLS only, whether they show a certificate or not. */
export function clientTlsSetUp(app: ApplicationView): Judgement {
  const [client] = sides;
  return judged(app, {
    what: `whether ${app.name} is set up for TLS towards its clients`,
    wanted: 'https and a certificate towards clients',
    met: 'every member is set up for TLS towards its clients',
    settings: [...client.urls, 'cert-file', 'key-file'],
    trouble: (configuration) => certificateTrouble(configuration, client),
  });
}

type Side = (typeof sides)[number];

function sideTrouble(configuration: EtcdConfiguration, side: Side): Found {
  const { prefix, words } = side;
  const certificate = certificateTrouble(configuration, side);
  if (certificate !== undefined) return certificate;
  const demands = valueOf(configuration, `${prefix}client-cert-auth`) === 'true';
  const hasCa = valueOf(configuration, `${prefix}trusted-ca-file`) !== undefined;
  return demands && hasCa
    ? undefined
    : { reason: 'DemandNotSetUp', words: `is not set up to demand certificates of its ${words}` };
}

function certificateTrouble(configuration: EtcdConfiguration, { prefix, words, urls }: Side): Found {
  const hasBoth = ['cert-file', 'key-file'].every(
    (name) => valueOf(configuration, `${prefix}${name}`) !== undefined,
  );
  if (!hasBoth) return { reason: 'TlsNotSetUp', words: `has no certificate and key towards its ${words}` };
  const listening = urlsOf(configuration, ...urls);
  const plain = listening.find((url) => /^http:/i.test(url));
  if (plain !== undefined) return { reason: 'PlainUrlSetUp', words: `listens on ${plain}` };
  return listening.length === 0
    ? { reason: 'PlainUrlSetUp', words: `listens on a plain URL by default towards its ${words}` }
    : undefined;
}

function firstOf<T>(items: readonly T[], find: (item: T) => Found): Found {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const strong =
  /^TLS_(?:ECDHE_(?:RSA|ECDSA)_WITH_(?:AES_(?:128|256)_GCM_SHA(?:256|384)|CHACHA20_POLY1305(?:_SHA256)?)|AES_(?:128|256)_GCM_SHA(?:256|384)|CHACHA20_POLY1305_SHA256)$/;

/** Whether TLS 1.2 is the least, with strong suites only; etcd's own least is 1.2. */
export function tlsStrength(app: ApplicationView): Judgement {
  return judged(app, {
    what: `which TLS versions and suites ${app.name} accepts`,
    wanted: 'TLS 1.2 at least, and suites with forward secrecy and AEAD only',
    met: 'every member takes TLS 1.2 at least, with strong suites only',
    settings: ['tls-min-version', 'tls-max-version', 'cipher-suites'],
    trouble: (configuration) => {
      const least = valueOf(configuration, 'tls-min-version') ?? 'TLS1.2';
      if (least !== 'TLS1.2' && least !== 'TLS1.3')
        return { reason: 'OldTlsAllowed', words: `takes ${least.slice(0, 20)}` };
      const suites = (valueOf(configuration, 'cipher-suites') ?? '')
        .split(',')
        .filter((suite) => suite !== '');
      const weak = suites.find((suite) => !strong.test(suite.trim()));
      if (weak !== undefined) return { reason: 'WeakSuites', words: `takes the suite ${weak.slice(0, 80)}` };
      return suites.length === 0 && least !== 'TLS1.3'
        ? { reason: 'SuitesNotLimited', words: 'does not limit its suites' }
        : undefined;
    },
  });
}

/** Whether the debug endpoints are off. */
export function debugOff(app: ApplicationView): Judgement {
  return judged(app, {
    what: `whether the debug endpoints of ${app.name} are on`,
    wanted: 'enable-pprof false',
    met: 'the debug endpoints of every member are off',
    settings: ['enable-pprof'],
    trouble: (configuration) =>
      valueOf(configuration, 'enable-pprof') === 'true'
        ? { reason: 'DebugEndpointsOn', words: 'has enable-pprof set to true' }
        : undefined,
  });
}

/** Whether members listen on addresses of their own only. */
export function listensOnOwn(app: ApplicationView): Judgement {
  const names = ['listen-client-urls', 'listen-peer-urls'];
  return judged(app, {
    what: 'on which addresses the members listen',
    wanted: 'an address of its own in every listen-client-urls and listen-peer-urls',
    met: 'every member listens on addresses of its own',
    settings: names,
    trouble: (configuration) => {
      const open = urlsOf(configuration, ...names).find((url) => isOpenAddress(hostIn(url)));
      return open === undefined ? undefined : { reason: 'ListensEverywhere', words: `listens on ${open}` };
    },
  });
}

function hostIn(url: string): string {
  return /^[a-z]+:\/\/(\[[^\]]*\]|[^:/]*)/i.exec(url)?.[1]?.replace(/^\[|\]$/g, '') ?? '';
}

/** Whether the metrics of all members are kept to their own machine, or served over TLS; undefined where it is not seen. */
export function metricsKeptIn(app: ApplicationView): boolean | undefined {
  const members = app.get('workload').etcdMembers;
  if (members === undefined || !isKnown(members)) return undefined;
  const all = Object.values(members.value).map(({ configuration }) => configuration);
  if (!all.every((fact) => fact !== undefined && isKnown(fact))) return undefined;
  return all.every(
    (fact) => isKnown(fact) && urlsOf(fact.value, 'listen-metrics-urls').every((url) => isLocal(url)),
  );
}

function isLocal(url: string): boolean {
  return /^https:/i.test(url) || ['127.0.0.1', 'localhost', '::1'].includes(hostIn(url));
}

/** Whether every member writes its log to a file and rotates it. */
export function logsKept(app: ApplicationView): Judgement {
  return judged(app, {
    what: `whether the units of ${app.name} write and rotate their logs`,
    wanted: 'a file in log-outputs, and enable-log-rotation',
    met: 'every member writes its log to a file and rotates it',
    settings: ['log-outputs', 'enable-log-rotation'],
    trouble: (configuration) => {
      const toFile = (valueOf(configuration, 'log-outputs') ?? '')
        .split(',')
        .some((output) => output.trim().startsWith('/'));
      if (!toFile) return { reason: 'LogNotKept', words: 'writes no log to a file' };
      return valueOf(configuration, 'enable-log-rotation') === 'true'
        ? undefined
        : { reason: 'LogNotKept', words: 'does not rotate its log' };
    },
  });
}
