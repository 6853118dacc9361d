/** What a member's ports show of the benchmark's conditions, to a caller who has no certificate. */
import type { EtcdServed } from '../../core/evidence/etcd.js';
import type { PortProbe } from '../../core/snapshot.js';
import type { Side } from './sides.js';

/**
 * `kept`: the effect is there. `broken`: it is not. `silent`: it answers, and that shows nothing of the matter.
 * `absent`: nobody answers at all. `away`: it may answer others, but not from where Holdfast stands.
 */
export interface Effect {
  readonly shows: 'kept' | 'broken' | 'silent' | 'absent' | 'away';
  readonly reason: string;
  readonly words: string;
}

export type EffectOf = (probe: PortProbe, served: EtcdServed | undefined) => Effect;

const unansweredReasons = {
  NotServing: 'Nobody answers where etcd should: a process with the right arguments need not be etcd.',
  NotReachedFromHere: 'A port gave no answer from where Holdfast runs: a limit of the vantage, no evidence.',
  AnswerNotUnderstood: 'A port answers, but not as etcd does.',
} as const;

const brokenReasons = {
  PlainTextServed: 'A port answers in plain text, whatever is configured.',
  ClientCertificateNotDemanded: 'A port serves callers that show no certificate.',
  CertificateMadeUp: 'A port shows a certificate that etcd made up at its start.',
  NameNotTaken:
    'Certificates are demanded, but their names are not taken as users: client-cert-auth is not in effect.',
  EffectNotShown: 'What the port answers does not show this, and the configuration was not seen.',
} as const;

const { PlainTextServed, ClientCertificateNotDemanded, CertificateMadeUp, NameNotTaken, EffectNotShown } =
  brokenReasons;

/** The reasons that the effects give, by what they show. */
export const effectReasons = {
  certificate: { PlainTextServed, CertificateMadeUp, ...unansweredReasons },
  demandOfClients: { PlainTextServed, ClientCertificateNotDemanded, NameNotTaken, ...unansweredReasons },
  demandOfMembers: { PlainTextServed, ClientCertificateNotDemanded, ...unansweredReasons },
  madeUp: { CertificateMadeUp, EffectNotShown, ...unansweredReasons },
} as const;

const kept: Effect = { shows: 'kept', reason: '', words: '' };

/** 2.1 and 2.4: it speaks TLS, with a certificate that somebody gave it. */
export function servesCertificate(side: Side): EffectOf {
  return (probe) => unanswered(probe, side) ?? inPlainText(probe, side) ?? madeUp(probe, side) ?? kept;
}

/**
 * 2.2 and 2.5: callers without a certificate are turned away. Whether by client-cert-auth or by trusted-ca-file alone
 * shows only where users are asked for, and makes no difference elsewhere.
 */
export function turnsAway(side: Side): EffectOf {
  return (probe, served) =>
    unanswered(probe, side) ?? inPlainText(probe, side) ?? notTurnedAway(probe, served, side);
}

function notTurnedAway(probe: PortProbe, served: EtcdServed | undefined, side: Side): Effect {
  if (probe.answer !== 'tls-client-certificate')
    return broken('ClientCertificateNotDemanded', `serves ${side.callers} that show no certificate`);
  return side.prefix === '' && served?.nameIsUser === false
    ? broken(
        'NameNotTaken',
        'demands certificates, but does not take their names as users: client-cert-auth is off',
      )
    : kept;
}

/** 2.3 and 2.6: the certificate shown was not made up. In plain text there is none to look at. */
export function showsNoneMadeUp(side: Side): EffectOf {
  return (probe) => {
    if (probe.answer === 'plaintext')
      return {
        shows: 'silent',
        reason: 'EffectNotShown',
        words: `speaks in clear with ${side.callers}, which shows no certificate`,
      };
    return unanswered(probe, side) ?? madeUp(probe, side) ?? shownBySomebody(probe, side);
  };
}

function shownBySomebody({ certificate }: PortProbe, side: Side): Effect {
  if (certificate !== undefined && certificate.subject !== certificate.issuer) return kept;
  const what = certificate === undefined ? 'no certificate' : 'a certificate that is its own issuer';
  return { shows: 'silent', reason: 'EffectNotShown', words: `shows ${side.callers} ${what}` };
}

function inPlainText({ answer }: PortProbe, side: Side): Effect | undefined {
  return answer === 'plaintext'
    ? broken('PlainTextServed', `answers ${side.callers} in plain text`)
    : undefined;
}

/** What etcd makes up is its own issuer and bears one name, its organisation (etcd's source: SelfCert). */
function madeUp({ certificate }: PortProbe, side: Side): Effect | undefined {
  const isMadeUp = certificate?.subject === 'O=etcd' && certificate.issuer === 'O=etcd';
  return isMadeUp
    ? broken('CertificateMadeUp', `shows ${side.callers} a certificate that it made up at its start`)
    : undefined;
}

function broken(reason: keyof typeof brokenReasons, words: string): Effect {
  return { shows: 'broken', reason, words };
}

function unanswered({ answer, port }: PortProbe, side: Side): Effect | undefined {
  switch (answer) {
    case 'refused':
      return {
        shows: 'absent',
        reason: 'NotServing',
        words: `serves no ${side.callers}: port ${port} is closed`,
      };
    case 'timeout':
    case 'unreachable':
      return {
        shows: 'away',
        reason: 'NotReachedFromHere',
        words: `gave no answer on port ${port} from here`,
      };
    case 'unrecognised':
      return {
        shows: 'absent',
        reason: 'AnswerNotUnderstood',
        words: `does not answer on port ${port} as etcd does`,
      };
    case 'plaintext':
    case 'tls':
    case 'tls-client-certificate':
      return undefined;
  }
}

export function answerText({ port, answer, protocol, certificate }: PortProbe): string {
  const by =
    certificate === undefined
      ? ''
      : `, certificate of ${certificate.subject || 'nobody'} by ${certificate.issuer || 'nobody'} until ${certificate.notAfter}`;
  return `port ${port}: ${answer}${protocol === undefined ? '' : ` (${protocol})`}${by}`;
}
