import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Happening, ReportSink } from '../../src/core/ports/report-sink.js';
import { KubeClient } from '../../src/kube/access/client.js';
import { kubeLeases } from '../../src/kube/lease/kube-leases.js';
import { followCluster } from '../../src/kube/observe/follow-cluster.js';
import type { Scope } from '../../src/kube/observe/sources.js';
import { manifests, rightsGiven, type Manifest } from '../support/rbac.js';
import { largeReport } from '../support/report-estate.js';
import { sampleReport } from '../support/report-samples.js';
import { must } from './lab/calls.js';
import { install, installReports, removeReports, uninstall } from './lab/install.js';
import {
  access,
  asked,
  clusterRead,
  common,
  estateOf,
  offered,
  renewToken,
  reportLab,
  sink,
  tell,
  theLab,
  until,
} from './lab/report-lab.js';

jest.setTimeout(180_000);
reportLab('report-rights.txt');

describe('with the rights of deploy/kubernetes', () => {
  const drift: Happening = {
    ...({ kind: 'drift', controller: 'prod', model: 'm0', application: 'app-0' } as const),
    ...{ control: 'ETCD-ENC-01', reason: 'ClientTlsDisabled', message: 'The relation is missing.' },
  };
  const files = ['namespaced/holdfast.yaml', 'namespaced/model.yaml'];
  const namespaced = (): readonly Manifest[] => files.flatMap(manifests);

  beforeAll(() => installReports(theLab().admin, 'openReports'));
  afterAll(() => removeReports(theLab().admin, 'openReports'));

  /** Everything that is ever asked of a cluster. */
  async function exercise(scope: Scope): Promise<void> {
    const check = { verb: 'list', group: '', resource: 'pods' };
    const source = followCluster({
      ...{ ...common, access: access(), namespaces: ['m0'], scope },
      juju: { subject: { user: 'juju', groups: [] }, checks: [check] },
    });
    source.start();
    await until('all is followed', () => source.health().connected);
    await source.review('self', [check]);
    await sleep(500);
    await source.close();
    await share();
    const estate = estateOf(largeReport({ models: 2, findings: 100 }), 1);
    const made = sink(estate, { scope });
    await offered(made, estate, () => made.health().written === (scope === 'cluster' ? 2 : 1));
    await events(made);
    estate.places = { models: [], known: ['prod'] };
    estate.report = sampleReport([]);
    // A list may still name what was deleted a moment ago: it is deleted once more.
    await offered(made, estate, () => made.health().deleted >= made.health().written);
    expect(made.health().troubles).toEqual([]);
  }

  async function share(): Promise<void> {
    const client = new KubeClient({ access: access(), clock: common.clock, userAgent: 'e2e' });
    const leases = kubeLeases({
      client,
      namespace: 'holdfast',
      group: `g${Date.now()}`,
      duration: 30,
      clock: common.clock,
    });
    const lease = await leases.put({ name: 'a', holder: 'one', notes: {} }, undefined);
    await leases.put({ name: 'a', holder: 'two', notes: {} }, lease);
    expect((await leases.list()).map(({ holder }) => holder)).toEqual(['two']);
    client.close();
  }

  /** One about the StatefulSet, one about the namespace; the first happens three times. */
  async function events(made: ReportSink): Promise<void> {
    for (let times = 0; times < 3; times += 1) made.tell(drift);
    made.tell({ ...drift, kind: 'quarantined', application: 'other', reason: 'AttemptsSpent' });
    await until('the Events are told', () => made.health().events >= 3 && made.health().eventsFailed === 0);
  }

  const refusedIn = (counts: Readonly<Record<string, number>>): readonly string[] =>
    Object.keys(counts).filter((key) => key.endsWith(' 403'));

  it('of cluster-read, nothing is refused, and every right is used', async () => {
    const counts = await asked(() => exercise('cluster'));
    await removeReports(theLab().admin, 'openReports');
    await installReports(theLab().admin, 'policyReports');
    const older = await asked(() => exercise('cluster'));
    await removeReports(theLab().admin, 'policyReports');
    await installReports(theLab().admin, 'openReports');
    tell(`cluster-read: asked ${JSON.stringify(counts)}`);
    expect([...refusedIn(counts), ...refusedIn(older)]).toEqual([]);
    const used = new Set(Object.keys({ ...counts, ...older }));
    // An apply is written down as a patch, whatever else it needs.
    const unseen = rightsGiven(clusterRead).filter((right) => !used.has(right));
    expect(unseen.every((right) => /^create (cluster)?(policy)?reports\./.test(right))).toBe(true);
  });

  it('of cluster-read, Events are what others can read', async () => {
    const path = '/apis/events.k8s.io/v1/namespaces/m0/events';
    const { items } = await must(theLab().admin, 'GET', path);
    const told = items as readonly Record<string, unknown>[];
    expect([...new Set(told.map(({ reason }) => reason))].sort()).toEqual([
      'AttemptsSpent',
      'ClientTlsDisabled',
    ]);
    expect(told.find(({ reason }) => reason === 'ClientTlsDisabled')).toMatchObject({
      regarding: { kind: 'StatefulSet', name: 'app-0', namespace: 'm0' },
      series: { count: 3 },
      type: 'Warning',
      reportingController: 'holdfast',
    });
  });

  it('of namespaced, only what lies outside of the namespaces is refused', async () => {
    await uninstall(theLab().admin, clusterRead);
    await install(theLab().admin, namespaced(), 'm0');
    await renewToken();
    const refused = refusedIn(await asked(() => exercise('namespaced')));
    tell(`namespaced: refused ${refused.join(', ')}`);
    expect(refused).toEqual([
      'create subjectaccessreviews.authorization.k8s.io 403',
      'list clusterrolebindings.rbac.authorization.k8s.io 403',
      'list clusterroles.rbac.authorization.k8s.io 403',
      'list namespaces 403',
      'list nodes 403',
    ]);
  });

  it('of namespaced with its optional part, only reviews of others are refused', async () => {
    const text = JSON.stringify(manifests('namespaced/surroundings.yaml')).replaceAll('"MODEL"', '"m0"');
    await install(theLab().admin, JSON.parse(text) as readonly Manifest[]);
    const refused = refusedIn(await asked(() => exercise('namespaced')));
    tell(`namespaced with surroundings: refused ${refused.join(', ')}`);
    expect(refused).toEqual(['create subjectaccessreviews.authorization.k8s.io 403']);
  });

  it('of nobody, it is said which are missing', async () => {
    await uninstall(theLab().admin, namespaced(), 'm0');
    await install(theLab().admin, manifests('namespaced/holdfast.yaml'));
    await renewToken();
    const estate = estateOf(largeReport({ models: 1, findings: 100 }), 1);
    const made = sink(estate, { scope: 'namespaced' });
    await offered(made, estate, () => made.health().troubles.length === 2);
    made.tell(drift);
    await until('the Event is refused', () => made.health().eventsFailed === 1);
    expect(made.health().troubles).toEqual([
      'needs the permission to list reports.openreports.io in m0',
      'needs the permission to patch and create reports.openreports.io in m0',
      'needs the permission to create and patch events.events.k8s.io',
    ]);
    await install(theLab().admin, namespaced(), 'm0');
    await offered(made, estate, () => made.health().written === 1);
  });
});
