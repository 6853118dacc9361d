/** What the guide's handbook says of each of its controls. */
import type { Handbook } from '../../../core/handbook.js';
import { applications } from './applications.js';
import { controller } from './controller.js';
import { credentials } from './credentials.js';
import { models } from './models.js';
import { users } from './users.js';

export const handbook: Readonly<Record<string, Handbook>> = {
  ...users,
  ...credentials,
  ...controller,
  ...models,
  ...applications,
};
