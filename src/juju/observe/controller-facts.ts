import type { Dict } from '../../core/dict.js';
import { known, unknown, type Fact, type Reading, type Unknown } from '../../core/fact.js';
import type { CloudState, ControllerInfo, SelfAccess, UserAccount } from '../../core/snapshot.js';
import { refused } from './answer.js';
import { cloudTags, readClouds } from './read-clouds.js';
import { readControllerConfig } from './read-controller-config.js';
import { accessOf, readUsers, userAccounts } from './read-users.js';
import { slowMaxAge, type Asked, type Asking } from './shared.js';
import { ask, factQuestion, readingOf, Slot, type Question } from './slot.js';

interface UserList {
  readonly accounts: readonly UserAccount[];
  readonly users: Fact<readonly UserAccount[]>;
}

/** Users, settings and clouds of one controller, and what we ourselves are on it. */
export class ControllerFacts {
  readonly info: Slot<ControllerInfo>;
  readonly self: Slot<SelfAccess>;
  readonly users: Slot<readonly UserAccount[]>;
  readonly config: Slot<Dict<unknown>>;
  readonly clouds: Slot<Dict<CloudState>>;
  readonly #shared: Asking;
  /** Our own level as last read; a login tells it only once. */
  #auditAccess: string | undefined;

  constructor(shared: Asking) {
    this.#shared = shared;
    this.info = this.#slot('Admin.Login');
    this.self = this.#slot('Admin.Login');
    this.users = this.#slot('UserManager.UserInfo');
    this.config = this.#slot('Controller.ControllerConfig');
    this.clouds = this.#slot('Cloud.CloudInfo');
  }

  get superuser(): boolean {
    return (this.#auditAccess ?? this.#shared.audit.login?.controllerAccess) === 'superuser';
  }

  /** Takes over what the present logins tell. */
  noteLogins(): void {
    const { home, audit, clock, ownPlace } = this.#shared;
    if (home.login === undefined) return;
    const { controllerUuid: uuid, serverVersion: version, facades } = home.login;
    const reading = readingOf('Admin.Login v3', clock.now());
    this.info.set(known(reading, { ...(uuid === '' ? {} : { uuid }), version, facades }));
    const identities = [identityOf('observer', home, undefined)];
    if (audit !== home) identities.push(identityOf('auditor', audit, this.#auditAccess));
    else identities.splice(0, 1, identityOf('observer', home, this.#auditAccess));
    const ours = identities.filter(({ user }) => user !== '');
    this.self.set(known(reading, { identities: ours, ...(ownPlace && { place: ownPlace() }) }));
  }

  loginsFailed(error: unknown): void {
    this.info.failed(error);
    this.self.failed(error);
  }

  /** Reads all anew. @throws the first trouble that may pass; what could be read is kept. */
  async renew(): Promise<void> {
    // First: the list tells whether we are a superuser, on which the rest depends.
    const users = await Promise.allSettled([this.#renewUsers()]);
    const others = await Promise.allSettled([this.#renewConfig(), this.#renewClouds()]);
    const outcomes = [...users, ...others];
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason as Error;
  }

  async #renewUsers(): Promise<void> {
    const { audit, clock, onBadName } = this.#shared;
    const params = { entities: [], 'include-disabled': true };
    const question: Question<UserList> = {
      link: audit,
      call: { facade: 'UserManager', request: 'UserInfo', params },
      read: (reading, answer) => this.#readUsers(reading, userAccounts(reading, answer, onBadName)),
      refuse: (reading, error) => ({ accounts: [], users: refused(reading, error, 'controller superuser') }),
    };
    await this.users.renew(async () => (await ask(question, clock)).users);
  }

  #readUsers(reading: Reading, accounts: readonly UserAccount[]): UserList {
    const self = this.#shared.audit.login?.user ?? '';
    this.#auditAccess = accessOf(accounts, self) ?? this.#auditAccess;
    return { accounts, users: readUsers(reading, accounts, this.superuser) };
  }

  async #renewConfig(): Promise<void> {
    const { audit, clock } = this.#shared;
    const call = { facade: 'Controller', request: 'ControllerConfig' } as const;
    await this.config.renew(() =>
      ask(factQuestion(audit, call, readControllerConfig, 'controller login'), clock),
    );
  }

  async #renewClouds(): Promise<void> {
    await this.clouds.renew(async () => {
      const reading = readingOf('Cloud.CloudInfo', this.#shared.clock.now());
      if (!this.superuser)
        return unknown(
          reading,
          'Juju shows the users of all clouds to superusers only',
          'controller superuser',
        );
      const tags = await this.#cloudTags();
      return 'unknown' in tags ? tags : this.#cloudInfo(tags);
    });
  }

  #cloudTags(): Promise<readonly string[] | Unknown> {
    const { audit: link, clock } = this.#shared;
    const question: Question<readonly string[] | Unknown> = {
      link,
      call: { facade: 'Cloud', request: 'Clouds' },
      read: (_, answer) => cloudTags(answer),
      refuse: (reading, error) => refused(reading, error, 'controller superuser'),
    };
    return ask(question, clock);
  }

  #cloudInfo(tags: readonly string[]): Promise<Fact<Dict<CloudState>>> {
    const params = { entities: tags.map((tag) => ({ tag })) };
    const read = (reading: Reading, answer: unknown): Fact<Dict<CloudState>> =>
      readClouds(reading, answer, tags);
    const call = { facade: 'Cloud', request: 'CloudInfo', params } as const;
    return ask(factQuestion(this.#shared.audit, call, read, 'controller superuser'), this.#shared.clock);
  }

  #slot<T>(call: string): Slot<T> {
    return new Slot<T>(call, this.#shared.clock, slowMaxAge(this.#shared.settings));
  }
}

type Identity = SelfAccess['identities'][number];

function identityOf(role: string, { login }: Asked, access: string | undefined): Identity {
  return { role, user: login?.user ?? '', access: access ?? login?.controllerAccess ?? '' };
}
