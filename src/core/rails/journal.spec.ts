import { expect, test } from '@jest/globals';
import { restart, said, scene } from '../../../test/support/rails.js';
import type { StoreHealth } from '../ports/index.js';
import { journal } from './journal.js';

const step = restart();

test.each<[string, StoreHealth, string]>([
  ['a sound journal lets changes through', { state: 'ok' }, '- the journal is sound'],
  ['a full one holds all of them', { state: 'full', reason: 'no space' }, 'WaitingDependency JournalFull'],
  ['a corrupt one too', { state: 'corrupt', reason: 'record 7' }, 'WaitingDependency JournalCorrupt'],
  ['and one that another daemon took', { state: 'lost', reason: 'fence 3' }, 'WaitingDependency JournalLost'],
])('%s', (_name, health, expected) => {
  expect(said(journal(step, scene({ steps: [step], journal: health })))).toBe(expected);
});

test('the reason is told', () => {
  const { hold } = journal(
    step,
    scene({ steps: [step], journal: { state: 'full', reason: 'no space left' } }),
  );
  expect(hold?.message).toBe('nothing is changed while the journal is full: no space left');
});
