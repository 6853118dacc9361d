/** Every right in deploy/kubernetes is used, and every right used is there. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterAccess } from '../../src/kube/access/cluster-access.js';
import { KubeClient } from '../../src/kube/access/client.js';
import { kubeLeases } from '../../src/kube/lease/kube-leases.js';
import { followCluster } from '../../src/kube/observe/follow-cluster.js';
import type { Scope } from '../../src/kube/observe/sources.js';
import { kubeReports } from '../../src/kube/report/kube-reports.js';
import { controllerCertificate, type ControllerCertificate } from '../support/certificate.js';
import { eventually } from '../support/juju-server.js';
import { kubeServer, type KubeAsked, type KubeFault, type KubeServer } from '../support/kube-server.js';
import { manifests, rightsGiven, rightsNeeded } from '../support/rbac.js';
import { realClock } from '../support/real-clock.js';
import { ReportApi } from '../support/report-api.js';
import { findingOf } from '../support/report-estate.js';
import { sampleReport } from '../support/report-samples.js';
import { silentLog } from '../support/silent.js';

/** What every authenticated user may do on every cluster (roles system:discovery and system:basic-user). */
const everybodys = ['create selfsubjectaccessreviews.authorization.k8s.io'];

let certificate: ControllerCertificate;
let server: KubeServer;
let api: ReportApi;
let needed: Set<string>;

beforeAll(async () => {
  certificate = await controllerCertificate(['localhost']);
});

beforeEach(async () => {
  server = await kubeServer(certificate);
  api = new ReportApi();
  needed = new Set();
  for (const name of ['data', 'apps']) server.world.put({ plural: 'namespaces', name }, {});
  server.faults = (asked) => {
    for (const right of rightsNeeded(asked, api.objects.has(asked.path))) needed.add(right);
    return leaseAnswer(asked) ?? api.answer(asked);
  };
});

afterEach(() => server.close());

function leaseAnswer({ path, method }: KubeAsked): KubeFault | undefined {
  if (!path.startsWith('/apis/coordination.k8s.io/')) return undefined;
  const lease = { metadata: { name: 'holdfast-a', resourceVersion: '1' }, spec: { holderIdentity: 'one' } };
  return { status: 200, body: method === 'GET' ? { metadata: {}, items: [lease] } : lease };
}

function access(): ClusterAccess {
  return { name: 'lab', server: new URL(server.url), ca: { text: certificate.caCert }, token: { text: 't' } };
}

const common = { version: '0.1.0', clock: realClock(), random: { next: () => 0 }, log: silentLog };

/** Everything that is ever asked of a cluster, in the scope that a policy gives it. */
async function exercise(scope: Scope): Promise<void> {
  await follow(scope);
  await share();
  api.served = { 'openreports.io/v1alpha1': ['reports', 'clusterreports'] };
  await report(scope);
  api.served = { 'wgpolicyk8s.io/v1alpha2': ['policyreports', 'clusterpolicyreports'] };
  await report(scope);
}

async function follow(scope: Scope): Promise<void> {
  const check = { verb: 'list', group: '', resource: 'pods' };
  const juju = { subject: { user: 'juju', groups: [] }, checks: [check] };
  const source = followCluster({
    ...{ ...common, access: access(), namespaces: ['data'], scope },
    ...(scope === 'cluster' ? { juju } : {}),
    settings: { pageSize: 1 },
  });
  source.start();
  await eventually('everything to be followed', () => source.health().connected);
  await eventually(
    'every watch to begin',
    () => server.asked.filter(isWatch).length === source.health().watches.length,
  );
  await source.review('self', [check]);
  await source.close();
}

function isWatch({ query }: KubeAsked): boolean {
  return query.get('watch') === '1';
}

async function share(): Promise<void> {
  const client = new KubeClient({ access: access(), clock: common.clock, userAgent: 'test' });
  const leases = kubeLeases({
    client,
    namespace: 'holdfast',
    group: 'holdfast',
    duration: 30,
    clock: common.clock,
  });
  const [first] = await leases.list();
  await leases.put({ name: 'b', holder: 'one', notes: {} }, undefined);
  await leases.put({ name: 'a', holder: 'one', notes: {} }, first);
  client.close();
}

/** Reports come and go, on a model and on the controller, and an Event is made and counted. */
async function report(scope: Scope): Promise<void> {
  let models = [{ controller: 'prod', model: 'data', namespace: 'data', statefulSets: new Set<string>() }];
  const user = findingOf({ kind: 'controller', controller: 'prod', model: 'machines' });
  let told = sampleReport([findingOf({}), user]);
  const sink = kubeReports({
    ...{ ...common, access: access(), scope, reporter: 'test', whole: 'there' },
    places: () => ({ models, known: ['prod'] }),
    settings: { everyMs: 10, betweenMs: 1, countEveryMs: 10 },
  });
  const offered = (holds: () => boolean): Promise<void> =>
    eventually('the reports', () => {
      sink.offer(() => told);
      return holds();
    });
  const count = scope === 'cluster' ? 2 : 1;
  await offered(() => sink.health().written === count);
  const drift = {
    kind: 'drift',
    controller: 'prod',
    model: 'data',
    control: 'C',
    reason: 'R',
    message: 'm',
  } as const;
  sink.tell(drift);
  await eventually('the Event', () => sink.health().events === 1);
  sink.tell(drift);
  await eventually('its count', () => sink.health().events === 2);
  [models, told] = [[], sampleReport([])];
  await offered(() => sink.health().deleted === count);
  expect(sink.health().troubles).toEqual([]);
  await sink.close();
}

describe('the rights in deploy/kubernetes', () => {
  it('of cluster-read are those that a cluster-wide scope uses, each of them', async () => {
    await exercise('cluster');
    const used = [...needed].filter((right) => !everybodys.includes(right)).sort();
    expect(rightsGiven(manifests('cluster-read/holdfast.yaml'))).toEqual(used);
  });

  it('of namespaced are those that its scope uses but for what no Role can give, each of them', async () => {
    await exercise('namespaced');
    const outside = [
      'nodes',
      'namespaces',
      'clusterroles.rbac.authorization.k8s.io',
      'clusterrolebindings.rbac.authorization.k8s.io',
    ];
    const missing = outside.flatMap((resource) => [`list ${resource}`, `watch ${resource}`]);
    const used = [...needed]
      .filter((right) => !everybodys.includes(right) && !missing.includes(right))
      .sort();
    const files = ['namespaced/holdfast.yaml', 'namespaced/model.yaml'];
    expect(rightsGiven(files.flatMap(manifests))).toEqual(used);
    expect([...needed]).toEqual(expect.arrayContaining(missing));
  });

  it('of its optional part are list and watch of what a Role cannot give, namespaces by name', async () => {
    const objects = manifests('namespaced/surroundings.yaml');
    await exercise('namespaced');
    expect([...needed]).toEqual(expect.arrayContaining([...rightsGiven(objects)]));
    const rules = objects.flatMap(({ rules: own = [] }) => own);
    expect(rules.find(({ resources }) => resources.includes('namespaces'))?.resourceNames).toEqual(['MODEL']);
  });

  it('never reach secrets, everything, or what is no right of an observer', () => {
    const files = [
      'cluster-read/holdfast.yaml',
      'namespaced/holdfast.yaml',
      'namespaced/model.yaml',
      'namespaced/surroundings.yaml',
    ];
    for (const right of files.flatMap((file) => rightsGiven(manifests(file))))
      expect(right).not.toMatch(/^(bind|escalate|impersonate|[*]) |secrets|[*]|exec|token|configmaps/);
  });
});
