import { isDeepStrictEqual } from 'node:util';
import { JujuApiError } from '../api/api-error.js';
import type { ApiAnswer, ApiCall } from '../api/link.js';
import { readLogin, type Login } from '../api/login.js';
import type { Asked } from '../observe/shared.js';
import { branch } from '../status/json.js';
import type { ApiRecord } from './answers.js';
import { modelsOf } from './belongs.js';
import { answerTo, matching, type Match } from './matching.js';
import type { RecordedModel } from './models.js';

/** A question that a recording holds no answer to. */
const notRecorded = 'not recorded';

/** The recorded answers of a controller, found by call and by what it is about. */
export class RecordedApi {
  readonly models: readonly RecordedModel[];
  readonly #byCall: ReadonlyMap<string, readonly ApiRecord[]>;

  constructor(records: readonly ApiRecord[], models: readonly RecordedModel[]) {
    this.models = models;
    this.#byCall = Map.groupBy(records, ({ call }) => call);
  }

  /** The logins on the controller, a superuser's last. */
  logins(): readonly Login[] {
    const onController = this.#of('Admin.Login').filter(
      ({ response, error }) => error === undefined && branch(response)['model-tag'] === undefined,
    );
    const all = onController.length > 0 ? onController : this.#of('Admin.Login');
    const logins = all.flatMap(({ response, error }) => (error === undefined ? [readLogin(response)] : []));
    return logins.sort((a, b) => rank(a) - rank(b));
  }

  /** The connection to the controller of who logged in. */
  controller(login: Login | undefined): Asked {
    return { login, call: (call) => this.#answer(call, this.#of(nameOf(call))) };
  }

  /** The connection to one model. */
  model(model: RecordedModel): Asked {
    return { login: undefined, call: (call) => this.#answer(call, this.#ofModel(nameOf(call), call, model)) };
  }

  #of(call: string): readonly ApiRecord[] {
    return this.#byCall.get(call) ?? [];
  }

  /**
   * The answers that are of one model. One that tells no model is of this one if there is no other choice: every model
   * that it can be of, and that has none of its own, has one that says the same.
   */
  #ofModel(name: string, call: ApiCall, model: RecordedModel): readonly ApiRecord[] {
    const asked = branch(call.params);
    const all = this.#of(name).filter(({ params }) => matching(asked, params) !== undefined);
    const owners = all.map((record) => modelsOf(record, this.models));
    const served = new Set(owners.flatMap((models) => (models.length === 1 ? models : [])));
    if (served.has(model)) return all.filter((_, at) => owners[at]?.length === 1 && owners[at][0] === model);
    return all.filter((record, at) => {
      const candidates = owners[at]?.filter((candidate) => !served.has(candidate)) ?? [];
      const alike = all.filter((other) => isSameAnswer(record, other));
      return candidates.includes(model) && alike.length >= candidates.length;
    });
  }

  #answer(call: ApiCall, records: readonly ApiRecord[]): Promise<ApiAnswer> {
    const asked = branch(call.params);
    const found = records.flatMap((record): { record: ApiRecord; match: Match }[] => {
      const match = matching(asked, record.params);
      return match === undefined ? [] : [{ record, match }];
    });
    // A refusal counts only where nobody was answered; of several answers the latest.
    const best = found.findLast(({ record }) => record.error === undefined) ?? found.at(-1);
    if (best === undefined) return Promise.reject(missing(nameOf(call)));
    return given(best.record, best.match);
  }
}

function given({ call, version, response, error }: ApiRecord, match: Match): Promise<ApiAnswer> {
  if (error !== undefined) return Promise.reject(new JujuApiError({ call, ...error }));
  return Promise.resolve({ answer: answerTo(match, response), call: `${call} v${version}` });
}

function missing(call: string): JujuApiError {
  return new JujuApiError({
    call,
    code: notRecorded,
    message: `the recording holds no answer to ${call} here`,
  });
}

function nameOf({ facade, request }: ApiCall): string {
  return `${facade}.${request}`;
}

function isSameAnswer(a: ApiRecord, b: ApiRecord): boolean {
  return isDeepStrictEqual([a.response, a.error], [b.response, b.error]);
}

function rank({ controllerAccess }: Login): number {
  return controllerAccess === 'superuser' ? 1 : 0;
}
