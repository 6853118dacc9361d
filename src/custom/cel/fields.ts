/** What expressions can read of a target. Every read goes through the view, so that a change of it is judged again. */
import { ApplicationView, ControllerView, type ModelView, type View } from '../../core/evaluate/view.js';
import { isKnown, unknown, type Fact } from '../../core/fact.js';
import type { ScopeName } from '../../core/control.js';
import { Misfit, Unseen } from './trouble.js';
import { Collected, valueFrom } from './value.js';

/** The facts of each kind of target. */
export const factNames = {
  application: [
    'charm',
    'status',
    'exposure',
    'bindings',
    'relations',
    'units',
    'upgrade',
    'config',
    'trust',
    'probes',
  ],
  model: [
    'info',
    'machines',
    'relations',
    'remoteApplications',
    'offers',
    'users',
    'config',
    'blocks',
    'secrets',
    'sshKeys',
    'credential',
    'secretBackend',
    'operations',
  ],
  controller: ['info', 'config', 'users', 'clouds', 'self', 'rotations'],
} as const satisfies Readonly<Record<ScopeName, readonly string[]>>;

/** All that can be read of each kind of target. */
export const fieldNames: Readonly<Record<ScopeName, readonly string[]>> = {
  application: ['name', 'model', 'workload', ...factNames.application],
  model: ['name', 'controller', 'applications', ...factNames.model],
  controller: ['name', 'models', ...factNames.controller],
};

/** The variables of each scope, with what they stand for. */
export const variables: Readonly<Record<ScopeName, Readonly<Record<string, ScopeName>>>> = {
  application: { app: 'application', model: 'model', controller: 'controller' },
  model: { model: 'model', controller: 'controller' },
  controller: { controller: 'controller' },
};

/** Told of every fact that is read. */
export type Told = (fact: Fact<unknown>, name: string) => void;

/** @throws Unseen where the fact was not read; Misfit where there is no such field. */
export function fieldOf(view: View, name: string, told: Told): unknown {
  if (name === 'name') return view.name;
  const around = surroundings(view, name);
  if (around !== undefined) return around;
  if (!(factNames[view.scope] as readonly string[]).includes(name))
    throw new Misfit(`${view.scope} has no field ${name}`);
  return seen(factOf(view, name), name, told);
}

/** What was collected inside under a name. @throws Unseen where nothing was. */
export function collectedIn({ evidence }: Collected, name: string, told: Told): unknown {
  const fact = Object.hasOwn(evidence, name) ? evidence[name] : undefined;
  return seen(fact ?? notCollected(name), name, told);
}

function seen(fact: Fact<unknown>, name: string, told: Told): unknown {
  if (!isKnown(fact)) throw new Unseen(fact);
  told(fact, name);
  return valueFrom(fact.value);
}

function surroundings(view: View, name: string): unknown {
  if (view instanceof ApplicationView) {
    if (name === 'workload') return new Collected(view.get('workload'));
    return name === 'model' ? view.model : undefined;
  }
  if (view instanceof ControllerView) return name === 'models' ? view.models() : undefined;
  if (name === 'applications') return view.applications();
  return name === 'controller' ? view.controller : undefined;
}

function factOf(view: View, name: string): Fact<unknown> {
  const cells = view as unknown as { get(key: string): Fact<unknown> | undefined };
  return cells.get(name) ?? unknown(nowhere, `${name} is not read on this road`);
}

const nowhere = { source: { road: 'snapshot', call: 'custom control' }, at: '1970-01-01T00:00:00Z' } as const;

function notCollected(name: string): Fact<unknown> {
  return unknown(nowhere, `${name} was not collected inside the units`, 'a workload line in the policy');
}

/** The values of the variables for a target. */
export function bindings(view: View): ReadonlyMap<string, unknown> {
  const around: [string, View][] = [];
  if (view instanceof ApplicationView) around.push(['app', view]);
  const model = modelOf(view);
  if (model !== undefined) around.push(['model', model]);
  around.push(['controller', model?.controller ?? view]);
  return new Map(around);
}

function modelOf(view: View): ModelView | undefined {
  if (view instanceof ApplicationView) return view.model;
  return view instanceof ControllerView ? undefined : view;
}
