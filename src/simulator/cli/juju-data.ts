/** What the client knows by itself: the files of $JUJU_DATA. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface KnownController {
  readonly name: string;
  readonly uuid: string;
  readonly addresses: readonly string[];
  readonly caCert: string;
  readonly cloud: string;
}

export interface Account {
  readonly user: string;
  readonly password?: string;
}

export interface JujuData {
  readonly controllers: ReadonlyMap<string, KnownController>;
  readonly current?: string;
  readonly accounts: ReadonlyMap<string, Account>;
  /** By controller: `owner/name` to UUID, and the current model's name. */
  readonly models: ReadonlyMap<string, KnownModels>;
}

export interface KnownModels {
  readonly uuids: ReadonlyMap<string, string>;
  readonly current?: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** Reads the directory; what is missing is empty. */
export async function readJujuData(directory: string): Promise<JujuData> {
  const [controllers, accounts, models] = await Promise.all(
    ['controllers.yaml', 'accounts.yaml', 'models.yaml'].map((name) => readTree(join(directory, name))),
  );
  const current = controllers?.['current-controller'];
  return {
    controllers: mapOf(controllers, controllerOf),
    ...(typeof current === 'string' ? { current } : {}),
    accounts: mapOf(accounts, accountOf),
    models: mapOf(models, modelsOf),
  };
}

async function readTree(file: string): Promise<Tree> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return branch(parse(text));
}

function mapOf<T>(tree: Tree | undefined, read: (name: string, entry: Tree) => T): ReadonlyMap<string, T> {
  const entries = Object.entries(branch(tree?.['controllers']));
  return new Map(entries.map(([name, entry]) => [name, read(name, branch(entry))]));
}

function controllerOf(name: string, entry: Tree): KnownController {
  return {
    name,
    uuid: text(entry['uuid']),
    addresses: list(entry['api-endpoints']),
    caCert: text(entry['ca-cert']),
    cloud: text(entry['cloud']),
  };
}

function accountOf(_name: string, entry: Tree): Account {
  const password = text(entry['password']);
  return { user: text(entry['user']), ...(password === '' ? {} : { password }) };
}

function modelsOf(_name: string, entry: Tree): KnownModels {
  const uuids = Object.entries(branch(entry['models'])).map(([name, model]): [string, string] => {
    return [name, text(branch(model)['uuid'])];
  });
  const current = text(entry['current-model']);
  return { uuids: new Map(uuids), ...(current === '' ? {} : { current }) };
}

function branch(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
