import { newDict } from '../../core/dict.js';
import { known, unknown, type Fact } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type { Clock, JujuCli } from '../../core/ports/index.js';
import type {
  ControllerInfo,
  ControllerState,
  ModelState,
  SelfAccess,
  Snapshot,
  UserAccount,
} from '../../core/snapshot.js';
import { asker, jsonFact, jsonIn, refused, type Answer, type Ask } from './ask.js';
import { authTypes } from './cli-credentials.js';
import { readModel } from './cli-model.js';
import { readControllerSettings } from './cli-settings.js';
import { listedModel, type ListedModel } from './cli-show-model.js';
import { readUsers } from './cli-users.js';
import { branch, isBranch, text, textOr, type Branch } from './json.js';
import { secondsOf } from './time.js';

/** Who asks, and how. */
export interface CliRoad {
  /** A driver that only reads, with the caller's own login. */
  readonly cli: JujuCli;
  /** Whom the caller is logged in as. */
  readonly user: string;
  readonly clock: Clock;
  /** Told what is read right now, one line each. */
  readonly progress: (line: string) => void;
}

/** Calls at once: they share one data directory with a lock on it. */
const atOnce = 4;

/**
 * A snapshot of one controller with all models that the caller may see, read by nothing but a logged-in `juju`. What
 * the caller may not see is unknown, with the permission named.
 * @throws InputError when the controller or its list of models cannot be read at all.
 */
export async function readWithCli(road: CliRoad): Promise<Snapshot> {
  const { cli, clock, progress } = road;
  const takenAt = secondsOf(clock.now());
  const ask = asker(cli, clock, atOnce);
  progress(`asking the controller ${cli.controller}`);
  const shown = await ask('show-controller', cli.controller, '--format', 'json');
  const home = branch(branch(mustBeJson(shown, cli.controller))[cli.controller]);
  const superuser = text(branch(home['account'])['access']) === 'superuser';
  const [controller, listed, types] = await Promise.all([
    controllerFacts({ ask, road, shown, home, superuser }),
    listModels(ask, cli.controller, superuser),
    ask('credentials', '-c', cli.controller, '--format', 'json'),
  ]);
  const shared = {
    ask,
    controller: cli.controller,
    superuser,
    authTypes: authTypes(jsonIn(types.result.stdout), road.user),
  };
  const models = newDict<ModelState>();
  for (const [key, model] of keyed(listed)) {
    progress(`reading the model ${key}`);
    models[key] = { ...(await readModel({ ...shared, model })), name: key };
  }
  const controllers = newDict<ControllerState>();
  controllers[cli.controller] = { ...controller, models };
  return { kind: 'Snapshot', version: 'v1', takenAt, controllers };
}

interface ControllerQuestion {
  readonly ask: Ask;
  readonly road: CliRoad;
  readonly shown: Answer;
  readonly home: Branch;
  readonly superuser: boolean;
}

async function controllerFacts(question: ControllerQuestion): Promise<Omit<ControllerState, 'models'>> {
  const { ask, road, shown, superuser } = question;
  const name = road.cli.controller;
  const [users, config] = await Promise.all([
    ask('users', '-c', name, '--all', '--exact-time', '--format', 'json'),
    ask('controller-config', '-c', name, '--format', 'json'),
  ]);
  return {
    name,
    info: infoOf(question),
    config: jsonFact(config, 'controller login', readControllerSettings),
    users: usersOf(users, superuser),
    clouds: unknown(shown.reading, 'juju lists no access to clouds; give a controller in the policy'),
    self: selfOf(question),
  };
}

function infoOf({ shown, home }: ControllerQuestion): Fact<ControllerInfo> {
  const details = branch(home['details']);
  const version = text(details['agent-version']);
  if (version === '') return unknown(shown.reading, "juju does not tell the controller's version");
  const uuid = textOr(details['uuid']);
  return known(shown.reading, {
    ...(uuid === undefined ? {} : { uuid }),
    version,
    facades: newDict<readonly number[]>(),
  });
}

function usersOf(answer: Answer, superuser: boolean): Fact<readonly UserAccount[]> {
  if (superuser) return jsonFact(answer, 'controller superuser', readUsers);
  return unknown(
    answer.reading,
    'Juju shows the users of a controller to superusers only',
    'controller superuser',
  );
}

function selfOf({ road, shown, home }: ControllerQuestion): Fact<SelfAccess> {
  const access = text(branch(home['account'])['access']);
  return known(shown.reading, { identities: [{ role: 'caller', user: road.user, access }] });
}

/** All models for a superuser, the own ones for anybody else. */
async function listModels(ask: Ask, controller: string, superuser: boolean): Promise<readonly ListedModel[]> {
  const all = superuser ? ['--all'] : [];
  const answer = await ask('models', '-c', controller, ...all, '--exact-time', '--format', 'json');
  const { models } = mustBeJson(answer, controller);
  return (Array.isArray(models) ? (models as unknown[]) : []).filter(isBranch).map(listedModel);
}

/** By name; by owner and name where two models share a name. */
function keyed(models: readonly ListedModel[]): readonly (readonly [string, ListedModel])[] {
  const seen = new Map<string, number>();
  for (const { name } of models) seen.set(name, (seen.get(name) ?? 0) + 1);
  return models.map((model) => [
    seen.get(model.name) === 1 ? model.name : `${model.owner}/${model.name}`,
    model,
  ]);
}

function mustBeJson(answer: Answer, controller: string): Branch {
  const { result } = answer;
  const value = result.outcome === 'done' ? jsonIn(result.stdout) : undefined;
  if (isBranch(value)) return value;
  const { reason } = refused(answer, 'controller login').unknown;
  throw new InputError(
    `juju cannot read the controller ${controller} (${reason}): try "juju status", and "juju login" if it asks for one`,
  );
}
