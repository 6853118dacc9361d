import { z } from 'zod';
import type { ActionType } from '../../core/action/action.js';

const text = z.string();
export const ModelRef = z.strictObject({ controller: text, owner: text, model: text });
const EndpointRef = z.strictObject({ application: text, endpoint: text });
const AccessRef = z.strictObject({ kind: z.enum(['model', 'offer']), name: text });

function inModel<T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), model: ModelRef, ...shape });
}

function onController<T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), controller: text, ...shape });
}

const ends = z.tuple([EndpointRef, EndpointRef]);
const access = { user: text, level: text, on: AccessRef.exactOptional() };
const cloudAccess = { user: text, level: text, cloud: text };

export const ActionDocument = z.discriminatedUnion('type', [
  inModel('integrate', { ends }),
  inModel('remove-relation', { ends }),
  inModel('set-config', { application: text, key: text, value: text }),
  inModel('reset-config', { application: text, key: text }),
  inModel('set-model-config', { key: text, value: text }),
  inModel('reset-model-config', { key: text }),
  inModel('disable-command', { commandSet: text, message: text }),
  inModel('enable-command', { commandSet: text }),
  inModel('expose', { application: text, endpoint: text.exactOptional(), cidrs: z.array(text) }),
  inModel('unexpose', { application: text, endpoint: text.exactOptional() }),
  inModel('remove-trust', { application: text, kubernetes: z.boolean() }),
  inModel('trust', { application: text, kubernetes: z.boolean() }),
  inModel('run-action', {
    application: text,
    unit: text,
    action: text,
    params: z.record(text, text),
  }),
  inModel('refresh', {
    application: text,
    revision: z.int().min(0).exactOptional(),
    channel: text.exactOptional(),
    trust: z.literal(true).exactOptional(),
    resources: z.record(text, text).exactOptional(),
  }),
  inModel('rotate-system-users', {
    application: text,
    users: z.array(text),
    by: z.enum(['set-password', 'system-users']),
    unit: text.exactOptional(),
  }),
  onController('rotate-user-password', {
    user: text,
    secret: z.strictObject({ in: ModelRef, name: text }).exactOptional(),
  }),
  onController('set-controller-config', { key: text, value: text }),
  onController('disable-user', { user: text }),
  onController('enable-user', { user: text }),
  onController('grant', access),
  onController('revoke', access),
  onController('grant-cloud', cloudAccess),
  onController('revoke-cloud', cloudAccess),
]);

const endpoint = { application: text, endpoint: text };

export const PreconditionDocument = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('relation-absent'), ...endpoint }),
  z.strictObject({ type: z.literal('related'), ...endpoint }),
  z.strictObject({ type: z.literal('application-settled'), application: text }),
  z.strictObject({ type: z.literal('application-present'), application: text }),
  z.strictObject({
    type: z.literal('user-level'),
    user: text,
    level: text,
    on: z.enum(['controller', 'model']),
  }),
  z.strictObject({ type: z.literal('user-enabled'), user: text }),
  z.strictObject({ type: z.literal('another-superuser'), besides: text }),
  z.strictObject({ type: z.literal('refresh-checked'), application: text, action: text }),
  z.strictObject({ type: z.literal('charm-revision'), application: text, revision: z.int() }),
  z.strictObject({ type: z.literal('refresh-paused'), application: text, unit: text }),
  z.strictObject({ type: z.literal('not-refreshing'), application: text }),
  z.strictObject({ type: z.literal('option-is'), application: text, key: text, value: text }),
]);

/** The `type` of every action. */
export const actionTypes = [
  'integrate',
  'remove-relation',
  'set-config',
  'reset-config',
  'set-model-config',
  'reset-model-config',
  'disable-command',
  'enable-command',
  'expose',
  'unexpose',
  'remove-trust',
  'trust',
  'run-action',
  'refresh',
  'rotate-system-users',
  'rotate-user-password',
  'set-controller-config',
  'disable-user',
  'enable-user',
  'grant',
  'revoke',
  'grant-cloud',
  'revoke-cloud',
] as const satisfies readonly ActionType[];
