/** Every kind of action with something to do for it: each in a model of its own, or on the controller itself. */
import type { Action } from '../../../src/core/action/action.js';
import type {
  ApplicationSpec,
  ControllerSpec,
  EstateSpec,
  ModelSpec,
} from '../../../src/simulator/world/spec.js';
import { rigUsers } from '../../support/rig.js';

export interface Kind {
  /** Unique; that of its model, where it has one. */
  readonly name: string;
  readonly action: Action;
  /** Running it a second time is not allowed. */
  readonly once?: true;
  /** What its model begins with. */
  readonly model?: Partial<ModelSpec>;
}

const controller = 'prod';

function on(model: string): { readonly controller: string; readonly owner: string; readonly model: string } {
  return { controller, owner: 'admin', model };
}

const interval = { key: 'update-status-hook-interval', value: '7m' };

const app: ApplicationSpec = { name: 'app', charm: 'data-integrator', channel: 'latest/stable' };
const ends = [
  { application: 's3', endpoint: 's3-credentials' },
  { application: 'etcd', endpoint: 's3-credentials' },
] as const;
const related: Partial<ModelSpec> = {
  applications: [
    { name: 's3', charm: 's3-integrator', channel: '2/stable' },
    { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: 1 },
  ],
};

export const kinds: readonly Kind[] = [
  {
    name: 'integrate',
    action: { type: 'integrate', model: on('integrate'), ends: [ends[0], ends[1]] },
    model: related,
  },
  {
    name: 'remove-relation',
    action: { type: 'remove-relation', model: on('remove-relation'), ends: [ends[0], ends[1]] },
    model: { ...related, relations: [['s3:s3-credentials', 'etcd:s3-credentials']] },
  },
  setting('set-config', { type: 'set-config', ...option('set-config'), value: 'wanted' }, {}),
  setting(
    'reset-config',
    { type: 'reset-config', ...option('reset-config') },
    { config: { 'topic-name': 'old' } },
  ),
  model('set-model-config', { type: 'set-model-config', model: on('set-model-config'), ...interval }),
  {
    ...model('set-once', { type: 'set-model-config', model: on('set-once'), ...interval }),
    once: true,
  },
  {
    name: 'reset-model-config',
    action: { type: 'reset-model-config', model: on('reset-model-config'), key: interval.key },
    model: { config: { [interval.key]: '9m' } },
  },
  model('disable-command', {
    type: 'disable-command',
    model: on('disable-command'),
    commandSet: 'destroy-model',
    message: 'kept',
  }),
  {
    name: 'enable-command',
    action: { type: 'enable-command', model: on('enable-command'), commandSet: 'destroy-model' },
    model: { blocks: [{ commandSet: 'destroy-model' }] },
  },
  setting('expose', { type: 'expose', model: on('expose'), application: 'app', cidrs: ['10.0.0.0/8'] }, {}),
  setting('unexpose', { type: 'unexpose', model: on('unexpose'), application: 'app' }, { exposed: true }),
  setting('trust', { type: 'trust', model: on('trust'), application: 'app', kubernetes: false }, {}),
  setting(
    'remove-trust',
    { type: 'remove-trust', model: on('remove-trust'), application: 'app', kubernetes: false },
    { trust: true },
  ),
  run('run-action'),
  { ...run('run-once'), once: true },
  {
    name: 'grant',
    action: {
      type: 'grant',
      controller,
      user: 'bob',
      level: 'read',
      on: { kind: 'model', name: 'admin/grant' },
    },
    model: {},
  },
  {
    name: 'revoke',
    action: { type: 'revoke', controller, user: 'carol', level: 'superuser' },
  },
  { name: 'disable-user', action: { type: 'disable-user', controller, user: 'dave' } },
  { name: 'enable-user', action: { type: 'enable-user', controller, user: 'eve' } },
  {
    name: 'set-controller-config',
    action: { type: 'set-controller-config', controller, key: 'auditing-enabled', value: 'true' },
  },
  {
    name: 'grant-cloud',
    action: { type: 'grant-cloud', controller, user: 'bob', level: 'add-model', cloud: 'unmanaged' },
  },
  {
    name: 'revoke-cloud',
    action: { type: 'revoke-cloud', controller, user: 'frank', level: 'add-model', cloud: 'unmanaged' },
  },
];

function option(name: string): {
  readonly model: ReturnType<typeof on>;
  readonly application: string;
  readonly key: string;
} {
  return { model: on(name), application: 'app', key: 'topic-name' };
}

function setting(name: string, action: Action, more: Partial<ApplicationSpec>): Kind {
  return { name, action, model: { applications: [{ ...app, ...more }] } };
}

function run(name: string): Kind {
  const own = { unit: 'app/0', action: 'pre-refresh-check', params: {} };
  return {
    name,
    action: { type: 'run-action', model: on(name), application: 'app', ...own },
    model: { applications: [{ name: 'app', charm: 'charmed-etcd', channel: '3.6/stable', units: 1 }] },
  };
}

function model(name: string, action: Action): Kind {
  return { name, action, model: {} };
}

/** The estate in which each kind has something to do. */
export function estateOf(chosen: readonly Kind[]): EstateSpec {
  const spec: ControllerSpec = {
    name: controller,
    config: { 'auditing-enabled': false },
    cloud: { users: { frank: 'add-model' } },
    users: [
      ...rigUsers,
      { name: 'bob' },
      { name: 'carol', access: 'superuser' },
      { name: 'dave' },
      { name: 'eve', disabled: true },
      { name: 'frank' },
    ],
    models: chosen.flatMap(({ name, model: begins }) =>
      begins === undefined
        ? []
        : [{ applications: [], ...begins, name, users: { observer: 'read', remediator: 'admin' } }],
    ),
  };
  return { controllers: [spec] };
}
