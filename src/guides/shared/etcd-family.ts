/** Which of the charms that bear etcd's name an application runs. */
import type { Control, ProbePort } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { notApplicable, unsettled, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';
import { clientEndpoint, etcdProbes, peerEndpoint } from './charmed-etcd.js';

/** Whether the guides on etcd speak of a charm of this name; one of another family is told so by each control. */
export function isNamedEtcd({ name }: Charm): boolean {
  return name === charmed || name === reactive;
}

const charmed = 'charmed-etcd';
/** The older charm, which Charmed Kubernetes is deployed with. */
const reactive = 'etcd';

/**
 * Charmed etcd is the machine charm of tracks 3.5 and 3.6: by charm name and endpoints, or by charm name and track where
 * the road shows no endpoints (a bundle, an older status).
 */
export type EtcdFamily = 'charmed' | 'reactive' | 'another' | 'not shown';

export function etcdFamilyOf(charm: Charm, endpoints: readonly string[]): EtcdFamily {
  if (charm.name !== charmed) return charm.name === reactive ? 'reactive' : 'another';
  const shown = endpoints.filter((endpoint) => endpoint !== '');
  if (shown.length > 0)
    return shown.includes(peerEndpoint.name) && shown.includes(clientEndpoint.name) ? 'charmed' : 'another';
  if (charm.track === undefined) return 'not shown';
  return charm.track.startsWith('3.') ? 'charmed' : 'another';
}

const familyReasons = {
  AnotherFamily: 'The charm bears the name of etcd, but is not the Charmed etcd that the guide is about.',
  FamilyNotShown: 'Neither the track nor the endpoints of the charm are shown, so its family is not known.',
} as const;

/** Ports are asked on units of Charmed etcd only. */
export function etcdProbesOf({ name }: Charm): readonly ProbePort[] {
  return name === charmed ? etcdProbes : [];
}

/** The controls, each of which says of a charm of another family that it does not apply, and what to do. */
export function onCharmedEtcd(controls: readonly Control[]): readonly Control[] {
  return controls.map((control) => ({
    ...control,
    reasons: { ...familyReasons, ...control.reasons },
    evaluate: (subject, context) =>
      (subject.scope === 'application' ? subject.derived(otherwise, undefined) : undefined) ??
      control.evaluate(subject, context),
  }));
}

/** Undefined for Charmed etcd. */
function otherwise(app: ApplicationView): Judgement | undefined {
  const charm = valueOf(app.get('charm'));
  if (charm === undefined) return undefined;
  const bindings = app.get('bindings');
  const family = etcdFamilyOf(charm, isKnown(bindings) ? Object.keys(bindings.value) : []);
  if (family === 'charmed') return undefined;
  if (family === 'not shown')
    return unsettled('FamilyNotShown', `neither track nor endpoints of ${app.name} are shown`);
  return notApplicable('AnotherFamily', `${app.name} runs ${charmText(charm)}, ${explained[family]}`);
}

const explained = {
  reactive:
    "the older reactive charm and another product: to be judged here its data has to move to charmed-etcd; under Charmed Kubernetes follow that product's own hardening guide",
  another:
    'which has neither the endpoints nor a track of Charmed etcd 3.5 and 3.6: to be judged here it has to be charmed-etcd of one of these tracks',
} as const;

function charmText({ name, channel }: Charm): string {
  return channel === undefined ? name : `${name} ${channel}`;
}
