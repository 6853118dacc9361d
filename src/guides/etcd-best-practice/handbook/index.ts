/** What the guide's handbook says of each of its controls. */
import type { Handbook } from '../../../core/handbook.js';
import { access } from './access.js';
import { network } from './network.js';
import { upkeep } from './upkeep.js';

export const handbook: Readonly<Record<string, Handbook>> = { ...access, ...network, ...upkeep };
