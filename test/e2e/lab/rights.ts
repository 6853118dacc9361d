import { must, type Caller } from './calls.js';

const verbs = ['list', 'watch'];
const rbac = 'rbac.authorization.k8s.io';

/** What an observer of the namespace `data` needs there, and nothing else. */
export const observersRules = [
  { apiGroups: [''], resources: ['pods', 'services', 'serviceaccounts'], verbs },
  { apiGroups: ['apps'], resources: ['statefulsets'], verbs },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs },
  { apiGroups: [rbac], resources: ['roles', 'rolebindings'], verbs },
];

const clusterRules = [
  { apiGroups: [''], resources: ['nodes'], verbs },
  { apiGroups: [''], resources: ['namespaces'], resourceNames: ['data'], verbs },
  { apiGroups: [rbac], resources: ['clusterroles', 'clusterrolebindings'], verbs },
];

const rbacPath = `/apis/${rbac}/v1`;
const subjects = [
  { kind: 'ServiceAccount', name: 'observer', namespace: 'data' },
  { kind: 'User', name: 'observer' },
];

/** The namespace `data` and a service account `observer` in it, which, as a user of that name, may do what an observer needs. */
export async function grantObserver(admin: Caller): Promise<void> {
  await must(admin, 'POST', '/api/v1/namespaces', { metadata: { name: 'data' } });
  await makeObserver(admin);
  const metadata = { name: 'observer' };
  const bind = (kind: string) => ({
    metadata,
    subjects,
    roleRef: { apiGroup: rbac, kind, name: 'observer' },
  });
  await must(admin, 'POST', `${rbacPath}/namespaces/data/roles`, { metadata, rules: observersRules });
  await must(admin, 'POST', `${rbacPath}/clusterroles`, { metadata, rules: clusterRules });
  await must(admin, 'POST', `${rbacPath}/namespaces/data/rolebindings`, bind('Role'));
  await must(admin, 'POST', `${rbacPath}/clusterrolebindings`, bind('ClusterRole'));
}

export async function allowInData(admin: Caller, rules: readonly object[]): Promise<void> {
  await must(admin, 'PATCH', `${rbacPath}/namespaces/data/roles/observer`, { rules });
}

const accounts = '/api/v1/namespaces/data/serviceaccounts';

async function makeObserver(admin: Caller): Promise<void> {
  await must(admin, 'POST', accounts, { metadata: { name: 'observer' } });
}

/** Every token of the observer is void from now on; the account itself is there again, and holds its rights. */
export async function revokeTokens(admin: Caller): Promise<void> {
  await must(admin, 'DELETE', `${accounts}/observer`);
  await makeObserver(admin);
}

export async function newToken(admin: Caller): Promise<string> {
  const spec = { expirationSeconds: 3600 };
  const { status } = await must(admin, 'POST', `${accounts}/observer/token`, { spec });
  return (status as { readonly token: string }).token;
}
