/** `holdfast rehearse`: what would happen, shown on a simulated copy of the estate. */
import type { RehearseRequest } from '../../cli/services.js';
import { loadKnowledge } from '../../config/knowledge.js';
import { toolVersion } from '../../config/version.js';
import { evaluate } from '../../core/evaluate/index.js';
import type { Finding } from '../../core/finding.js';
import type { Knowledge } from '../../core/knowledge.js';
import { plan } from '../../core/plan.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Rehearsal } from '../../core/rehearsal.js';
import { buildReport } from '../../core/report/build.js';
import type { Snapshot } from '../../core/snapshot.js';
import { instant } from '../../core/time.js';
import { copyOf } from '../../simulator/rehearse/estate-of.js';
import { outlookOf } from './compliance.js';
import { differencesOf } from './differences.js';
import { leftOvers } from './left.js';
import { concerned, findingWithNames, idOf, wantedOf, withNames } from './originals.js';
import { play, type Played } from './play.js';
import { undecided } from './policy.js';
import { holdsOf, type Holds } from './rails.js';
import { plansOf } from './steps.js';

/** True of every rehearsal. */
const always = [
  "durations are the simulator's, measured on small machines: larger ones differ",
  'clients that Juju does not relate to an application are not seen',
];

export async function rehearse(request: RehearseRequest): Promise<Rehearsal> {
  const knowledge = loadKnowledge(request.environment.dataDir ?? request.policy.dataDir);
  const named = {
    ...request,
    snapshot: withNames(request.snapshot),
    findings: request.findings.map(findingWithNames),
  };
  const wanted = wantedOf(named.findings);
  if (wanted.length === 0) return nothingToDo(named);
  const { played, doubts } = await performed(named, wanted, knowledge);
  const outlook = outlookOf(named.findings, played);
  const { later, ...compliance } = outlook;
  const plans = plan(wanted, request.asOf).map((proposal) => proposal.plan);
  const unrested = played.rested ? [] : ['the copy had not come to rest when the rehearsal ended'];
  return {
    ...headOf(named),
    plans: plansOf({ played, plans, holds: allHolds(named, wanted, played, knowledge) }),
    compliance,
    left: leftOvers(later, played.courses),
    doubts: [...doubts, ...unrested, ...always],
  };
}

interface Performance {
  readonly played: Played;
  readonly doubts: readonly string[];
}

async function performed(
  { snapshot, policy, guides, asOf, progress }: RehearseRequest,
  wanted: readonly Finding[],
  knowledge: Knowledge,
): Promise<Performance> {
  const places = new Set(wanted.map(({ target }) => `${target.controller ?? ''}:${target.model ?? ''}`));
  const { estate, doubts } = copyOf(concerned(snapshot, wanted), {
    wanted: (controller, model) => places.has(`${controller}:${model}`),
    now: asOf,
  });
  progress('rehearsing on a simulated copy');
  const only = new Set(wanted.map(idOf));
  const options = { estate, policy, snapshot, guides, knowledge, only, start: asOf };
  const played = await play({ ...options, toolVersion: toolVersion() });
  return { played, doubts: [...doubts, ...differencesOf(snapshot, played.first)] };
}

/** Of the original where its road tells enough to plan for it; else of the copy as it was at first. */
function allHolds(
  { policy, snapshot, journal, governed, asOf, guides }: RehearseRequest,
  wanted: readonly Finding[],
  { first }: Played,
  knowledge: Knowledge,
): Holds {
  const shared = { journal, governed, asOf };
  const only = new Set(wanted.map(idOf));
  const onCopy = evaluate(guides, first, { policy: decided(policy), knowledge }, asOf).filter((finding) =>
    only.has(idOf(finding)),
  );
  const copied = holdsOf({ ...shared, findings: onCopy, snapshot: first, policy: decided(policy) });
  return new Map([...copied, ...holdsOf({ ...shared, findings: wanted, snapshot, policy })]);
}

function decided(policy: Policy): Policy {
  return {
    ...policy,
    defaults: { ...policy.defaults, mode: 'enforce' },
    rules: policy.rules.map((rule) => ({
      ...undecided(rule),
      ...(rule.disruptive === undefined ? {} : { disruptive: rule.disruptive }),
    })),
  };
}

function headOf({
  asOf,
  source,
  policy,
}: RehearseRequest): Pick<Rehearsal, 'kind' | 'version' | 'rehearsedAt' | 'tool' | 'source' | 'policy'> {
  return {
    ...{ kind: 'Rehearsal', version: 'v1', rehearsedAt: instant(asOf) },
    tool: { name: 'holdfast', version: toolVersion() },
    source,
    policy: { hash: policy.hash },
  };
}

function nothingToDo(request: RehearseRequest & { readonly snapshot: Snapshot }): Rehearsal {
  const unplayed = { before: noReport(request), after: noReport(request) };
  const { later, ...compliance } = outlookOf(request.findings, unplayed);
  return { ...headOf(request), plans: [], compliance, left: leftOvers(later, []), doubts: [] };
}

function noReport({ asOf, source, policy }: RehearseRequest): Parameters<typeof outlookOf>[1]['before'] {
  return buildReport({ findings: [], policy, source, toolVersion: toolVersion(), asOf, all: false });
}
