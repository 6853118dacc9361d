import { expect, it } from '@jest/globals';
import { Slots } from './slots.js';

it('gives out so many slots for each name, and those that are given back', () => {
  const slots = new Slots(2);
  const taken = ['a', 'a', 'a', 'b'].map((name) => slots.take(name));
  slots.give('a');
  expect([...taken, slots.take('a'), slots.take('a')]).toEqual([true, true, false, true, true, false]);
});
