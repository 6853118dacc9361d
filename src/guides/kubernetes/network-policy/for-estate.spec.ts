import { describe, expect, it } from '@jest/globals';
import { cluster, onKubernetes } from '../../../../test/support/cluster.js';
import {
  application,
  controller,
  estate,
  model,
  relate,
  unknownFact,
  type ModelSpec,
} from '../../../../test/support/world.js';
import { applied, party, text, written } from '../../../../test/support/written-policies.js';
import { mayConnect } from '../../../core/kube/network-policy/connect.js';
import type { Party } from '../../../core/kube/network-policy/world.js';
import { observeOnly, type Policy } from '../../../core/policy/policy.js';
import type { Snapshot } from '../../../core/snapshot.js';

function only(spec: ModelSpec): Snapshot {
  return onKubernetes(spec);
}

const pg = application({ charm: { name: 'postgresql-k8s', track: '14' }, endpoints: ['database'] });

describe('the policies', () => {
  it('follow the port that PgBouncer is set to', () => {
    const pooler = application({
      charm: { name: 'pgbouncer-k8s', track: '1' },
      endpoints: ['database'],
      config: { listen_port: 7000 },
    });
    const web = application({ charm: { name: 'web-k8s' } });
    const relation = relate('web:db', 'pooler:database', 'postgresql_client');
    const world = applied(written(only({ applications: { pooler, web }, relations: [relation] })));
    const at = (port: number) =>
      mayConnect(world, { from: party('web'), to: party('pooler'), port, protocol: 'TCP' });
    expect([at(7000), at(6432)]).toEqual([true, false]);
  });

  it('let backups go to the port of their store, and to no other', () => {
    const store = (endpoint: string) =>
      written(
        only({
          applications: { pg, s3: application({ charm: { name: 's3-integrator' }, config: { endpoint } }) },
          relations: [relate('pg:s3-parameters', 's3:s3-credentials', 's3')],
        }),
      );
    const reaches = (endpoint: string, port: number) =>
      mayConnect(applied(store(endpoint)), {
        from: party('pg'),
        to: { address: '203.0.113.5' },
        port,
        protocol: 'TCP',
      });
    expect([reaches('https://minio:9000', 9000), reaches('', 443), reaches('', 9000)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('admit an application whose ports are not known by all of its ports, and say so', () => {
    const snapshot = only({
      applications: { pg, ldap: application({ charm: { name: 'glauth-k8s' } }) },
      relations: [relate('pg:ldap', 'ldap:ldap', 'ldap')],
    });
    const world = applied(written(snapshot));
    expect(mayConnect(world, { from: party('pg'), to: party('ldap'), port: 3893, protocol: 'TCP' })).toBe(
      true,
    );
    expect(text(snapshot)).toContain('# ldap by ldap; its ports are not known, so all of them');
  });

  it('leave out relations that are broken', () => {
    const relation = relate('web:db', 'pg:database', 'postgresql_client', { status: 'broken' });
    const web = application({ charm: { name: 'web-k8s' } });
    const world = applied(written(only({ applications: { pg, web }, relations: [relation] })));
    expect(mayConnect(world, { from: party('web'), to: party('pg'), port: 5432, protocol: 'TCP' })).toBe(
      false,
    );
  });

  it('admit whom the policy names', () => {
    const policy: Policy = {
      ...observeOnly,
      rules: [
        {
          match: { control: 'K8S-NET-01', model: 'data' },
          params: { peers: ['tools/*', 'hold/holdfast'], cidrs: ['10.0.0.0/8'] },
        },
      ],
    };
    const world = applied(written(only({ applications: { pg } }), { policy }));
    const may = (from: Party) => mayConnect(world, { from, to: party('pg'), port: 5432, protocol: 'TCP' });
    expect([
      may(party('x', 'tools')),
      may(party('holdfast', 'hold')),
      may({ ...party('other', 'hold'), addresses: [] }),
      may({ address: '10.9.9.9' }),
    ]).toEqual([true, true, false, true]);
  });

  it('say so where the relations were not read', () => {
    const blind = application({
      charm: { name: 'postgresql-k8s', track: '14' },
      relations: unknownFact('no'),
    });
    const shown = text(only({ applications: { blind } }));
    expect(shown).toContain('# - blind: its relations were not read, so that nobody knows whom to admit');
    expect(shown).toContain('# There is none to write.');
  });

  it('hold no name that could be anything but a name', () => {
    const hostile = ['pg\n- from: []', '"; rm', '../x', 'PG', '__proto__', `a${'b'.repeat(80)}`];
    for (const name of hostile) {
      const applications = Object.fromEntries([[name, pg] as const, ['pg', pg] as const]);
      const relation = relate(`${name}:db`, 'pg:database', 'postgresql_client');
      const snapshot = only({ applications, relations: [relation] });
      expect(written(snapshot).map(({ metadata }) => metadata.name)).toEqual(['holdfast-pg']);
      expect(JSON.stringify(written(snapshot))).not.toContain(name === '__proto__' ? '"__proto__"' : name);
    }
  });

  it('are written for models on Kubernetes only, and for those that are asked for', () => {
    const two = estate({
      controllers: {
        prod: controller({
          models: {
            data: model({ type: 'caas', applications: { pg } }),
            machines: model({ applications: { pg } }),
          },
        }),
      },
    });
    expect(written(two).map(({ metadata }) => metadata.namespace)).toEqual(['data']);
    expect(() => text(two, { model: 'machines' })).toThrow('no model on Kubernetes is called machines');
    expect(() => text(estate({ controllers: { prod: controller() } }))).toThrow(
      'none of the models runs on Kubernetes',
    );
  });
});

describe('what comes from other models', () => {
  const offer = {
    name: 'pg',
    application: 'pg',
    endpoints: [{ name: 'database', interface: 'postgresql_client' }],
    connections: 1,
  };
  const consumer = (type: 'iaas' | 'caas') =>
    model({
      type,
      applications: {
        web: application({ charm: { name: 'web-k8s' } }),
        reader: application({ charm: { name: 'reader-k8s' } }),
      },
      remoteApplications: {
        logs: {
          name: 'logs',
          offerUrl: 'admin/cos.logs',
          endpoints: [{ name: 'database', interface: 'postgresql_client', role: 'provider' }],
          status: 'active',
        },
        db: {
          name: 'db',
          offerUrl: 'admin/data.pg',
          endpoints: [{ name: 'database', interface: 'postgresql_client', role: 'provider' }],
          status: 'active',
        },
      },
      relations: [
        relate('web:db', '@db:database', 'postgresql_client'),
        relate('reader:db', '@logs:database', 'postgresql_client'),
      ],
    });
  const two = (type: 'iaas' | 'caas' | undefined): Snapshot => ({
    ...estate({
      controllers: {
        prod: controller({
          models: {
            data: model({ type: 'caas', applications: { pg }, offers: { pg: offer } }),
            ...(type === undefined ? {} : { apps: consumer(type) }),
          },
        }),
      },
    }),
    clusters: { k8s: cluster({ namespaces: { data: {}, apps: {} } }) },
  });

  it('is admitted by its namespace and its name', () => {
    const world = applied(written(two('caas')));
    const may = (from: Party) => mayConnect(world, { from, to: party('pg'), port: 5432, protocol: 'TCP' });
    const others = [party('web'), party('x', 'apps'), party('reader', 'apps')];
    expect([may(party('web', 'apps')), ...others.map(may)]).toEqual([true, false, false, false]);
    expect(text(two('caas'))).not.toContain('NOT COVERED');
  });

  it('is told as not covered where it runs on machines', () => {
    expect(text(two('iaas'))).toContain(
      '# - the model apps runs on machines, whose addresses no label tells',
    );
  });

  it('is told as not covered where its model is not seen', () => {
    expect(text(two(undefined))).toContain(
      '# - the offer pg of pg has 1 connections, and 0 of their models are seen',
    );
  });

  it('is reached by its namespace where nothing more is seen', () => {
    const snapshot = only({
      applications: { pg },
      remoteApplications: {
        loki: {
          name: 'loki',
          offerUrl: 'admin/cos.loki',
          endpoints: [{ name: 'logging', interface: 'loki_push_api', role: 'provider' }],
          status: 'active',
        },
      },
      relations: [relate('pg:logging', '@loki:logging', 'loki_push_api')],
    });
    const world = applied(written(snapshot));
    const may = (to: Party) => mayConnect(world, { from: party('pg'), to, port: 3100, protocol: 'TCP' });
    expect([may(party('loki', 'cos')), may(party('loki'))]).toEqual([true, false]);
  });
});
