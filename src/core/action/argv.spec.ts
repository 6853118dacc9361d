import { describe, expect, it } from '@jest/globals';
import type { Action } from './action.js';
import { argvOf, commandLine } from './argv.js';

const model = { controller: 'prod', owner: 'admin', model: 'data' };
const on = { kind: 'model', name: 'admin/data' } as const;

const lines: readonly [Action, string][] = [
  [
    {
      type: 'integrate',
      model,
      ends: [
        { application: 'ca', endpoint: 'certificates' },
        { application: 'etcd', endpoint: 'peer-certificates' },
      ],
    },
    'juju integrate -m prod:admin/data ca:certificates etcd:peer-certificates',
  ],
  [
    {
      type: 'remove-relation',
      model,
      ends: [
        { application: 'ca', endpoint: '' },
        { application: 'etcd', endpoint: 'x' },
      ],
    },
    'juju remove-relation -m prod:admin/data ca etcd:x',
  ],
  [
    { type: 'set-config', model, application: 's3', key: 'endpoint', value: 'https://s3.local' },
    'juju config -m prod:admin/data s3 endpoint=https://s3.local',
  ],
  [
    { type: 'reset-config', model, application: 's3', key: 'endpoint' },
    'juju config -m prod:admin/data --reset endpoint s3',
  ],
  [
    { type: 'set-model-config', model, key: 'logging-config', value: '<root>=INFO' },
    "juju model-config -m prod:admin/data 'logging-config=<root>=INFO'",
  ],
  [
    { type: 'set-controller-config', controller: 'prod', key: 'auditing-enabled', value: 'true' },
    'juju controller-config -c prod auditing-enabled=true',
  ],
  [{ type: 'disable-user', controller: 'prod', user: 'dave' }, 'juju disable-user -c prod dave'],
  [
    { type: 'revoke', controller: 'prod', user: 'bob', level: 'superuser' },
    'juju revoke -c prod bob superuser',
  ],
  [
    { type: 'grant', controller: 'prod', user: 'bob', level: 'read', on },
    'juju grant -c prod bob read admin/data',
  ],
  [
    { type: 'disable-command', model, commandSet: 'destroy-model', message: "it's data" },
    `juju disable-command -m prod:admin/data destroy-model 'it'\\''s data'`,
  ],
  [
    { type: 'expose', model, application: 'db', cidrs: ['10.0.0.0/8', 'fd00::/8'] },
    'juju expose -m prod:admin/data db --to-cidrs 10.0.0.0/8,fd00::/8',
  ],
  [
    { type: 'unexpose', model, application: 'db', endpoint: 'metrics' },
    'juju unexpose -m prod:admin/data db --endpoints metrics',
  ],
  [
    { type: 'remove-trust', model, application: 'pg', kubernetes: true },
    'juju trust -m prod:admin/data pg --remove --scope=cluster',
  ],
  [
    { type: 'revoke-cloud', controller: 'prod', user: 'bob', level: 'admin', cloud: 'aws' },
    'juju revoke-cloud -c prod bob admin aws',
  ],
  [
    {
      type: 'run-action',
      model,
      application: 'etcd',
      unit: 'etcd/2',
      action: 'resume-refresh',
      params: { 'check-health-of-refreshed-units': 'true' },
    },
    'juju run -m prod:admin/data etcd/2 resume-refresh check-health-of-refreshed-units=true --format json --utc --wait 10m',
  ],
  [
    { type: 'refresh', model, application: 'etcd', revision: 183 },
    'juju refresh -m prod:admin/data etcd --revision 183',
  ],
  [
    {
      type: 'refresh',
      model,
      application: 'pg',
      channel: '14/stable',
      trust: true,
      resources: { 'postgresql-image': 'ghcr.io/x/y@sha256:12ab' },
    },
    'juju refresh -m prod:admin/data pg --channel 14/stable --trust --resource postgresql-image=ghcr.io/x/y@sha256:12ab',
  ],
];

describe('the juju call that performs an action', () => {
  it.each(lines)('%j', (action, line) => {
    expect(commandLine(argvOf(action))).toBe(line);
  });
});
