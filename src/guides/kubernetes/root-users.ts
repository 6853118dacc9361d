import { evidenceOf, fail, inconsistent, notApplicable, pass, type Judgement } from '../../core/judgement.js';
import { applicationOf } from '../../core/kube/juju-labels.js';
import type { Container, Pod } from '../../core/kube/pods.js';
import { bounded, listed } from '../shared/gather.js';
import { seeing } from '../shared/kubernetes-evidence.js';
import { livePods, unitOf } from '../shared/kubernetes-pods.js';
import type { Subject } from './in-cluster.js';

/** The reasons that `rootJudgement` gives. */
export const rootReasons = {
  RunsAsRoot: 'A container runs as root, or with all rights on its node.',
  RootNotExcluded:
    'Neither the pod nor the container says as whom it runs, so that the image may well make it root.',
  UnitsDiffer: 'The same container may be root in some units and not in others.',
  NoPods: 'The namespace runs no pods of the model.',
} as const;

type Verdict = 'privileged' | 'root' | 'not excluded' | 'fine';

interface Seat {
  /** As APPLICATION/CONTAINER. */
  readonly place: string;
  readonly unit: string;
  readonly verdict: Verdict;
  readonly words: string;
}

/** Whether no container of the model's applications can be root, but those that the policy lets be. */
export function rootJudgement({ namespace, model }: Subject, allowed: readonly string[]): Judgement {
  const wanted = 'runAsUser other than 0, or runAsNonRoot';
  const facts = { pods: namespace.get('pods') };
  return seeing(facts, wanted, ({ pods }) => {
    const seats = livePods(pods.value).flatMap(seatsOf);
    if (seats.length === 0)
      return notApplicable('NoPods', `the namespace of ${model.name} runs no pods of it`);
    const wrong = seats.filter(({ verdict, place }) => verdict !== 'fine' && !allowed.includes(place));
    const evidence = (wrong.length > 0 ? wrong : seats).map(({ unit, words }) =>
      evidenceOf(pods, words, wanted, unit),
    );
    const outcome = judged(seats, wrong);
    return { ...outcome, evidence: bounded(evidence) };
  });
}

function judged(seats: readonly Seat[], wrong: readonly Seat[]): Judgement {
  const places = [...new Set(wrong.map(({ place }) => place))];
  if (places.length === 0) return pass('no container can be root');
  const mixed = places.filter((place) =>
    seats.some((seat) => seat.place === place && seat.verdict === 'fine'),
  );
  if (mixed.length === places.length)
    return inconsistent('UnitsDiffer', `${listed(mixed, ', ')} may be root in some units only`);
  const asRoot = wrong.filter(({ verdict }) => verdict === 'root' || verdict === 'privileged');
  if (asRoot.length > 0) return fail('RunsAsRoot', `${listed(placesOf(asRoot), ', ')} run as root`);
  return fail('RootNotExcluded', `nothing keeps ${listed(places, ', ')} from running as root`);
}

function placesOf(seats: readonly Seat[]): readonly string[] {
  return [...new Set(seats.map(({ place }) => place))];
}

/** Pods that no application owns are Juju's own, or somebody else's. */
function seatsOf(pod: Pod): readonly Seat[] {
  const application = applicationOf(pod);
  if (application === undefined) return [];
  return pod.containers.map((container) => {
    const verdict = verdictOn(container, pod);
    return {
      place: `${application}/${container.name}`,
      unit: unitOf(pod),
      verdict,
      words: `${container.name}: ${wordsFor(container, pod, verdict)}`,
    };
  });
}

/** What a container says wins over what its pod says; the kubelet keeps `runAsNonRoot`. */
function verdictOn({ security }: Container, pod: Pod): Verdict {
  if (security.privileged === true) return 'privileged';
  const user = security.runAsUser ?? pod.security.runAsUser;
  const nonRoot = security.runAsNonRoot ?? pod.security.runAsNonRoot;
  if (user === 0) return 'root';
  return user !== undefined || nonRoot === true ? 'fine' : 'not excluded';
}

function wordsFor({ security }: Container, pod: Pod, verdict: Verdict): string {
  if (verdict === 'privileged') return 'privileged';
  const user = security.runAsUser ?? pod.security.runAsUser;
  if (user !== undefined) return `user ${user}`;
  return verdict === 'fine' ? 'runAsNonRoot' : 'no user told';
}
