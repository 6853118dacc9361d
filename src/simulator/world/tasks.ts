/** Actions and commands on units: operations with one task for each unit. */
import { behaviourOf } from '../charms/behaviours.js';
import type { ShellAnswer } from '../charms/behaviour.js';
import type { ActionAnswer } from '../charms/charm.js';
import { commonAction } from '../charms/common-actions.js';
import { catOf, commonShell } from '../charms/common-shell.js';
import { JujuError } from '../errors.js';
import { between } from '../random.js';
import { refreshAction } from '../refresh/actions.js';
import { touch, type SimModel, type SimOperation, type SimTask, type SimUnit } from './state.js';

export interface TaskRequest {
  /** A unit's name, or `app/leader`. */
  readonly receiver: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A task that could not be made, with the reason. */
export interface Unscheduled {
  readonly receiver: string;
  readonly error: JujuError;
}

export interface Scheduled {
  readonly operation: SimOperation;
  readonly results: readonly (SimTask | Unscheduled)[];
}

export const execAction = 'juju-exec';

/** Queues an action on units of one application. */
export function enqueue(model: SimModel, requests: readonly TaskRequest[]): Scheduled {
  const applications = new Set(requests.map(({ receiver }) => receiver.split('/')[0]));
  if (applications.size > 1) throw new JujuError('actions must be run on units from the same application');
  checkDefined(model, requests);
  const summary = `action "${requests[0]?.action ?? ''}"`;
  return schedule(model, summary, requests);
}

/** Queues a shell command on units. */
export function enqueueCommand(model: SimModel, units: readonly string[], command: string): Scheduled {
  const parameters = { command, timeout: 300_000_000_000 };
  const requests = units.map((receiver) => ({ receiver, action: execAction, parameters }));
  return schedule(model, `exec ${JSON.stringify(command)}`, requests);
}

export function unitNamed(model: SimModel, name: string): SimUnit | undefined {
  const [application = '', which] = name.split('/');
  const units = model.applications.get(application)?.units ?? [];
  return units.find((unit) => (which === 'leader' ? unit.leader : unit.name === name));
}

function checkDefined(model: SimModel, requests: readonly TaskRequest[]): void {
  for (const { receiver, action } of requests) {
    const unit = unitNamed(model, receiver);
    if (unit === undefined || unit.application.charm.actions.includes(action)) continue;
    throw new JujuError(`action "${action}" not defined for unit "${unit.name}".`, 'not found');
  }
}

function schedule(model: SimModel, summary: string, requests: readonly TaskRequest[]): Scheduled {
  const enqueued = model.controller.world.clock.now();
  const operation: SimOperation = { id: String(model.nextTask++), summary, enqueued, tasks: [] };
  model.tasks.push(operation);
  const results = requests.map((request) => scheduleOne(model, operation, request));
  return { operation, results };
}

function scheduleOne(model: SimModel, operation: SimOperation, request: TaskRequest): SimTask | Unscheduled {
  const unit = unitNamed(model, request.receiver);
  if (unit === undefined) {
    const { receiver } = request;
    const missing = `linking task to unit: getting unit UUID for "${receiver}": unit "${receiver}" not found`;
    return { receiver, error: new JujuError(missing) };
  }
  const task: SimTask = {
    id: String(model.nextTask++),
    receiver: unit.name,
    onMachine: false,
    action: request.action,
    parameters: request.parameters,
    enqueued: operation.enqueued,
    status: 'pending',
    message: '',
    output: {},
  };
  operation.tasks.push(task);
  start(unit, task);
  return task;
}

const usualMs = [350, 900] as const;
const backupMs = [4000, 6000] as const;

/** A lost agent never picks its tasks up. */
function start(unit: SimUnit, task: SimTask): void {
  const { world } = unit.application.model.controller;
  if (unit.agent.status === 'lost') return;
  world.clock.after(between(world.random, 100, 300), () => {
    task.status = 'running';
    task.started = world.clock.now();
    touch(unit.application.model);
  });
  const [least, most] = task.action === 'create-backup' ? backupMs : usualMs;
  world.clock.after(between(world.random, least, most), () => {
    complete(unit, task);
  });
}

function complete(unit: SimUnit, task: SimTask): void {
  const { model } = unit.application;
  const answer = task.action === execAction ? runCommand(unit, task) : runAction(unit, task);
  task.status = answer.status;
  task.message = answer.message ?? '';
  task.output = { ...answer.output, 'return-code': answer.output?.['return-code'] ?? 0 };
  task.completed = model.controller.world.clock.now();
  touch(model);
}

function runAction(unit: SimUnit, { action, parameters }: SimTask): ActionAnswer {
  const { controller } = unit.application.model;
  const { failActions } = controller.faults;
  if (failActions !== undefined) return { status: 'failed', message: failActions };
  const { charm } = unit.application;
  const call = { world: controller.world, unit, action, parameters };
  const answer = behaviourOf(unit.application)?.action?.(call) ?? charm.answers?.[action];
  return answer ?? commonAction(call) ?? refreshAction(unit, action) ?? { status: 'completed' };
}

function answerOf(unit: SimUnit, command: string): ShellAnswer {
  const behaviour = behaviourOf(unit.application);
  const { shell } = unit.application.model.controller.world;
  const disk = behaviour?.disk?.(unit);
  const byDisk = disk === undefined ? undefined : (shell?.(disk, command) ?? catOf(disk, command));
  return behaviour?.shell?.(unit, command) ?? byDisk ?? commonShell(unit, command);
}

function runCommand(unit: SimUnit, { parameters }: SimTask): ActionAnswer {
  const command = String(parameters['command']);
  const answer = answerOf(unit, command);
  const { code, stdout = '', stderr = '' } = answer;
  const output = { 'return-code': code, ...(stdout && { stdout }), ...(stderr && { stderr }) };
  return { status: 'completed', output };
}
