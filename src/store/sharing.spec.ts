import { describe } from '@jest/globals';
import { sharesParts } from '../../test/support/sharing-contract.js';
import { newMemory, sharedMemory } from './memory.js';

describe('a journal in memory that several share', () => {
  sharesParts(() => {
    const memory = newMemory();
    return () => sharedMemory(memory);
  });
});
