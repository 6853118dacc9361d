import { newDict, type Dict } from '../../core/dict.js';
import { isKnown, type Fact, type Reading } from '../../core/fact.js';
import type {
  Block,
  CloudCredential,
  ConfigOption,
  ConfigValue,
  ModelUser,
  Offer,
  Operation,
  SecretMeta,
} from '../../core/snapshot.js';
import type { ApiCall } from '../api/link.js';
import { refused } from './answer.js';
import { readApplication, type ApplicationSettings } from './read-application.js';
import { readBlocks } from './read-blocks.js';
import { readModelConfig, readSecretBackend, secretBackendIn } from './read-model-config.js';
import { readAuthType, readModelInfo, type ModelInformation } from './read-model-info.js';
import type { ListedModel, ModelDetails } from './read-models.js';
import { readOffers } from './read-offers.js';
import { askOperations } from './read-operations.js';
import { readSecrets } from './read-secrets.js';
import { readSshKeys } from './read-ssh-keys.js';
import { slowMaxAge, type Asked, type Asking } from './shared.js';
import { ask, factQuestion, Slot, type Question } from './slot.js';

/** Everything of one model that its status does not tell, read at its own pace. */
export class ModelFacts {
  readonly users: Slot<readonly ModelUser[]>;
  readonly credential: Slot<CloudCredential>;
  readonly config: Slot<Dict<ConfigValue>>;
  readonly secretBackend: Slot<string>;
  readonly blocks: Slot<readonly Block[]>;
  readonly secrets: Slot<readonly SecretMeta[]>;
  readonly sshKeys: Slot<readonly string[]>;
  readonly offers: Slot<Dict<Offer>>;
  readonly operations: Slot<readonly Operation[]>;
  details: ModelDetails;
  #applications = newDict<ApplicationSlots>();
  #begun = false;
  readonly #shared: Asking;
  readonly #link: Asked;
  readonly #model: ListedModel;

  constructor(shared: Asking, link: Asked, model: ListedModel) {
    this.#shared = shared;
    this.#link = link;
    this.#model = model;
    this.details = model.details;
    this.users = this.#slot('ModelManager.ModelInfo');
    this.credential = this.#slot('ModelManager.ModelInfo');
    this.config = this.#slot('ModelConfig.ModelGet');
    this.secretBackend = this.#slot('ModelConfig.GetModelSecretBackend');
    this.blocks = this.#slot('Block.List');
    this.secrets = this.#slot('Secrets.ListSecrets');
    this.sshKeys = this.#slot('KeyManager.ListKeys');
    this.offers = this.#slot('ApplicationOffers.ListApplicationOffers');
    this.operations = this.#slot('Action.ListOperations');
  }

  /** Configuration and trust of one application. */
  application(name: string): ApplicationSettings {
    const slots = (this.#applications[name] ??= this.#applicationSlots());
    return { config: slots.config.fact, trust: slots.trust.fact };
  }

  /** Whether everything, these applications included, was asked for at least once. */
  covers(applications: readonly string[]): boolean {
    return this.#begun && applications.every((name) => this.#applications[name]?.asked === true);
  }

  /** Reads all anew. @throws the first trouble that may pass; what could be read is kept. */
  async renew(applications: readonly string[]): Promise<void> {
    this.#begun = true;
    const outcomes = await Promise.allSettled([
      this.#run(() => this.#renewInformation()),
      this.#run(() => this.#renewOffers()),
      this.#run(() => this.#renewConfig()),
      ...this.#simple().map((task) => this.#run(task)),
      ...this.#renewApplications(applications),
    ]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason as Error;
  }

  #simple(): readonly (() => Promise<void>)[] {
    const fingerprints = { entities: { entities: [{ tag: 'admin' }] }, mode: false };
    return [
      () => this.blocks.renew(() => this.#fact({ facade: 'Block', request: 'List' }, readBlocks)),
      () =>
        this.secrets.renew(() =>
          this.#fact(
            { facade: 'Secrets', request: 'ListSecrets', params: { 'show-secrets': false, filter: {} } },
            readSecrets,
          ),
        ),
      () =>
        this.sshKeys.renew(() =>
          this.#fact({ facade: 'KeyManager', request: 'ListKeys', params: fingerprints }, readSshKeys),
        ),
      () => this.operations.renew(() => askOperations(this.#link, this.#shared.clock)),
    ];
  }

  async #renewConfig(): Promise<void> {
    await this.config.renew(() =>
      this.#fact({ facade: 'ModelConfig', request: 'ModelGet' }, readModelConfig),
    );
    // 3.6 keeps it in the configuration, 4.x has a call of its own.
    await this.secretBackend.renew(async () => {
      const listed = secretBackendIn(this.config.fact);
      if (isKnown(listed)) return listed;
      return this.#fact({ facade: 'ModelConfig', request: 'GetModelSecretBackend' }, readSecretBackend);
    });
  }

  async #renewInformation(): Promise<void> {
    const { audit, clock, onBadName } = this.#shared;
    const params = { entities: [{ tag: `model-${this.#model.uuid}` }] };
    const question: Question<ModelInformation> = {
      link: audit,
      call: { facade: 'ModelManager', request: 'ModelInfo', params },
      read: (reading, answer) =>
        readModelInfo(reading, answer, { superuser: this.#shared.superuser(), onBadName }),
      refuse: (reading, error) => {
        const gap = refused(reading, error, 'model read');
        return { details: undefined, users: gap, credential: gap, credentialTag: '' };
      },
    };
    try {
      const information = await ask(question, clock);
      if (information.details !== undefined)
        this.details = { ...this.#model.details, ...information.details };
      this.users.set(information.users);
      this.credential.set(await this.#withAuthType(information));
    } catch (error) {
      this.users.failed(error);
      this.credential.failed(error);
      throw error;
    }
  }

  /** Who may not see the credential itself still sees which one it is. */
  async #withAuthType({ credential, credentialTag }: ModelInformation): Promise<Fact<CloudCredential>> {
    if (!isKnown(credential)) return credential;
    const authType = await ask<string | undefined>(
      {
        link: this.#shared.audit,
        call: { facade: 'Cloud', request: 'Credential', params: { entities: [{ tag: credentialTag }] } },
        read: readAuthType,
        refuse: () => undefined,
      },
      this.#shared.clock,
    );
    return authType === undefined ? credential : { ...credential, value: { ...credential.value, authType } };
  }

  async #renewOffers(): Promise<void> {
    const { audit, clock, onBadName } = this.#shared;
    const owner = this.details.owner ?? '';
    const filter = { 'model-qualifier': owner, 'owner-name': owner, 'model-name': this.#model.name };
    const call: ApiCall = {
      facade: 'ApplicationOffers',
      request: 'ListApplicationOffers',
      params: { Filters: [filter] },
    };
    const read = (reading: Reading, answer: unknown): Fact<Dict<Offer>> =>
      readOffers(reading, answer, onBadName);
    await this.offers.renew(() => ask(factQuestion(audit, call, read, 'model admin'), clock));
  }

  #renewApplications(names: readonly string[]): readonly Promise<void>[] {
    const kept = newDict<ApplicationSlots>();
    for (const name of names) kept[name] = this.#applications[name] ?? this.#applicationSlots();
    this.#applications = kept;
    return Object.entries(kept).map(([name, slots]) => this.#run(() => this.#renewApplication(name, slots)));
  }

  async #renewApplication(application: string, slots: ApplicationSlots): Promise<void> {
    const question: Question<ApplicationSettings> = {
      link: this.#link,
      call: { facade: 'Application', request: 'Get', params: { application, branch: '' } },
      read: readApplication,
      refuse: (reading, error) => {
        const gap = refused(reading, error, 'model read');
        return { config: gap, trust: gap };
      },
    };
    try {
      const { config, trust } = await ask(question, this.#shared.clock);
      slots.config.set(config);
      slots.trust.set(trust);
      slots.asked = true;
    } catch (error) {
      slots.config.failed(error);
      slots.trust.failed(error);
      throw error;
    }
  }

  #fact<T>(call: ApiCall, read: (reading: Reading, answer: unknown) => Fact<T>): Promise<Fact<T>> {
    return ask(factQuestion(this.#link, call, read, 'model read'), this.#shared.clock);
  }

  #run(task: () => Promise<void>): Promise<void> {
    return this.#shared.factSlots.run(task);
  }

  #applicationSlots(): ApplicationSlots {
    return { config: this.#slot('Application.Get'), trust: this.#slot('Application.Get'), asked: false };
  }

  #slot<T>(call: string): Slot<T> {
    return new Slot<T>(call, this.#shared.clock, slowMaxAge(this.#shared.settings));
  }
}

interface ApplicationSlots {
  readonly config: Slot<Dict<ConfigOption>>;
  readonly trust: Slot<boolean>;
  asked: boolean;
}
