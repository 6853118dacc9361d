import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { ImagePin, Knowledge } from '../../core/knowledge.js';
import type { Container } from '../../core/kube/pods.js';
import type { Charm } from '../../core/snapshot.js';
import { bounded } from './gather.js';
import { imageReference } from './image-reference.js';
import { isPlace, placeOf, seeing } from './kubernetes-evidence.js';
import { podsOf, unitOf, workloadContainers } from './kubernetes-pods.js';
import { lookup } from './lookup.js';

/** The reasons that a whole model gives, in which applications that run nothing of their own have no say. */
export const modelImageReasons = {
  AnotherImage: 'A container runs another image than the deployed revision of the charm pins.',
  ImagesDiffer: 'Units of the same application run different images.',
  PinNotKnown: 'Which image the deployed revision of the charm pins is not known.',
  PinOfOtherRevision:
    'The image differs from the one known for the track, which may be that of another revision of the charm.',
  PinnedByTag: 'The charm names its image by a tag, and what that meant then is not known.',
  ContainerNotStarted: 'A container has not started yet, so what it runs is not known.',
} as const;

/** The reasons that `imageJudgement` gives. */
export const imageReasons = {
  ...modelImageReasons,
  NoWorkloadContainers: 'The application runs no container besides that of its charm.',
} as const;

type Finding = 'pinned' | 'another' | 'not ours' | 'by tag' | 'no pin' | 'not started';

interface Seen {
  readonly unit: string;
  readonly container: string;
  readonly says: Finding;
  readonly image: string;
}

/**
 * Whether every unit's containers run the image that their charm pins. A digest names its content wherever it lies, so
 * that registries do not matter; the digest asked for proves as much as the one that the runtime reports, which may be
 * that of the platform's part of the same image.
 */
export function imageJudgement(app: ApplicationView, knowledge: Knowledge): Judgement {
  const what = `which images the pods of ${app.name} run`;
  const charm = app.get('charm');
  if (!isKnown(charm)) return notSeen(charm, what);
  const place = placeOf(app.model, what);
  if (!isPlace(place)) return place;
  const pins = pinsFor(charm.value, knowledge);
  return seeing({ pods: place.namespace.get('pods') }, what, ({ pods }) => {
    const seen = podsOf(pods.value, app.name).flatMap((pod) => {
      const containers = workloadContainers(pod);
      return containers.map((container) => ({
        unit: unitOf(pod),
        container: container.name,
        ...looked(container, pinsOf(container, pins, containers.length), charm.value),
      }));
    });
    if (seen.length === 0)
      return notApplicable('NoWorkloadContainers', `${app.name} runs no container besides its charm's`);
    return judged(app.name, seen, pods);
  });
}

/** A charm from a file has no track; then it is what its main branch pins, if that is known. */
function pinsFor({ name, track = 'main' }: Charm, { imagePins }: Knowledge): readonly ImagePin[] {
  const tracks = lookup(imagePins, name) ?? {};
  return lookup(tracks, track) ?? lookup(tracks, 'main') ?? [];
}

/** By custom a container's resource is called after it; the only image of a charm belongs to its only container. */
function pinsOf({ name }: Container, pins: readonly ImagePin[], containers: number): readonly ImagePin[] {
  const own = pins.filter(({ resource }) => resource === `${name}-image`);
  const resources = new Set(pins.map(({ resource }) => resource));
  return own.length > 0 || resources.size !== 1 || containers !== 1 ? own : pins;
}

function looked(
  { image, imageId }: Container,
  pins: readonly ImagePin[],
  charm: Charm,
): Pick<Seen, 'says' | 'image'> {
  if (imageId === undefined || imageId === '') return { says: 'not started', image };
  const digests = [imageReference(imageId).digest, imageReference(image).digest];
  const running = digests[0] ?? digests[1] ?? imageId;
  if (pins.length === 0) return { says: 'no pin', image: running };
  const isPinned = pins.some(({ digest }) => digest !== undefined && digests.includes(digest));
  return { says: isPinned ? 'pinned' : otherwise(pins, charm), image: running };
}

/** What another digest means: a pin speaks only for the revisions that it was seen in. */
function otherwise(pins: readonly ImagePin[], { revision }: Charm): Finding {
  const ours = pins.filter(
    ({ charmRevisions }) => revision !== undefined && charmRevisions?.includes(revision) === true,
  );
  if (ours.some(({ digest }) => digest !== undefined)) return 'another';
  return pins.every(({ digest }) => digest === undefined) ? 'by tag' : 'not ours';
}

const meaning: Readonly<
  Record<Exclude<Finding, 'pinned'>, { readonly reason: keyof typeof imageReasons; readonly words: string }>
> = {
  another: { reason: 'AnotherImage', words: 'runs another image than its charm pins' },
  'not ours': { reason: 'PinOfOtherRevision', words: 'runs another image than the one known for the track' },
  'by tag': { reason: 'PinnedByTag', words: 'is pinned by a tag only' },
  'no pin': { reason: 'PinNotKnown', words: 'has no known pin' },
  'not started': { reason: 'ContainerNotStarted', words: 'has not started' },
};

function judged(name: string, all: readonly Seen[], pods: Known<unknown>): Judgement {
  const evidence: readonly Evidence[] = bounded(
    all.map(({ unit, container, image, says }) =>
      evidenceOf(pods, `${container}: ${image} (${says})`, 'the image that the charm pins', unit),
    ),
  );
  const differing = mixedContainer(all);
  if (differing !== undefined)
    return inconsistent('ImagesDiffer', `units of ${name} run different images in ${differing}`, ...evidence);
  for (const says of ['another', 'not started', 'not ours', 'by tag', 'no pin'] as const) {
    const found = all.find((one) => one.says === says);
    if (found === undefined) continue;
    const { reason, words } = meaning[says];
    const message = `${found.container} of ${found.unit} ${words}`;
    return (says === 'another' ? fail : unsettled)(reason, message, ...evidence);
  }
  return pass(`every unit of ${name} runs the image that its charm pins`, ...evidence);
}

/** A container that runs different images in different units; those that have not started do not count. */
function mixedContainer(all: readonly Seen[]): string | undefined {
  const first = new Map<string, string>();
  for (const { container, image, says } of all) {
    if (says === 'not started') continue;
    const before = first.get(container);
    if (before !== undefined && before !== image) return container;
    first.set(container, image);
  }
  return undefined;
}

/** The repositories that the charm's own pins name: images may come from there. */
export function pinnedRepositories(app: ApplicationView, knowledge: Knowledge): readonly string[] {
  const charm = valueOf(app.get('charm'));
  const tracks = charm === undefined ? {} : (lookup(knowledge.imagePins, charm.name) ?? {});
  return Object.values(tracks)
    .flat()
    .map(({ image }) => image);
}
