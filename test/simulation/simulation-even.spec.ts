import { describe } from '@jest/globals';
import { simulates } from './suite.js';

describe('the daemon through more hours of trouble', () => {
  simulates('even');
});
