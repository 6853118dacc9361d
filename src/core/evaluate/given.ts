import type { Context } from '../control.js';
import type { Question } from './question.js';

/** What of a context depends on the target and on when it is judged. */
export type Here = Pick<Context<unknown>, 'time' | 'ourselves' | 'users'>;
type Everywhere = Pick<Context<unknown>, 'knowledge' | 'settingsFor'> & {
  readonly rotation: NonNullable<Context<unknown>['rotation']>;
};

/** What a control is given. Its parameters are made when it reads them first, so this is not to be copied by spreading. */
export class Given implements Context<unknown> {
  readonly time: Here['time'];
  readonly ourselves: Here['ourselves'];
  readonly users: Here['users'];
  readonly knowledge: Everywhere['knowledge'];
  readonly rotation: Everywhere['rotation'];
  readonly settingsFor: Everywhere['settingsFor'];
  readonly profile: Context<unknown>['profile'];
  private readonly question: Question;

  constructor(question: Question, here: Here, everywhere: Everywhere) {
    this.time = here.time;
    this.ourselves = here.ourselves;
    this.users = here.users;
    this.knowledge = everywhere.knowledge;
    this.rotation = everywhere.rotation;
    this.settingsFor = everywhere.settingsFor;
    this.profile = question.settings.profile;
    this.question = question;
  }

  get params(): unknown {
    return this.question.params;
  }
}
