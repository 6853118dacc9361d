import type { ApplicationView } from '../../core/evaluate/view.js';
import { evidenceOf, fail, notApplicable, type Judgement } from '../../core/judgement.js';
import type { PortProbe } from '../../core/snapshot.js';
import type { JudgedTime } from '../../core/time.js';
import { certificateVerdict } from './certificate-age.js';
import { certificatesOnDisk } from './certificates-inside.js';
import { clientEndpoint, clientPort, peerEndpoint, peerPort } from './charmed-etcd.js';
import { etcdSettingReasons, tlsSetUp } from './etcd-settings.js';
import { withInside } from './inside.js';
import { good, portsJudgement, probeReasons, type Verdict } from './probes.js';
import { isSurelyUnrelated, type Endpoint } from './relations.js';

/** The reasons that `peerTlsEffect` gives. */
export const peerEffectReasons = {
  ...probeReasons,
  TlsNotInEffect: 'A port answers in plain text, whatever the relations say.',
} as const;

/** The reasons that `clientTlsEffect` gives. */
export const clientEffectReasons = {
  ...peerEffectReasons,
  ClientCertificateNotDemanded: 'A port speaks TLS, and serves callers that show no certificate.',
} as const;

/** The reasons that the judgements of etcd's ports and settings give. */
export const etcdPortReasons = {
  ...clientEffectReasons,
  ...etcdSettingReasons.tls,
  NoTlsRelation: 'No TLS provider is related; without one the charm writes no TLS into the configuration.',
} as const;

/** Whether both ports of all members really demand TLS with a certificate of the caller. */
export function tlsInEffect(app: ApplicationView): Judgement {
  const wanted = 'TLS with a client certificate on ports 2379 and 2380 of every unit';
  const judged = portsJudgement(app, {
    ports: [clientPort, peerPort],
    wanted,
    met: 'every unit demands TLS with a client certificate from clients and members',
    verdict: mutualTls,
  });
  const both = withInside(judged, tlsSetUp(app));
  return unlessUnrelated(app, both, { endpoints: [peerEndpoint, clientEndpoint], wanted });
}

/** Whether members turn away clients that show no certificate. */
export function clientCertificateDemanded(app: ApplicationView): Judgement {
  const wanted = 'port 2379 of every unit refuses callers without a certificate';
  const judged = portsJudgement(app, {
    ports: [clientPort],
    wanted,
    met: 'every unit turns away clients that show no certificate',
    verdict: mutualTls,
  });
  const both = withInside(judged, tlsSetUp(app, 'clients'));
  return unlessUnrelated(app, both, { endpoints: [clientEndpoint], wanted });
}

/** The effect of client TLS: as `clientCertificateDemanded`, by the ports alone. */
export function clientTlsEffect(app: ApplicationView): Judgement {
  const wanted = 'port 2379 of every unit demands TLS with a client certificate';
  return portsJudgement(app, { ports: [clientPort], wanted, met: wanted, verdict: mutualTls });
}

/** The effect of member TLS, by the ports alone. */
export function peerTlsEffect(app: ApplicationView): Judgement {
  const wanted = 'port 2380 of every unit speaks TLS';
  return portsJudgement(app, { ports: [peerPort], wanted, met: wanted, verdict: anyTls });
}

/** Whether no served certificate is about to expire; `maxSeconds` is the longest notice asked for. */
export function servedCertificates(app: ApplicationView, maxSeconds: number, time: JudgedTime): Judgement {
  const sides = [
    { endpoint: clientEndpoint, port: clientPort },
    { endpoint: peerEndpoint, port: peerPort },
  ].filter(({ endpoint }) => isSurelyUnrelated(app, endpoint) === undefined);
  if (sides.length === 0) return notApplicable('NoTlsProvider', `no TLS provider is related to ${app.name}`);
  const served = portsJudgement(app, {
    ports: sides.map(({ port }) => port),
    wanted:
      'a certificate that is valid for a third of its lifetime, or for the notice that the policy asks for',
    met: 'no certificate that the units serve is about to expire (their CA is not shown to callers)',
    verdict: (probe) => certificateVerdict(probe, maxSeconds, time),
  });
  return withInside(served, certificatesOnDisk(app, { notice: maxSeconds, time }));
}

function mutualTls({ answer }: PortProbe): Verdict {
  if (answer === 'tls-client-certificate') return good;
  return answer === 'tls' ? withoutCertificate : inPlainText;
}

function anyTls({ answer }: PortProbe): Verdict {
  return answer === 'plaintext' ? inPlainText : good;
}

const inPlainText: Verdict = { says: 'bad', reason: 'TlsNotInEffect', words: 'answers in plain text' };
const withoutCertificate: Verdict = {
  says: 'bad',
  reason: 'ClientCertificateNotDemanded',
  words: 'serves callers that show no certificate',
};

/** Ports that say nothing leave the relations: what is known not to be related is known to be in clear. */
function unlessUnrelated(
  app: ApplicationView,
  judged: Judgement,
  { endpoints, wanted }: { readonly endpoints: readonly Endpoint[]; readonly wanted: string },
): Judgement {
  if (judged.outcome !== 'unknown') return judged;
  for (const endpoint of endpoints) {
    const fact = isSurelyUnrelated(app, endpoint);
    if (fact === undefined) continue;
    const seen = evidenceOf(fact, `nothing related to ${endpoint.name}`, wanted);
    return fail(
      'NoTlsRelation',
      `${app.name}:${endpoint.name} has no TLS provider, so that side is in clear`,
      seen,
    );
  }
  return judged;
}
