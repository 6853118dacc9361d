/** What the guide's handbook says of each of its controls. */
import type { Handbook } from '../../../core/handbook.js';
import { access } from './access.js';
import { encryption } from './encryption.js';
import { upkeep } from './upkeep.js';

export const handbook: Readonly<Record<string, Handbook>> = { ...upkeep, ...encryption, ...access };
