import { newDict } from '../../core/dict.js';
import { mapFact } from '../../core/fact.js';
import type { Clock } from '../../core/ports/index.js';
import type { ControllerState, ModelInfo, ModelState } from '../../core/snapshot.js';
import { sentenceOf } from '../api/api-error.js';
import { Semaphore } from '../api/semaphore.js';
import { ControllerFacts } from '../observe/controller-facts.js';
import { shownNames } from '../observe/controller-watch.js';
import { blindStatus, readFullStatus, type ModelStatus } from '../observe/full-status.js';
import { ModelFacts } from '../observe/model-facts.js';
import { assembleModel } from '../observe/model-state.js';
import { followDefaults } from '../observe/settings.js';
import type { Asked, Asking } from '../observe/shared.js';
import { readingOf } from '../observe/slot.js';
import { defined } from '../status/json.js';
import type { ApiRecord } from './answers.js';
import { recordedModels, type RecordedModel } from './models.js';
import { RecordedApi } from './recorded-api.js';

/** A controller as the recorded answers of its API show it, read as the live ones are. */
export async function readApiRecords(
  records: readonly ApiRecord[],
  controller: string,
  clock: Clock,
): Promise<ControllerState> {
  const api = new RecordedApi(records, recordedModels(records));
  const [asking, facts] = partsOf(api, clock);
  await facts.renew();
  facts.noteLogins();
  if (asking.home.login === undefined) facts.loginsFailed(new Error('the recording holds no login'));
  const names = shownNames(api.models);
  const models = newDict<ModelState>();
  for (const model of api.models) {
    const name = names.get(model.uuid) ?? model.name;
    models[name] = await readModel({ controller, name, model }, asking, api.model(model));
  }
  const { info, config, users, clouds, self } = facts;
  return {
    name: controller,
    info: info.fact,
    config: config.fact,
    users: users.fact,
    clouds: clouds.fact,
    self: self.fact,
    models,
  };
}

function partsOf(api: RecordedApi, clock: Clock): readonly [Asking, ControllerFacts] {
  const logins = api.logins();
  const asking: Asking = {
    clock,
    settings: followDefaults,
    home: api.controller(logins[0]),
    audit: api.controller(logins.at(-1)),
    superuser: () => facts.superuser,
    factSlots: new Semaphore(1),
    onBadName: () => undefined,
  };
  // One who logged in twice is one identity.
  const isOne = logins.length < 2 || logins[0]?.user === logins.at(-1)?.user;
  const shared = isOne ? { ...asking, home: asking.audit } : asking;
  const facts: ControllerFacts = new ControllerFacts(shared);
  return [shared, facts];
}

interface Place {
  readonly controller: string;
  readonly name: string;
  readonly model: RecordedModel;
}

async function readModel(place: Place, asking: Asking, link: Asked): Promise<ModelState> {
  const status = await statusOf(link, asking.clock);
  const facts = new ModelFacts(asking, link, place.model);
  await facts.renew(Object.keys(status.applications));
  const state = assembleModel(place, status, facts);
  return place.model.uuid === '' ? { ...state, info: withoutUuid(state.info) } : state;
}

/** A model that only its status tells of has no UUID there. */
function withoutUuid(info: ModelState['info']): ModelState['info'] {
  return mapFact(info, (value) => defined<ModelInfo>({ ...value, uuid: undefined }));
}

async function statusOf(link: Asked, clock: Clock): Promise<ModelStatus> {
  try {
    const { answer, call } = await link.call({ facade: 'Client', request: 'FullStatus' });
    return readFullStatus(readingOf(call, clock.now()), answer, () => undefined);
  } catch (error) {
    return blindStatus(readingOf('Client.FullStatus', clock.now()), sentenceOf(error));
  }
}
