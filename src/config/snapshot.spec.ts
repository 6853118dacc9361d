import { describe, expect, it, test } from '@jest/globals';
import { cluster, pod } from '../../test/support/cluster.js';
import { ca, goodMember } from '../../test/support/etcd-members.js';
import { inside } from '../../test/support/inside.js';
import { application, controller, estate, knownFact, model } from '../../test/support/world.js';
import { isKnown } from '../core/fact.js';
import { readSnapshotText } from './snapshot.js';

const whole = estate({
  controllers: {
    prod: controller({ models: { data: model({ applications: { etcd: application({ units: 2 }) } }) } }),
  },
});

type Loose = Record<string, Record<string, Record<string, Record<string, Record<string, unknown>>>>>;

function changed(change: (value: Loose) => void): string {
  const value = JSON.parse(JSON.stringify(whole)) as Loose;
  change(value);
  return JSON.stringify(value);
}

describe('a saved snapshot', () => {
  it('comes back as it was', () => {
    expect(JSON.parse(JSON.stringify(readSnapshotText(JSON.stringify(whole), 'file')))).toEqual(
      JSON.parse(JSON.stringify(whole)),
    );
  });

  it('has an unknown where it holds no fact', () => {
    const text = changed((value) => {
      delete value['controllers']!['prod']!['models']!['data']!['blocks'];
    });
    const blocks = readSnapshotText(text, 'file').controllers['prod']?.models['data']?.blocks;
    expect(blocks !== undefined && !isKnown(blocks) && blocks.unknown.reason).toBe(
      'the snapshot does not hold blocks',
    );
  });

  it('takes names from models for nothing but names', () => {
    const read = readSnapshotText(JSON.stringify(whole), 'file');
    expect(read.controllers['prod']?.models['constructor']).toBeUndefined();
  });
});

describe('a saved cluster', () => {
  const data = {
    pods: [pod('etcd')],
    networkPolicies: [{ podSelector: {}, policyTypes: ['Ingress' as const] }],
  };
  const seen = { ...whole, clusters: { k8s: cluster({ namespaces: { data } }) } };
  interface Clusters {
    clusters: { k8s: { namespaces: { data: Record<string, { value: never }> } } };
  }
  const changedIn = (change: (data: Record<string, { value: never }>) => void): string => {
    const value = JSON.parse(JSON.stringify(seen)) as Clusters;
    change(value.clusters.k8s.namespaces.data);
    return JSON.stringify(value);
  };

  it('comes back as it was', () => {
    const read = readSnapshotText(JSON.stringify(seen), 'file');
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(seen)));
  });

  it('has an unknown where it holds no fact', () => {
    const text = changedIn((namespace) => {
      delete namespace['pods'];
    });
    const pods = readSnapshotText(text, 'file').clusters?.['k8s']?.namespaces['data']?.pods;
    expect(pods !== undefined && !isKnown(pods) && pods.unknown.reason).toBe(
      'the snapshot does not hold pods',
    );
  });

  it('is refused with the path of what is none', () => {
    const text = changedIn((namespace) => {
      namespace['pods'] = { ...namespace['pods']!, value: { a: { name: 'a' } } as never };
    });
    expect(() => readSnapshotText(text, 'file')).toThrow('clusters.k8s.namespaces.data.pods.value.a');
  });
});

describe('what is no snapshot', () => {
  test.each([
    [
      'another document',
      '{"kind":"Report","version":"v1","takenAt":"2026-11-22T06:00:00Z","controllers":{}}',
      /is no snapshot: its kind is Report/,
    ],
    ['no JSON', '{', /file is not valid JSON/],
    ['nothing', ' ', /file is empty/],
    ['a list', '[]', /is no snapshot: it names no kind/],
  ])('%s is refused with a reason', (_name, text, message) => {
    expect(() => readSnapshotText(text, 'file')).toThrow(message);
  });

  it('a fact of the wrong kind is refused with its path', () => {
    const text = changed((value) => {
      value['controllers']!['prod']!['models']!['data']!['blocks'] = {
        value: 'none',
        source: { road: 'api', call: 'x' },
        at: '2026-11-22T06:00:00Z',
      };
    });
    expect(() => readSnapshotText(text, 'file')).toThrow(
      'controllers.prod.models.data.blocks.value should be a list, not a text',
    );
  });

  it('a fact that is neither known nor unknown is refused with its path', () => {
    const text = changed((value) => {
      value['controllers']!['prod']!['users'] = {
        source: { road: 'api', call: 'x' },
        at: '2026-11-22T06:00:00Z',
      } as never;
    });
    expect(() => readSnapshotText(text, 'file')).toThrow('controllers.prod.users: is no fact');
  });
});

describe('what was seen inside units', () => {
  const units = inside('etcd', 2, {
    etcdAuthentication: { state: 'on', shown: 'Authentication Status: true' },
    files: { '/k': { path: '/k', mode: 0o600, owner: 'etcd', group: 'etcd' } },
    postgresql: {
      rules: [{ type: 'host', databases: ['all'], users: ['all'], address: '::/0', method: 'md5' }],
      restCertificate: true,
      restAuthentication: false,
    },
    pgbouncer: { authType: 'md5', clientTls: 'prefer', serverTls: 'disable' },
    disk: 'unseen',
  });
  const workload = {
    ...units,
    etcdMembers: knownFact({ 'etcd/0': goodMember() }),
    certificateAuthorities: knownFact([ca('etcd')]),
    another: knownFact(1),
  };
  const models = { data: model({ applications: { etcd: application({ units: 2, workload }) } }) };
  const seen = JSON.parse(
    JSON.stringify(estate({ controllers: { prod: controller({ models }) } })),
  ) as object;

  /** The snapshot with one text of it replaced by another. */
  function replaced(from: string, to: string): string {
    const text = JSON.stringify(seen);
    expect(text).toContain(from);
    return text.replace(from, to);
  }

  it('comes back as it was', () => {
    const read = readSnapshotText(JSON.stringify(seen), 'file');
    expect(JSON.parse(JSON.stringify(read))).toEqual(seen);
  });

  test.each([
    ['"mode":384', '"mode":"600"', "unitsInside.value.'etcd/0'.files.value.'/k'.mode"],
    ['"state":"on"', '"state":"perhaps"', 'etcdAuthentication.value.state'],
    ['"type":"host"', '"type":"all"', 'postgresql.value.rules'],
    ['"ruledBy":"file"', '"ruledBy":7', 'etcdMembers.value'],
    ['"another":{"value":1,', '"another":{', 'workload.another'],
  ])('%s as %s is refused with its path', (from, to, path) => {
    const message = (): unknown => readSnapshotText(replaced(from, to), 'file');
    expect(message).toThrow(path.split('.').at(-1));
    expect(message).toThrow('controllers.prod.models.data.applications.etcd.workload');
  });
});
