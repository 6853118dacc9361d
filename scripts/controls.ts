/** `make controls`: the controls of each guide, by their evidence and by how they are put right. */
import type * as Guides from '../src/guides/index.js';
import { fromDist } from './from-dist.ts';
import { guideTable } from './guide-table.ts';

const { guides } = await fromDist<typeof Guides>('guides/index.js');

console.log(guideTable(guides).join('\n'));
