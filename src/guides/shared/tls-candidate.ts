import type { EndpointRef, Precondition } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { Knowledge, TlsProvider } from '../../core/knowledge.js';
import type { RemoteApplication } from '../../core/snapshot.js';
import { charmOf } from './far-end.js';
import { entriesOf, lookup } from './lookup.js';
import { offeredApplication } from './offer-url.js';
import { isSettled, settledOf } from './settled.js';
import { signsIpSans } from './tls-provider.js';

/** What the policy says about the provider. */
export interface ProviderChoice {
  /** Application or remote application. */
  readonly provider?: string | undefined;
  /** Whether a self-signed provider may be chosen unnamed when no other is there. */
  readonly allowSelfSigned: boolean;
  /** `spared`: the application can do without IP addresses in its certificates, so one that refuses them will do. */
  readonly ipSans?: 'needed' | 'spared';
}

/** A provider to integrate with. */
export interface Candidate {
  readonly end: EndpointRef;
  readonly preconditions: readonly Precondition[];
  /** It is seen to sign no IP addresses. */
  readonly refusesIpSans: boolean;
}

interface Graded extends Candidate {
  readonly grade: TlsProvider['grade'];
}

/**
 * The provider that the policy names, else the only one that is fit for production, active and idle, and signs IP
 * addresses. Undefined when a person has to choose: a self-signed provider is never a fallback, because leaving it
 * later passes through plaintext.
 */
export function chosenProvider(
  app: ApplicationView,
  choice: ProviderChoice,
  knowledge: Knowledge,
): Candidate | undefined {
  const search = { knowledge, spared: choice.ipSans === 'spared' };
  if (choice.provider !== undefined) return named(app, choice.provider, search);
  const fit = candidates(app, 'production', search);
  if (fit.length > 0) return only(fit);
  return choice.allowSelfSigned ? only(candidates(app, 'self-signed', search)) : undefined;
}

interface Search {
  readonly knowledge: Knowledge;
  /** Whether one that refuses IP addresses will do. */
  readonly spared: boolean;
}

function candidates(app: ApplicationView, grade: TlsProvider['grade'], search: Search): readonly Candidate[] {
  const remote = [...remoteCandidates(app, search)].filter((candidate) => candidate.grade === grade);
  return [...localCandidates(app, grade, search), ...remote];
}

function only(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.length === 1 ? candidates[0] : undefined;
}

function named(app: ApplicationView, name: string, search: Search): Candidate | undefined {
  const local = app.model.application(name);
  if (local !== undefined) {
    const provider = providerOf(local, search.knowledge);
    return provider !== undefined && canBeNamed(local, provider, search)
      ? localCandidate(local, provider)
      : undefined;
  }
  const remote = valueOf(app.model.get('remoteApplications'))?.[name];
  return remote && remoteEnd(remote);
}

/** One that a person works, that is retired, or that cannot sign IP addresses is not integrated by itself. */
function canBeNamed(app: ApplicationView, provider: TlsProvider, { spared }: Search): boolean {
  const byItself = provider.grade === 'production' || provider.grade === 'self-signed';
  return byItself && (spared || signsIpSans(app, provider) !== 'no');
}

function signsWhatIsNeeded(app: ApplicationView, provider: TlsProvider, { spared }: Search): boolean {
  const signs = signsIpSans(app, provider);
  return signs === 'yes' || (spared && signs === 'no');
}

function localCandidates(
  app: ApplicationView,
  grade: TlsProvider['grade'],
  search: Search,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [charm, provider] of entriesOf(search.knowledge.tlsProviders)) {
    if (provider.grade !== grade) continue;
    for (const other of settledOf(charm, app.model))
      if (signsWhatIsNeeded(other, provider, search)) found.push(localCandidate(other, provider));
  }
  return found;
}

function* remoteCandidates(app: ApplicationView, search: Search): Iterable<Graded> {
  for (const remote of Object.values(valueOf(app.model.get('remoteApplications')) ?? {})) {
    const end = remoteEnd(remote);
    const offered = end && offeredApplication(app.model, remote.offerUrl);
    const provider = offered && providerOf(offered, search.knowledge);
    if (end === undefined || offered === undefined || provider === undefined) continue;
    const refusesIpSans = signsIpSans(offered, provider) === 'no';
    if (signsWhatIsNeeded(offered, provider, search) && isSettled(offered))
      yield { ...end, refusesIpSans, grade: provider.grade };
  }
}

function providerOf(app: ApplicationView, knowledge: Knowledge): TlsProvider | undefined {
  const charm = charmOf(app);
  return charm && lookup(knowledge.tlsProviders, charm.name);
}

function localCandidate(app: ApplicationView, provider: TlsProvider): Candidate {
  return {
    end: { application: app.name, endpoint: provider.endpoint },
    preconditions: [
      { type: 'application-present', application: app.name },
      { type: 'application-settled', application: app.name },
    ],
    refusesIpSans: signsIpSans(app, provider) === 'no',
  };
}

function remoteEnd(remote: RemoteApplication): Candidate | undefined {
  if (remote.life === 'dying' || remote.life === 'dead') return undefined;
  const endpoint = remote.endpoints.find(
    ({ interface: name, role }) => name === 'tls-certificates' && role !== 'requirer',
  );
  const end = endpoint && { application: remote.name, endpoint: endpoint.name };
  return end && { end, preconditions: [], refusesIpSans: false };
}
