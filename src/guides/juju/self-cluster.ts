import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, type Evidence } from '../../core/judgement.js';
import type { Role, Subject } from '../../core/kube/access.js';
import type { Container, Pod } from '../../core/kube/pods.js';
import { imageReference } from '../shared/image-reference.js';
import { isPlace, placeOf, type ClusterPlace } from '../shared/kubernetes-evidence.js';
import { podsOf, unitOf, workloadContainers } from '../shared/kubernetes-pods.js';
import { allows, allowsEverything, holders, isEverybody } from '../shared/kubernetes-subjects.js';
import { nothingAudited, type Audited, type Excess } from './self-audit.js';

/**
 * Our own pods and the rights of their service account, as far as the cluster may be looked at: that it may not is said
 * by the controls of Kubernetes.
 */
export function clusterAudited(app: ApplicationView): Audited {
  if (valueOf(app.model.get('info'))?.type !== 'caas') return nothingAudited;
  const place = placeOf(app.model, 'our own pods');
  if (!isPlace(place)) return nothingAudited;
  const pods = place.namespace.get('pods');
  if (!isKnown(pods)) return nothingAudited;
  const own = podsOf(pods.value, app.name);
  const accounts = new Set(own.map(({ serviceAccount }) => serviceAccount));
  const rights = [...accounts].flatMap((name) => rightsOf(name, place));
  return {
    excesses: [...own.flatMap(tooMighty), ...rights],
    evidence: [
      evidenceOf(pods, `${own.length} pods as ${[...accounts].join(', ') || 'nobody'}`, 'no root, pinned'),
      ...bindingsSeen(place),
    ],
    gaps: [],
  };
}

function bindingsSeen({ namespace }: ClusterPlace): readonly Evidence[] {
  const fact = namespace.get('roleBindings');
  return isKnown(fact)
    ? [evidenceOf(fact, `${Object.keys(fact.value).length} bindings`, 'only what is listed for Holdfast')]
    : [];
}

function tooMighty(pod: Pod): readonly Excess[] {
  return workloadContainers(pod).flatMap((container) =>
    mightOf(container, pod).map((what): Excess => ({
      reason: 'OwnPodsTooMighty',
      message: `our container ${unitOf(pod)} ${container.name} ${what}`,
    })),
  );
}

function mightOf({ security, image, imageId }: Container, pod: Pod): readonly string[] {
  const user = security.runAsUser ?? pod.security.runAsUser;
  const isPinned = [image, imageId].some(
    (one) => one !== undefined && imageReference(one).digest !== undefined,
  );
  return [
    ...(user === 0 ? ['runs as root'] : []),
    ...(security.privileged === true ? ['is privileged'] : []),
    ...(isPinned ? [] : ['runs an image that no digest pins']),
  ];
}

/** What Holdfast's own manifests never give: no control of ours needs it. */
const beyond = [
  { what: 'read Secrets', group: '', resource: 'secrets', verbs: ['get', 'list', 'watch'] },
  { what: 'run commands in pods', group: '', resource: 'pods/exec', verbs: ['create', 'get'] },
  { what: 'change pods', group: '', resource: 'pods', verbs: ['create', 'update', 'patch', 'delete'] },
  {
    what: 'change workloads',
    group: 'apps',
    resource: 'statefulsets',
    verbs: ['create', 'update', 'patch', 'delete'],
  },
  {
    what: 'change rights',
    group: 'rbac.authorization.k8s.io',
    resource: 'rolebindings',
    verbs: ['create', 'update', 'patch', 'bind', 'escalate'],
  },
] as const;

function rightsOf(account: string, { cluster, namespace }: ClusterPlace): readonly Excess[] {
  const roles = {
    Role: valueOf(namespace.get('roles')) ?? {},
    ClusterRole: valueOf(cluster.get('clusterRoles')) ?? {},
  };
  const bindings = [
    valueOf(namespace.get('roleBindings')) ?? {},
    valueOf(cluster.get('clusterRoleBindings')) ?? {},
  ];
  const isOurs = ({ kind, name, namespace: where }: Subject): boolean =>
    kind === 'ServiceAccount' && name === account && (where ?? namespace.name) === namespace.name;
  const may = (fits: (role: Role) => boolean): boolean =>
    bindings.some((own) =>
      holders(own, roles, fits).some(({ subject }) => isOurs(subject) || isEverybody(subject)),
    );
  const held = may(allowsEverything)
    ? ['do everything']
    : beyond.filter((right) => may((role) => allows(role, right))).map(({ what }) => what);
  return held.map((what) => ({
    reason: 'OwnRightsOnCluster',
    message: `our service account ${namespace.name}/${account} may ${what}`,
  }));
}
