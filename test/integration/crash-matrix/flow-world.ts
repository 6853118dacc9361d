/** What must hold in the simulated world at the end of a flow, wherever the daemon was killed on its way. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Simulator } from '../../../src/simulator/index.js';
import { passwordsOf } from '../../../src/simulator/world/passwords.js';
import type { SimApplication, SimModel } from '../../../src/simulator/world/state.js';
import { passwordIn } from '../../support/rotation-stage.js';
import { newRevision, type Flow } from './flows.js';
import type { Left } from './house.js';

interface End {
  readonly flow: Flow;
  readonly simulator: Simulator;
  readonly folder: string;
  readonly left: Left;
}

/** One sentence for each thing that is wrong; what a person has to look at is not at its end. */
export async function faultsIn(end: End): Promise<readonly string[]> {
  const model = modelOf(end);
  const isWithPerson = end.left.remediations.some(({ state }) => state === 'NeedsReview');
  const keepers = [...(await ownPasswords(end)), ...leftovers(await namesIn(end.folder))];
  return isWithPerson ? keepers : [...keepers, ...goal(end.flow, model)];
}

function goal(flow: Flow, model: SimModel): readonly string[] {
  const app = model.applications.get('app');
  if (flow.publish !== undefined) return unrefreshed(app);
  if (flow.ends === 'RolledBack')
    return model.config.get('update-status-hook-interval')?.value === '7m'
      ? ['the change was not undone']
      : [];
  switch (flow.name) {
    case 'password of a Juju user':
      return bob(model);
    case 'system user, set-password':
      return app !== undefined && passwordsOf(app).has('operator') ? [] : ['operator has no new password'];
    case 'system user, secret':
      return secretTaken(model, app);
    default:
      return [];
  }
}

function unrefreshed(app: SimApplication | undefined): readonly string[] {
  const isThrough = app?.units.every(({ refreshed }) => refreshed === newRevision) === true;
  return isThrough && app.refresh === undefined ? [] : ['not all units are refreshed'];
}

/** The files hold the passwords that are in force. */
async function ownPasswords({ folder, simulator }: End): Promise<readonly string[]> {
  const users = simulator.world.controllers.get('prod')?.users;
  const kept = async (name: string): Promise<readonly string[]> =>
    passwordIn(await readFile(join(folder, `${name}.yaml`), 'utf8')) === users?.get(name)?.password
      ? []
      : [`the file of ${name} holds a password that is not in force`];
  return (await Promise.all(['observer', 'remediator'].map(kept))).flat();
}

function bob(model: SimModel): readonly string[] {
  const secret = model.secrets.find(({ label }) => label === 'bob-password');
  const inForce = model.controller.users.get('bob')?.password;
  return secret?.content?.['password'] === inForce
    ? []
    : ["bob's secret holds another password than bob has"];
}

function secretTaken(model: SimModel, app: SimApplication | undefined): readonly string[] {
  const secret = model.secrets.find(({ label }) => label === 'holdfast-app-system-users');
  const own = app && JSON.stringify(Object.fromEntries(passwordsOf(app)));
  return secret !== undefined && own === JSON.stringify(secret.content)
    ? []
    : ['the charm does not have the passwords of the secret'];
}

/** Files that a change of a password needs only for as long as it is under way. */
function leftovers(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => name.endsWith('.next') || name.startsWith('for-juju-'))
    .map((name) => `${name} was left behind`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.map(({ name }) => name);
}

function modelOf({ simulator }: End): SimModel {
  const models = [...(simulator.world.controllers.get('prod')?.models.values() ?? [])];
  const model = models.find(({ name }) => name === 'flow');
  if (model === undefined) throw new Error('there is no model of the flow');
  return model;
}
