import { mapDict, newDict, type Dict } from '../../core/dict.js';
import { isKnown, mapFact, type Fact, type Unknown } from '../../core/fact.js';
import type { ApplicationState, ModelState, Offer } from '../../core/snapshot.js';
import { factFrom, jsonFact, jsonIn, notJson, refused, type Answer, type Ask } from './ask.js';
import { withAuthType, type AuthTypes } from './cli-credentials.js';
import { askCliOperations } from './cli-operations.js';
import { readBlocks, readListedOffers, readSecrets, readSshKeys } from './cli-lists.js';
import { applicationSettings, readModelSettings, secretBackend } from './cli-settings.js';
import { shownModel, type ListedModel, type ShownModel } from './cli-show-model.js';
import { isBranch } from './json.js';
import { modelFromStatus } from './model.js';

/** What reading a model needs to know of the controller. */
export interface ModelQuestion {
  readonly ask: Ask;
  readonly controller: string;
  readonly model: ListedModel;
  /** Whether we see the users of all models. */
  readonly superuser: boolean;
  readonly authTypes: AuthTypes;
}

const json = ['--format', 'json'] as const;

/** Asks all of one model by the CLI: its status, then what a status does not carry. */
export async function readModel(question: ModelQuestion): Promise<ModelState> {
  const target = targetOf(question);
  const status = await question.ask('status', '-m', target, '--utc', ...json);
  const seen = statusOf(question, status);
  const [slow, applications] = await Promise.all([
    slowFacts(question, target),
    settle(question, target, seen),
  ]);
  const { name, details } = question.model;
  return {
    ...seen,
    ...slow,
    name,
    controller: question.controller,
    info: mapFact(seen.info, (info) => ({ ...info, ...details })),
    applications,
    offers: joined(slow.offers, seen.offers),
  };
}

function targetOf({ controller, model }: ModelQuestion): string {
  return model.owner === '' ? `${controller}:${model.name}` : `${controller}:${model.owner}/${model.name}`;
}

function statusOf({ controller, model }: ModelQuestion, answer: Answer): ModelState {
  const { reading, result } = answer;
  if (result.outcome !== 'done') return unseen(controller, model.name, refused(answer, 'model read'));
  const value = jsonIn(result.stdout);
  return isBranch(value)
    ? modelFromStatus(reading, value, 'juju status')
    : unseen(controller, model.name, notJson(reading));
}

/** A model of which not even the status could be read. */
function unseen(controller: string, name: string, gap: Unknown): ModelState {
  const facts = {
    info: gap,
    machines: gap,
    relations: gap,
    remoteApplications: gap,
    offers: gap,
    users: gap,
    config: gap,
  };
  const more = { blocks: gap, secrets: gap, sshKeys: gap, credential: gap, secretBackend: gap };
  return { operations: gap, name, controller, applications: newDict(), ...facts, ...more };
}

type SlowFacts = Pick<
  ModelState,
  | 'offers'
  | 'users'
  | 'config'
  | 'blocks'
  | 'secrets'
  | 'sshKeys'
  | 'credential'
  | 'secretBackend'
  | 'operations'
>;

async function slowFacts(question: ModelQuestion, target: string): Promise<SlowFacts> {
  const { ask, authTypes } = question;
  const [offers, config, blocks, secrets, keys, backend, shown, operations] = await Promise.all([
    ask('offers', '-m', target, ...json),
    ask('model-config', '-m', target, ...json),
    ask('disabled-commands', '-m', target, ...json),
    ask('secrets', '-m', target, ...json),
    ask('ssh-keys', '-m', target),
    ask('model-secret-backend', '-m', target),
    ask('show-model', target, ...json),
    askCliOperations(ask, target),
  ]);
  const settings = jsonFact(config, 'model read', readModelSettings);
  const { users, credential } = shownIn(question, shown);
  return {
    offers: jsonFact(offers, 'model admin', readListedOffers),
    config: settings,
    blocks: jsonFact(blocks, 'model read', readBlocks),
    secrets: jsonFact(secrets, 'model read', readSecrets),
    sshKeys: factFrom(keys, 'model read', readSshKeys),
    secretBackend: secretBackend(settings, backend),
    operations,
    users,
    credential: withAuthType(credential, authTypes),
  };
}

function shownIn({ superuser }: ModelQuestion, answer: Answer): ShownModel {
  const value = answer.result.outcome === 'done' ? jsonIn(answer.result.stdout) : undefined;
  if (isBranch(value)) return shownModel(answer.reading, value, superuser);
  const gap = answer.result.outcome === 'done' ? notJson(answer.reading) : refused(answer, 'model read');
  return { users: gap, credential: gap };
}

/** Every application with its options and its trust, which take a call each. */
async function settle(
  question: ModelQuestion,
  target: string,
  seen: ModelState,
): Promise<Dict<ApplicationState>> {
  const settings = newDict<ReturnType<typeof applicationSettings>>();
  const asked = Object.keys(seen.applications).map(async (name) => {
    settings[name] = applicationSettings(await question.ask('config', '-m', target, name, ...json));
  });
  await Promise.all(asked);
  return mapDict(seen.applications, (application, name) => ({ ...application, ...settings[name] }));
}

/** The list names users but takes a model admin; the status counts connections and is silently empty for others. */
function joined(listed: Fact<Dict<Offer>>, seen: Fact<Dict<Offer>>): Fact<Dict<Offer>> {
  if (!isKnown(listed) || !isKnown(seen))
    return isKnown(seen) && Object.keys(seen.value).length > 0 ? seen : listed;
  const offers = newDict<Offer>();
  for (const [name, offer] of Object.entries(listed.value)) {
    const { connections } = seen.value[name] ?? {};
    offers[name] = connections === undefined ? offer : { ...offer, connections };
  }
  return { ...listed, value: offers };
}
