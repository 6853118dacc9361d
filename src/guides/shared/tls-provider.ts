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
import type { Knowledge, TlsProvider } from '../../core/knowledge.js';
import { worst } from './combine.js';
import { applicationAt, charmAt, farEnd, type FarEnd } from './far-end.js';
import { lookup } from './lookup.js';
import { isLinks, linksAt, type Endpoint, type Link, type Links } from './relations.js';

/** What the provider's grade is judged with. */
export interface GradeQuestion {
  readonly knowledge: Knowledge;
  /** Who signs by hand, where the provider is one that a person works. */
  readonly manualOwner: string | undefined;
  /** Whether the application asks for no IP addresses in its certificates, so that a provider may refuse them. */
  readonly ipSansSpared?: boolean;
}

/** The reasons that `providerGrade` gives. */
export const providerGradeReasons = {
  NoTlsProvider: 'No TLS provider is related, so there is none to grade.',
  SelfSignedProvider: 'The provider signs with a CA of its own making, meant for tests.',
  RetiredProvider: 'The provider is no longer maintained.',
  ManualProviderWithoutOwner: 'A person has to sign each certificate, and the policy names nobody who does.',
  ProviderSignsNoIpSans: 'The provider signs no IP addresses, by which the members find each other.',
  IpSansNotSeen: 'Whether the provider signs IP addresses depends on its options, which were not read.',
  ProviderNotSeen: 'The provider is in a model that is not watched, so its charm is not known.',
  ProviderNotGraded: 'Nothing is known of how fit this provider is for production.',
} as const;

/** Whether the providers related at these endpoints suit production; each is judged once. */
export function providerGrade(
  app: ApplicationView,
  endpoints: readonly Endpoint[],
  question: GradeQuestion,
): Judgement {
  const byName = new Map<string, { link: Link; links: Links }>();
  for (const endpoint of endpoints) {
    const links = linksAt(app, endpoint);
    if (!isLinks(links)) return notSeen(links, 'a TLS provider fit for production');
    for (const link of [...links.sure, ...links.perhaps]) byName.set(link.other.application, { link, links });
  }
  const grades = [...byName.values()].map(({ link, links }) =>
    gradeOf(farEnd(app.model, link.other), links, question),
  );
  const [first, ...others] = grades;
  if (first === undefined) return notApplicable('NoTlsProvider', `no TLS provider is related to ${app.name}`);
  return worst(first, ...others);
}

function gradeOf(end: FarEnd, { fact }: Links, question: GradeQuestion): Judgement {
  const wanted = 'a TLS provider fit for production that signs IP addresses';
  const charm = charmAt(end);
  if (charm === undefined) {
    const seen = evidenceOf(fact, `related to ${end.name}, whose charm is not seen`, wanted);
    return unsettled(
      'ProviderNotSeen',
      `${end.name} is in a model that is not watched, so its charm is not known`,
      seen,
    );
  }
  const provider = lookup(question.knowledge.tlsProviders, charm.name);
  const seen = evidenceOf(fact, `related to ${end.name}, charm ${charm.name}`, wanted);
  if (provider === undefined) {
    return manual(
      'ProviderNotGraded',
      `it is not known how fit ${charm.name} (${end.name}) is for production`,
      seen,
    );
  }
  const who = `${end.name} (${charm.name})`;
  const refused = refusal(provider, question.manualOwner);
  if (refused !== undefined) return fail(refused, `${who} does not suit production: ${provider.note}`, seen);
  if (question.ipSansSpared === true) return pass(`${who} suits production`, seen);
  return ipSansOf(applicationAt(end), provider, { who, wanted, seen });
}

function refusal(
  provider: TlsProvider,
  manualOwner: string | undefined,
): keyof typeof providerGradeReasons | undefined {
  if (provider.grade === 'self-signed') return 'SelfSignedProvider';
  if (provider.grade === 'retired') return 'RetiredProvider';
  if (provider.grade === 'manual' && manualOwner === undefined) return 'ManualProviderWithoutOwner';
  return undefined;
}

interface Asked {
  readonly who: string;
  readonly wanted: string;
  readonly seen: ReturnType<typeof evidenceOf>;
}

function ipSansOf(app: ApplicationView | undefined, provider: TlsProvider, { who, seen }: Asked): Judgement {
  switch (signsIpSans(app, provider)) {
    case 'yes':
      return pass(`${who} suits production and signs IP addresses`, seen);
    case 'no':
      return fail('ProviderSignsNoIpSans', `${who} signs no IP addresses: ${provider.note}`, seen);
    case 'unknown':
      return unsettled(
        'IpSansNotSeen',
        `whether ${who} signs IP addresses was not read: ${provider.note}`,
        seen,
      );
  }
}

/** Whether a provider signs IP addresses as subject alternative names, by its kind and, where that decides, its options. */
export function signsIpSans(
  app: ApplicationView | undefined,
  provider: TlsProvider,
): 'yes' | 'no' | 'unknown' {
  if (provider.ipSans !== 'configurable') return provider.ipSans;
  const config = app?.get('config');
  if (config === undefined || !isKnown(config)) return 'unknown';
  const option = ipSanOptions.map((name) => config.value[name]).find((candidate) => candidate !== undefined);
  if (option === undefined) return 'unknown';
  return option.value === true ? 'yes' : 'no';
}

/** The option of Vault's charms (off unless set). */
const ipSanOptions = ['pki_allow_ip_sans'] as const;
