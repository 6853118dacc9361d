import { setTimeout as sleep } from 'node:timers/promises';
import { reportCrds, type reportSchemas } from '../../support/report-crds.js';
import type { Manifest } from '../../support/rbac.js';
import { call, must, type Caller } from './calls.js';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Makes the API server serve reports. */
export async function installReports(admin: Caller, which: keyof typeof reportSchemas): Promise<void> {
  for (const crd of reportCrds(which)) await must(admin, 'POST', definitions, crd);
  await Promise.all(reportCrds(which).map(({ metadata }) => untilServed(admin, metadata.name, 200)));
}

/** All reports of the kind go with it. */
export async function removeReports(admin: Caller, which: keyof typeof reportSchemas): Promise<void> {
  for (const { metadata } of reportCrds(which))
    await must(admin, 'DELETE', `${definitions}/${metadata.name}`);
  await Promise.all(reportCrds(which).map(({ metadata }) => untilServed(admin, metadata.name, 404)));
}

async function untilServed(admin: Caller, name: string, wanted: number): Promise<void> {
  const dot = name.indexOf('.');
  const [plural, group] = [name.slice(0, dot), name.slice(dot + 1)];
  const version = group === 'openreports.io' ? 'v1alpha1' : 'v1alpha2';
  for (let times = 0; times < 600; times += 1) {
    const { status } = await call(admin, 'GET', `/apis/${group}/${version}/${plural}`);
    if (status === wanted) return;
    await sleep(50);
  }
  throw new Error(`${name} did not come to ${wanted}`);
}

const places: Readonly<Record<string, string>> = {
  Namespace: '/api/v1/namespaces',
  ServiceAccount: '/api/v1/namespaces/NS/serviceaccounts',
  Role: '/apis/rbac.authorization.k8s.io/v1/namespaces/NS/roles',
  RoleBinding: '/apis/rbac.authorization.k8s.io/v1/namespaces/NS/rolebindings',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
};

/** As `kubectl apply --namespace NAMESPACE` does for the first time; what is there already stays. */
export async function install(
  admin: Caller,
  objects: readonly Manifest[],
  namespace = 'default',
): Promise<void> {
  for (const object of objects) {
    const path = (places[object.kind] ?? '').replace('NS', object.metadata.namespace ?? namespace);
    const { status, body } = await call(admin, 'POST', path, object);
    if (status >= 300 && status !== 409)
      throw new Error(`${object.kind}: ${status} ${String(body['message'])}`);
  }
}

export async function uninstall(
  admin: Caller,
  objects: readonly Manifest[],
  namespace = 'default',
): Promise<void> {
  for (const object of objects) {
    if (object.kind === 'Namespace') continue;
    const path = (places[object.kind] ?? '').replace('NS', object.metadata.namespace ?? namespace);
    await call(admin, 'DELETE', `${path}/${object.metadata.name}`);
  }
}

/** Of the service account that the manifests make. */
export async function holdfastsToken(admin: Caller): Promise<string> {
  const spec = { expirationSeconds: 3600 };
  const path = '/api/v1/namespaces/holdfast/serviceaccounts/holdfast/token';
  const { status } = await must(admin, 'POST', path, { spec });
  return (status as { readonly token: string }).token;
}
