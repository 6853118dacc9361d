/** What the benchmark's conditions come to, put to the settings that etcd really has. */
import type { EtcdConfiguration } from '../../core/evidence/etcd.js';
import { clients, sideSettings, type Side } from './sides.js';

/** A violation with its reason code, or undefined: as wanted. */
export type Shortfall = { readonly reason: string; readonly words: string } | undefined;

export type Condition = (configuration: EtcdConfiguration) => Shortfall;

const plainUrl = {
  UrlInPlainText:
    'etcd listens on a URL that begins with http: there it ignores certificates and the demand for them.',
} as const;

const demandDropped = {
  AutoTlsDropsDemand:
    'Certificates are made up at start, which throws the demand for certificates and the trusted CA away.',
} as const;

/** The reasons that the conditions give, by what they ask. */
export const configurationReasons = {
  certificate: { CertificateNotSet: 'No certificate and key of its own are set.', ...plainUrl },
  demand: {
    ClientCertAuthNotSet: 'The callers are not asked to authenticate by certificate.',
    ...demandDropped,
    ...plainUrl,
    PublicRootsTrusted:
      'Certificates are demanded without a CA of its own, so that those of every public CA are accepted.',
  },
  madeUp: { AutoTlsOn: 'Certificates are to be made up at start.' },
  trustedCa: {
    TrustedCaNotSet: 'No trusted-ca-file is set, so that etcd has no CA of its own to trust.',
    ...demandDropped,
    ...plainUrl,
  },
} as const;

/** 2.1 and 2.4: certificate and key are set, and used on every URL. */
export function hasCertificate(side: Side): Condition {
  return (configuration) => {
    const { certificate, plainUrls } = sideSettings(configuration, side);
    if (!certificate)
      return {
        reason: 'CertificateNotSet',
        words: `does not have ${side.prefix}cert-file and ${side.prefix}key-file set`,
      };
    return inPlainText(plainUrls);
  };
}

/** 2.2 and 2.5: certificates are demanded, and of a CA that was chosen for that. */
export function demandsCertificates(side: Side): Condition {
  return (configuration) => {
    const { demand, plainUrls, madeUp, ca } = sideSettings(configuration, side);
    if (!demand)
      return {
        reason: 'ClientCertAuthNotSet',
        words: `does not have ${side.prefix}client-cert-auth set to true${ca === undefined ? '' : `: ${side.prefix}trusted-ca-file alone makes no users of the names in certificates`}`,
      };
    if (madeUp)
      return {
        reason: 'AutoTlsDropsDemand',
        words: `makes up its certificates (${side.prefix}auto-tls), which throws ${side.prefix}client-cert-auth away: anyone is served`,
      };
    return inPlainText(plainUrls) ?? publicRoots(ca, side);
  };
}

function publicRoots(ca: string | undefined, { prefix }: Side): Shortfall {
  if (ca !== undefined) return undefined;
  const words = `has ${prefix}client-cert-auth without ${prefix}trusted-ca-file, and so trusts every CA of the system`;
  return { reason: 'PublicRootsTrusted', words };
}

/** 2.3 and 2.6: no certificates are to be made up. */
export function makesUpNone(side: Side): Condition {
  return (configuration) => {
    const { autoTls, madeUp } = sideSettings(configuration, side);
    if (!autoTls) return undefined;
    const effect = madeUp ? 'anyone is served' : 'without effect beside certificates, until these go';
    return { reason: 'AutoTlsOn', words: `has ${side.prefix}auto-tls set to true: ${effect}` };
  };
}

/** What a CA file needs to be of use at all. */
export const trustedCaInUse: Condition = (configuration) => {
  const { ca, madeUp, plainUrls } = sideSettings(configuration, clients);
  if (ca === undefined) return { reason: 'TrustedCaNotSet', words: 'has no trusted-ca-file set' };
  if (madeUp)
    return {
      reason: 'AutoTlsDropsDemand',
      words: 'makes up its certificates (auto-tls), which throws trusted-ca-file away',
    };
  return inPlainText(plainUrls);
};

function inPlainText([url]: readonly string[]): Shortfall {
  return url === undefined
    ? undefined
    : { reason: 'UrlInPlainText', words: `listens on ${url}, where everything is in clear` };
}
