import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/juju-server.js';
import { follow, kubeBench, namesOf, pod, server, settled } from '../../../test/support/kube-following.js';
import { forbidden } from '../../../test/support/kube-server.js';
import { isKnown, valueOf, type Fact } from '../../core/fact.js';

kubeBench();

describe('following a cluster', () => {
  it('begins with everything unknown, and knows it all once it was read', async () => {
    const source = follow();
    const before = source.current();
    expect(before.namespaces['data']?.pods).toMatchObject({ unknown: { reason: 'not read yet' } });
    await settled(source);
    await eventually('the version', () => isKnown(source.current().version));
    const { version, apiGroups, nodes, namespaces, jujuAccess } = source.current();
    expect([valueOf(version), valueOf(apiGroups), valueOf(nodes)]).toEqual([
      { gitVersion: 'v1.36.3', platform: 'linux/amd64' },
      ['apps'],
      {},
    ]);
    expect(jujuAccess).toMatchObject({
      unknown: { reason: "who Juju's user is on the cluster is not known" },
    });
    for (const [key, fact] of Object.entries(namespaces['data'] ?? {}))
      expect([key, key === 'name' || isKnown(fact as Fact<unknown>)]).toEqual([key, true]);
    expect(source.current().namespaces['data']?.pods.source).toEqual({
      road: 'kubernetes',
      call: 'watch pods in data',
    });
  });

  it('sees what comes, changes and goes, and tells where', async () => {
    const source = follow();
    await settled(source);
    const seen: string[] = [];
    source.onChange(({ namespace }) => {
      const pods = source.current().namespaces['data']?.pods;
      const first = pods && valueOf(pods)?.['a'];
      if (namespace === 'data')
        seen.push(first === undefined ? 'none' : `host network: ${first.hostNetwork}`);
    });
    server().world.put(pod('a'));
    await eventually('the pod', () => seen.at(-1) === 'host network: false');
    server().world.put(pod('a'), { spec: { hostNetwork: true } });
    await eventually('the change', () => seen.at(-1) === 'host network: true');
    server().world.delete(pod('a'));
    await eventually('the end', () => seen.at(-1) === 'none');
  });

  it('keeps the identity of all that did not change', async () => {
    server().world.put(pod('a'));
    server().world.put(pod('b'));
    const source = follow({ namespaces: ['data', 'apps'] });
    await settled(source);
    const before = source.current();
    server().world.put(pod('a'), { status: { conditions: ['a heartbeat that nobody judges'] } });
    server().world.put(pod('b'), { spec: { hostPID: true } });
    await eventually('the change', () => source.current() !== before);
    const after = source.current();
    const pods = [before, after].map(({ namespaces }) => namespaces['data']?.pods);
    expect(pods[1]).not.toBe(pods[0]);
    expect(pods.map((fact) => fact && valueOf(fact)?.['a'])[1]).toBe(pods[0] && valueOf(pods[0])?.['a']);
    expect(after.namespaces['apps']).toBe(before.namespaces['apps']);
    expect(after.namespaces['data']?.services).toBe(before.namespaces['data']?.services);
    expect(after.nodes).toBe(before.nodes);
  });

  it('never asks for Secrets, nor for namespaces that are none of its business', async () => {
    const source = follow();
    await settled(source);
    const paths = server().asked.map(({ path }) => path);
    expect(paths.filter((path) => /secret/i.test(path))).toEqual([]);
    expect(paths.filter((path) => /namespaces\/(?!data\/)/.test(path))).toEqual([]);
    const ownNamespace = server().asked.filter(({ path }) => path === '/api/v1/namespaces');
    expect(ownNamespace.map(({ query }) => query.get('fieldSelector'))).toContain('metadata.name=data');
    expect(ownNamespace.every(({ query }) => query.has('fieldSelector'))).toBe(true);
  });

  it('follows namespaces that come, and forgets those that go', async () => {
    const source = follow();
    await settled(source);
    server().world.put(pod('x', 'apps'));
    source.follow(['apps']);
    await eventually('the other namespace', () => namesOf(source, 'apps')?.join() === 'x');
    expect(Object.keys(source.current().namespaces)).toEqual(['apps']);
    await settled(source);
    expect(source.health().watches.every(({ namespace }) => namespace !== 'data')).toBe(true);
  });

  it('says of a namespace that does not exist that it does not', async () => {
    const source = follow({ namespaces: ['nowhere'] });
    await settled(source);
    const gap = { unknown: { reason: 'the cluster has no namespace nowhere' } };
    const nowhere = source.current().namespaces['nowhere'];
    expect(nowhere?.namespace).toMatchObject(gap);
    expect([nowhere?.pods, nowhere?.services]).toMatchObject([gap, gap]);
    server().world.put({ plural: 'namespaces', name: 'nowhere' }, {});
    server().world.put(pod('a', 'nowhere'));
    await eventually('it to come', () => namesOf(source, 'nowhere')?.join() === 'a');
  });
});

describe('following all namespaces at once', () => {
  it('keeps only the models’ namespaces, and reads the lists anew for one that is added', async () => {
    for (const namespace of ['data', 'apps', 'other']) server().world.put(pod(`in-${namespace}`, namespace));
    const source = follow({ scope: 'cluster' });
    await settled(source);
    expect(namesOf(source, 'data')).toEqual(['in-data']);
    expect(Object.keys(source.current().namespaces)).toEqual(['data']);
    source.follow(['data', 'other']);
    await eventually('the other namespace', () => namesOf(source, 'other')?.join() === 'in-other');
    expect(source.health().watches).toHaveLength(12);
    server().world.put(pod('late', 'other'));
    await eventually('its change', () => namesOf(source, 'other')?.includes('late') === true);
  });
});

describe('access reviews', () => {
  const checks = ['create', 'delete'].map((verb) => ({ verb, group: 'apps', resource: 'deployments' }));

  it('ask for oneself and for others', async () => {
    const source = follow();
    const answers = [
      { ...checks[0], allowed: true },
      { ...checks[1], allowed: false },
    ];
    await expect(source.review('self', checks)).resolves.toEqual(answers);
    await expect(source.review({ user: 'juju', groups: ['admins'] }, checks)).resolves.toEqual(answers);
    const last = server().asked.findLast(({ method }) => method === 'POST');
    expect(last?.path).toBe('/apis/authorization.k8s.io/v1/subjectaccessreviews');
    expect(JSON.parse(last?.body ?? '')).toMatchObject({
      kind: 'SubjectAccessReview',
      spec: { user: 'juju', groups: ['admins'], resourceAttributes: checks[1] },
    });
  });

  it('of Juju’s own user are a fact; who may not ask is told what is missing', async () => {
    const source = follow({ juju: { subject: { user: 'juju', groups: [] }, checks } });
    await eventually('the answers', () => isKnown(source.current().jujuAccess));
    server().faults = ({ method }) => (method === 'POST' ? forbidden('subjectaccessreviews') : undefined);
    await eventually('the refusal', () => !isKnown(source.current().jujuAccess));
    expect(source.current().jujuAccess).toMatchObject({
      unknown: { permission: 'create subjectaccessreviews.authorization.k8s.io' },
    });
  });
});

describe('closing', () => {
  it('leaves no connection open and tells nobody anything any more', async () => {
    const source = follow();
    await settled(source);
    await source.close();
    await eventually('the connections to end', () => server().sockets.size === 0);
    const before = server().asked.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server().asked.length).toBe(before);
  });
});
