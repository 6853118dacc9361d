/** 2.7: whether the CA that etcd trusts signs for nobody else, told by fingerprints; that one is set proves nothing. */
import type { ApplicationView, ControllerView, ModelView } from '../../core/evaluate/view.js';
import type { CertificateFacts } from '../../core/evidence/etcd.js';
import { isKnown, valueOf, type Fact, type Known } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import { membersJudgement, type MemberVerdict, type SeenMember } from '../shared/etcd-members.js';
import { listed } from '../shared/gather.js';
import { configurationReasons, trustedCaInUse } from './by-configuration.js';
import { effectReasons, turnsAway } from './by-effect.js';
import { memberVerdict, verdictReasons, type SideCheck } from './member-verdict.js';
import { clients } from './sides.js';

export const uniqueCaReasons = {
  ...verdictReasons,
  ...configurationReasons.trustedCa,
  ...effectReasons.demandOfClients,
  CaShared: 'The CA signs for somebody else, too: the certificate of any of its services opens etcd.',
  CaNotSeen: 'The CA itself was not seen, only that one is set.',
  NothingToCompare: 'There is no other CA to compare with; a person has to.',
} as const;

/** Another CA and whose it is. */
interface OtherCa {
  readonly app: ApplicationView;
  readonly owner: string;
  readonly ca: CertificateFacts;
}

export function uniqueCa(app: ApplicationView): Judgement {
  const others = otherCas(app);
  return membersJudgement(app, {
    what: `whether the CA that ${app.name} trusts differs from all others`,
    wanted: 'a CA that signs for etcd only',
    met: `the CA that etcd trusts differs from ${others.length === 1 ? 'the other one' : `all ${others.length} others`} that ${others.length === 1 ? 'was' : 'were'} seen`,
    verdict: (member) => verdictOn(member, others),
  });
}

/** The CAs of all other applications of the controller, as far as they were seen. */
function otherCas(app: ApplicationView): readonly OtherCa[] {
  return app.model.controller.derived(casOfAll, undefined).filter((other) => other.app !== app);
}

function casOfAll(controller: ControllerView): readonly OtherCa[] {
  return controller.models().flatMap((model) => model.derived(casIn, undefined));
}

function casIn(model: ModelView): readonly OtherCa[] {
  return model.applications().flatMap(casOf);
}

function casOf(other: ApplicationView): readonly OtherCa[] {
  const { certificateAuthorities, etcdMembers } = other.get('workload');
  if (certificateAuthorities === undefined && etcdMembers === undefined) return [];
  const owner = `${other.model.name}/${other.name}`;
  const members = etcdMembers === undefined ? [] : Object.values(valueOf(etcdMembers) ?? {});
  const trusted = members.flatMap(({ clientCas }) => known(clientCas));
  return [...known(certificateAuthorities), ...trusted].map((ca) => ({ app: other, owner, ca }));
}

function known(fact: Fact<readonly CertificateFacts[]> | undefined): readonly CertificateFacts[] {
  return fact === undefined ? [] : (valueOf(fact) ?? []);
}

/** A CA that etcd trusts makes it turn away whoever has no certificate. */
const inUseCheck: SideCheck = { side: clients, condition: trustedCaInUse, effect: turnsAway(clients) };

function verdictOn(member: SeenMember, others: readonly OtherCa[]): MemberVerdict {
  const { configuration, clientCas, served } = member;
  if (configuration !== undefined && isKnown(configuration)) {
    const inUse = memberVerdict(member, inUseCheck);
    if (inUse.says !== 'good') return inUse;
  }
  if (clientCas !== undefined && isKnown(clientCas)) return compared(clientCas, others);
  if (served !== undefined && isKnown(served) && served.value.ca !== undefined)
    return servedCa(served.value.ca, served, others);
  return notSeen(member);
}

function notSeen({ clientCas, configuration }: SeenMember): MemberVerdict {
  const why = clientCas !== undefined && !isKnown(clientCas) ? `: ${clientCas.unknown.reason}` : '';
  const fact = clientCas ?? configuration;
  const read = configuration !== undefined && isKnown(configuration);
  return {
    says: read ? 'manual' : 'nothing',
    reason: read ? 'CaNotSeen' : 'ConfigurationNotSeen',
    words: read ? `trusts a CA that was not seen${why}` : 'does not show which CA it trusts',
    seen: fact === undefined ? [] : [[fact, `no CA was read${why}`]],
  };
}

function compared(clientCas: Known<readonly CertificateFacts[]>, others: readonly OtherCa[]): MemberVerdict {
  const seen: MemberVerdict['seen'] = [[clientCas, listed(clientCas.value.map(caText), ', ')]];
  const shared = others.filter(({ ca }) => clientCas.value.some((own) => isSame(own, ca)));
  if (shared.length > 0)
    return {
      says: 'bad',
      reason: 'CaShared',
      words: `trusts a CA that signs for ${ownersOf(shared)}, too`,
      seen,
    };
  if (others.length === 0)
    return {
      says: 'manual',
      reason: 'NothingToCompare',
      words: 'trusts a CA of which no other was seen to compare it with',
      seen,
    };
  return { says: 'good', reason: '', words: '', seen };
}

/** From outside only the CA of the certificate served shows; whom etcd trusts may be more. */
function servedCa(ca: CertificateFacts, fact: Fact<unknown>, others: readonly OtherCa[]): MemberVerdict {
  const seen: MemberVerdict['seen'] = [[fact, caText(ca)]];
  const shared = others.filter((other) => isSame(other.ca, ca));
  if (shared.length > 0)
    return {
      says: 'bad',
      reason: 'CaShared',
      words: `has its certificate from a CA that signs for ${ownersOf(shared)}, too`,
      seen,
    };
  return {
    says: 'manual',
    reason: 'CaNotSeen',
    words: 'shows from outside which CA signed for it, but not which it trusts',
    seen,
  };
}

/** A CA that was renewed with its old key is still the same. */
function isSame(own: CertificateFacts, other: CertificateFacts): boolean {
  const sameKey = own.keyFingerprint !== undefined && own.keyFingerprint === other.keyFingerprint;
  return own.fingerprint === other.fingerprint || sameKey;
}

function ownersOf(shared: readonly OtherCa[]): string {
  return listed([...new Set(shared.map(({ owner }) => owner))], ', ');
}

function caText({ subject, fingerprint, notAfter }: CertificateFacts): string {
  return `${subject || 'a CA without a name'} until ${notAfter}, SHA-256 ${fingerprint}`;
}
