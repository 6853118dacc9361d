import type { Knowledge } from '../../core/knowledge.js';
import { evidenceOf, fail, notApplicable, pass, type Judgement } from '../../core/judgement.js';
import { applicationOf, isJujuContainer } from '../../core/kube/juju-labels.js';
import type { Container, Pod } from '../../core/kube/pods.js';
import { bounded, listed } from '../shared/gather.js';
import { imageReference, liesIn } from '../shared/image-reference.js';
import { pinnedRepositories } from '../shared/kubernetes-images.js';
import { seeing } from '../shared/kubernetes-evidence.js';
import { livePods, unitOf } from '../shared/kubernetes-pods.js';
import type { Subject } from './in-cluster.js';

/** The reasons that `registryJudgement` gives. */
export const registryReasons = {
  UnknownRegistry: 'An image comes from a registry that the policy does not name.',
  ImageByTag: 'An image is asked for by a tag, which means tomorrow what somebody pushes tonight.',
  NoPods: 'The namespace runs no pods of the model.',
} as const;

/** Where Juju's own images come from; it asks for them by the tag of its version. */
const jujuRegistries = ['docker.io/jujusolutions', 'ghcr.io/juju', 'public.ecr.aws/juju'] as const;

interface Seen {
  readonly place: string;
  readonly unit: string;
  readonly image: string;
  readonly fault?: 'registry' | 'tag';
}

/** Whether all images of the model's applications come from expected registries, by digest. */
export function registryJudgement(
  { namespace, model }: Subject,
  { registries, knowledge }: { readonly registries: readonly string[]; readonly knowledge: Knowledge },
): Judgement {
  const wanted = `by digest, from ${registries.join(', ')}`;
  const pinned = new Map(
    model.applications().map((app) => [app.name, pinnedRepositories(app, knowledge)] as const),
  );
  return seeing({ pods: namespace.get('pods') }, wanted, ({ pods }) => {
    const seen = livePods(pods.value).flatMap((pod) => imagesOf(pod, registries, pinned));
    if (seen.length === 0)
      return notApplicable('NoPods', `the namespace of ${model.name} runs no pods of it`);
    const wrong = seen.filter(({ fault }) => fault !== undefined);
    const evidence = bounded(
      (wrong.length > 0 ? wrong : seen).map(({ unit, image }) => evidenceOf(pods, image, wanted, unit)),
    );
    return { ...judged(wrong), evidence };
  });
}

function judged(wrong: readonly Seen[]): Judgement {
  const strange = placesWith(wrong, 'registry');
  if (strange.length > 0)
    return fail('UnknownRegistry', `${listed(strange, ', ')}: from a registry that is not expected`);
  const byTag = placesWith(wrong, 'tag');
  if (byTag.length > 0) return fail('ImageByTag', `${listed(byTag, ', ')}: by a tag, not by digest`);
  return pass('all images come by digest from expected registries');
}

function placesWith(wrong: readonly Seen[], wanted: Seen['fault']): readonly string[] {
  const places = wrong
    .filter(({ fault }) => fault === wanted)
    .map(({ place, image }) => `${place} (${image})`);
  return [...new Set(places)];
}

function imagesOf(
  pod: Pod,
  registries: readonly string[],
  pinned: ReadonlyMap<string, readonly string[]>,
): readonly Seen[] {
  const application = applicationOf(pod);
  if (application === undefined) return [];
  const allowed = [...registries, ...(pinned.get(application) ?? [])];
  return pod.containers.map((container) => {
    const fault = faultOf(container, allowed);
    const place = `${application}/${container.name}`;
    return { place, unit: unitOf(pod), image: container.image, ...(fault === undefined ? {} : { fault }) };
  });
}

function faultOf({ name, image }: Container, allowed: readonly string[]): Seen['fault'] {
  const { repository, digest } = imageReference(image);
  const within = (places: readonly string[]): boolean => places.some((place) => liesIn(repository, place));
  if (isJujuContainer(name) && within(jujuRegistries)) return undefined;
  if (!within(allowed)) return 'registry';
  return digest === undefined ? 'tag' : undefined;
}
