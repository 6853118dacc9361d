import { JujuError } from '../../errors.js';
import { need, needUnblocked } from '../../world/levels.js';
import type { SimModel, SimOperation, SimTask } from '../../world/state.js';
import { enqueue, enqueueCommand, type Scheduled } from '../../world/tasks.js';
import type { ModelCall, ModelMethod } from '../call.js';
import {
  entityNames,
  eachResult,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
  unitOfTag,
  type Params,
} from '../params.js';
import { wireTime, zeroTime } from '../times.js';

export const actionMethods: Readonly<Record<string, ModelMethod>> = {
  'Action.EnqueueOperation': enqueueOperation,
  'Action.Run': run,
  'Action.Actions': actions,
  'Action.ListOperations': listOperations,
  'Action.Operations': operations,
};

/** `disable-command all` does not hold actions back, only commands (Juju facts 9.29). */
function enqueueOperation({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  const requests = recordsOf(params, 'actions').map((action) => ({
    receiver: unitOfTag(textOf(action, 'receiver')),
    action: textOf(action, 'name'),
    parameters: recordOf(action, 'parameters'),
  }));
  return enqueued(enqueue(model, requests));
}

function run({ model, user, params }: ModelCall): object {
  need(model, user, 'admin');
  needUnblocked(model, 'change');
  const named = textsOf(params, 'units').map(unitOfTag);
  const ofApplications = textsOf(params, 'applications').flatMap((name) => {
    return (model.applications.get(name)?.units ?? []).map((unit) => unit.name);
  });
  return enqueued(enqueueCommand(model, [...named, ...ofApplications], textOf(params, 'commands')));
}

function enqueued({ operation, results }: Scheduled): object {
  const actions = results.map((result) => {
    if (!('error' in result)) return { ...taskEntry(result), action: newAction(result) };
    const { message, code } = result.error;
    return { enqueued: zeroTime, started: zeroTime, completed: zeroTime, error: { message, code } };
  });
  return { operation: `operation-${operation.id}`, actions };
}

function newAction({ id, receiver }: SimTask): object {
  return { tag: `action-${id}`, receiver: receiverTag(receiver), name: '', parallel: false };
}

function actions({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  return eachResult(entityNames(params, 'action'), (id) => {
    const task = model.tasks.flatMap(({ tasks }) => tasks).find((each) => each.id === id);
    if (task === undefined) throw new JujuError(`action "${id}" not found`, 'not found');
    return taskEntry(task);
  });
}

function taskEntry(task: SimTask): object {
  const { completed, output } = task;
  return {
    ...begunEntry(task),
    ...messageOf(task),
    ...(completed === undefined ? {} : { completed: wireTime(completed), output }),
  };
}

function messageOf({ message }: SimTask): object {
  return message === '' ? {} : { message };
}

/** A task without its end. */
function begunEntry({ id, receiver, action, parameters, ...task }: SimTask): object {
  const known = Object.keys(parameters).length > 0 ? { parameters } : {};
  return {
    action: {
      tag: `action-${id}`,
      receiver: receiverTag(receiver),
      name: action,
      ...known,
      parallel: false,
      'execution-group': '',
    },
    enqueued: wireTime(task.enqueued),
    started: task.started === undefined ? zeroTime : wireTime(task.started),
    completed: zeroTime,
    status: task.status,
  };
}

function receiverTag(receiver: string): string {
  return `unit-${receiver.replace('/', '-')}`;
}

/** With a limit, the lexically first ids rather than the newest (Juju facts 9.27). */
function listOperations({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const limit = numberOf(params, 'limit') || 50;
  const offset = numberOf(params, 'offset');
  const found = matching(model, params).sort((one, other) => (one.id < other.id ? -1 : 1));
  const shown = found.slice(offset, offset + limit);
  return { results: shown.map(listedEntry), truncated: found.length > offset + limit };
}

function matching(model: SimModel, params: Params): SimOperation[] {
  const [applications, units, actions] = ['applications', 'units', 'actions'].map(
    (key) => new Set(textsOf(params, key).map(unitOfTag)),
  );
  const isAsked = (wanted: ReadonlySet<string> | undefined, value: string): boolean =>
    wanted === undefined || wanted.size === 0 || wanted.has(value);
  return model.tasks.filter(({ tasks }) =>
    tasks.some(
      ({ receiver, action }) =>
        isAsked(applications, receiver.split('/')[0] ?? '') &&
        isAsked(units, receiver) &&
        isAsked(actions, action),
    ),
  );
}

/** A list tells neither what the tasks that ended well answered nor when each of them ended. */
function listedEntry(operation: SimOperation): object {
  const actions = operation.tasks.map((task) => ({ ...begunEntry(task), ...messageOf(task) }));
  return { ...operationEntry(operation), actions };
}

function operations({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const found = entityNames(params, 'operation').map((id) => {
    const operation = model.tasks.find((each) => each.id === id);
    if (operation === undefined)
      return { error: { message: `operation "${id}" not found`, code: 'not found' } };
    return operationEntry(operation);
  });
  return { results: found };
}

function operationEntry(operation: SimOperation): object {
  const done = operation.tasks.every(({ completed }) => completed !== undefined);
  const last = Math.max(...operation.tasks.map(({ completed }) => completed ?? 0), operation.enqueued);
  const failed = operation.tasks.some(({ status }) => status === 'failed');
  return {
    operation: `operation-${operation.id}`,
    summary: operation.summary,
    enqueued: wireTime(operation.enqueued),
    started: zeroTime,
    completed: done ? wireTime(last) : zeroTime,
    status: operationStatus(done, failed),
    actions: operation.tasks.map(taskEntry),
  };
}

function operationStatus(done: boolean, failed: boolean): string {
  if (!done) return 'pending';
  return failed ? 'failed' : 'completed';
}
