import { describe, expect, it, test } from '@jest/globals';
import { eventually } from '../../../test/support/juju-server.js';
import { follow, kubeBench, namesOf, pod, server, settled } from '../../../test/support/kube-following.js';
import { forbidden, type KubeAsked } from '../../../test/support/kube-server.js';
import { isKnown } from '../../core/fact.js';
import type { ClusterChange } from '../../core/ports/kube.js';

kubeBench();

describe('permissions that are missing', () => {
  const isRoles = ({ path }: KubeAsked): boolean => path.endsWith('/roles');

  it('make that one list unknown, name what is missing, and are asked for again', async () => {
    server().faults = (asked) => (isRoles(asked) ? forbidden('roles') : undefined);
    const source = follow();
    await settled(source);
    await eventually('the refusal', () => !JSON.stringify(source.current()).includes('not read yet'));
    const data = source.current().namespaces['data'];
    expect(data?.roles).toMatchObject({
      unknown: { permission: 'list and watch roles.rbac.authorization.k8s.io in namespace data' },
    });
    expect(data && isKnown(data.pods)).toBe(true);
    server().faults = () => undefined;
    await eventually('the permission', () => namesOf(source, 'data', 'roles')?.length === 0);
  });

  it('that are taken away later make what was known unknown: it must not be believed any more', async () => {
    const source = follow();
    await settled(source);
    server().faults = (asked) => (isRoles(asked) ? forbidden('roles') : undefined);
    server().endWatches();
    await eventually('the refusal', () => namesOf(source, 'data', 'roles') === undefined);
  });

  it('for a moment, as with a server that has just started, change nothing', async () => {
    const source = follow({ settings: { firstRetryMs: 40 } });
    await settled(source);
    const before = source.current().namespaces['data'];
    const refused = new Set<string>();
    server().faults = ({ path }) => {
      if (refused.has(path)) return undefined;
      refused.add(path);
      return forbidden('anything');
    };
    server().cut();
    await eventually('refusals', () => refused.size > 0);
    await settled(source);
    expect(source.current().namespaces['data']).toBe(before);
    expect(source.health().watches.map(({ lists }) => lists)).toEqual(Array(12).fill(1));
  });

  it('to watch, where listing is allowed, are made up for by listing again and again', async () => {
    const isWatch = ({ query }: KubeAsked): boolean => query.has('watch');
    server().faults = (asked) => (isRoles(asked) && isWatch(asked) ? forbidden('roles') : undefined);
    const source = follow();
    await eventually('the list', () => namesOf(source, 'data', 'roles')?.length === 0);
    server().world.put({ plural: 'roles', namespace: 'data', name: 'reader' });
    await eventually('the change', () => namesOf(source, 'data', 'roles')?.join() === 'reader');
    expect(source.health()).toMatchObject({ connected: false });
  });
});

describe('trouble with the server', () => {
  test.each<[string, () => unknown]>([
    [
      'every connection is cut',
      () => {
        server().cut();
      },
    ],
    [
      'every watch ends',
      () => {
        server().endWatches();
      },
    ],
    [
      'history is forgotten while every connection is cut',
      () => {
        server().world.compact();
        server().cut();
      },
    ],
  ])('%s: nothing is missed', async (_, trouble) => {
    const source = follow();
    await settled(source);
    server().world.put(pod('before'));
    trouble();
    server().world.put(pod('after'));
    await eventually('both', () => namesOf(source)?.join() === 'after,before');
    await settled(source);
  });

  it('that refuses the token is told without it, and is over once the token is good again', async () => {
    server().faults = () => ({
      status: 401,
      body: { message: 'Unauthorized', code: 401, reason: 'Unauthorized' },
    });
    const source = follow();
    const reason = (): string => JSON.stringify(source.current().namespaces['data']?.pods);
    await eventually('the trouble', () => reason().includes('{"reason":"Unauthorized"}'));
    expect(JSON.stringify([source.current(), source.health()])).not.toContain('secret-token');
    server().faults = () => undefined;
    await settled(source);
    expect(namesOf(source)).toEqual([]);
  });

  it('that keeps watches open and says nothing is found out, and what it kept to itself is read', async () => {
    const source = follow({ settings: { silenceMs: 400 } });
    await settled(source);
    server().silent = true;
    server().world.put(pod('unsaid'));
    await eventually('the pod', () => namesOf(source)?.join() === 'unsaid');
    const pods = source.health().watches.find(({ resource }) => resource === 'pods');
    expect(pods?.silences).toBeGreaterThan(0);
  });

  it('that lasts makes the facts unknown, and they come back', async () => {
    const source = follow({ settings: { silenceMs: 400, staleMs: 900 } });
    await settled(source);
    server().faults = () => 'drop';
    server().cut();
    await eventually('doubt', () => namesOf(source) === undefined);
    expect(source.health().ageSeconds).toBeGreaterThan(0.9);
    expect(JSON.stringify(source.current().namespaces['data']?.pods)).toMatch(
      /"reason":"the cluster was not heard for too long: (connection refused|the connection was closed) \(/,
    );
    server().faults = () => undefined;
    await eventually('belief', () => namesOf(source)?.length === 0);
  });

  it('with nonsense on a watch is survived', async () => {
    const source = follow();
    server().faults = ({ query }) =>
      query.has('watch') ? { raw: 'HTTP/1.0 200 OK\n\n<html>\n' } : undefined;
    await eventually('trouble', () => source.health().trouble === 'an event that is no JSON');
    server().faults = () => undefined;
    server().world.put(pod('a'));
    await eventually('the pod', () => namesOf(source)?.join() === 'a');
    await settled(source);
  });

  it('of a listener is its own', async () => {
    const source = follow();
    await settled(source);
    const told: ClusterChange[] = [];
    source.onChange(() => {
      throw new Error('mine');
    });
    source.onChange((change) => told.push(change));
    server().world.put(pod('a'));
    await eventually('the change', () => told.some(({ namespace }) => namespace === 'data'));
  });
});
