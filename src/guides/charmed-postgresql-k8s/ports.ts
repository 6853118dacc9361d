import type { ProbePort } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { Charm, PortProbe } from '../../core/snapshot.js';
import { good, portsJudgement, probeReasons, type Verdict } from '../shared/probes.js';
import { productOfCharm, type Release } from './release.js';

const serverPort = 5432;
const patroniPort = 8008;
const poolerPort = 6432;

/** The ports that units of a charm are asked at: PgBouncer's is its default. */
export function probesFor(charm: Charm): readonly ProbePort[] {
  switch (productOfCharm(charm)) {
    case 'postgresql':
      return [
        { port: serverPort, protocol: 'postgresql' },
        { port: patroniPort, protocol: 'patroni' },
      ];
    case 'pgbouncer':
      return [{ port: poolerPort, protocol: 'postgresql' }];
    case undefined:
      return [];
  }
}

const plainReasons = {
  ...probeReasons,
  TlsNotInEffect: 'A port answers in plain text, whatever the relations say.',
} as const;

/** The reasons that the judgements of these ports give: of those for sessions, of Patroni's, of members' effect. */
export const portReasons = {
  sessions: {
    ...plainReasons,
    TlsNotDemanded: 'A port offers TLS, and lets in those who do without.',
  },
  offered: plainReasons,
  patroni: plainReasons,
  members: { ...plainReasons, OwnCaInUse: "A unit still shows a certificate of the charm's own CA." },
} as const;

/** Whether every unit of PostgreSQL lets in TLS only. */
export function serverTls(app: ApplicationView): Judgement {
  return portsJudgement(app, {
    ports: [serverPort],
    wanted: `port ${serverPort} of every unit refuses sessions without TLS`,
    met: 'every unit refuses sessions without TLS',
    verdict: tlsOnly,
  });
}

/** Whether every unit of PgBouncer lets in TLS only. */
export function poolerTls(app: ApplicationView): Judgement {
  return portsJudgement(app, {
    ports: [poolerPort],
    wanted: `port ${poolerPort} of every unit refuses sessions without TLS`,
    met: 'every unit refuses sessions without TLS',
    verdict: tlsOnly,
  });
}

/** Whether every unit of PgBouncer offers TLS: all that its charm can do. */
export function poolerOffersTls(app: ApplicationView): Judgement {
  const wanted = `port ${poolerPort} of every unit offers TLS`;
  return portsJudgement(app, { ports: [poolerPort], wanted, met: wanted, verdict: tlsOffered });
}

/** Whether Patroni speaks https on every unit. */
export function patroniTls(app: ApplicationView): Judgement {
  return portsJudgement(app, {
    ports: [patroniPort],
    wanted: `port ${patroniPort} of every unit speaks https`,
    met: 'Patroni speaks https on every unit',
    verdict: tlsOnly,
  });
}

/** Whether the members use the provider's certificates: 16 speaks https from the start, with a CA of its own. */
export function memberTlsEffect(app: ApplicationView, { track }: Release): Judgement {
  if (track !== '16') return patroniTls(app);
  const wanted = `port ${patroniPort} of every unit shows a certificate of the provider`;
  const verdict = (probe: PortProbe): Verdict => (isOfOwnCa(app, probe) ? ownCa : tlsOnly(probe));
  return portsJudgement(app, { ports: [patroniPort], wanted, met: wanted, verdict });
}

const inPlainText: Verdict = { says: 'bad', reason: 'TlsNotInEffect', words: 'serves plain text' };
const notDemanded: Verdict = {
  says: 'bad',
  reason: 'TlsNotDemanded',
  words: 'offers TLS and lets in those who do without',
};
const ownCa: Verdict = {
  says: 'bad',
  reason: 'OwnCaInUse',
  words: "still shows a certificate of the charm's own CA",
};

function tlsOnly({ answer, protocol }: PortProbe): Verdict {
  if (answer !== 'plaintext') return good;
  return protocol === undefined ? inPlainText : notDemanded;
}

function tlsOffered({ answer, protocol }: PortProbe): Verdict {
  return answer === 'plaintext' && protocol === undefined ? inPlainText : good;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The charm's own CA is called by application and model: `CN=db-` and the model's UUID. */
function isOfOwnCa(app: ApplicationView, { certificate }: PortProbe): boolean {
  const prefix = `CN=${app.name}-`;
  return (certificate?.issuer ?? '')
    .split(', ')
    .some((part) => part.startsWith(prefix) && uuid.test(part.slice(prefix.length)));
}
