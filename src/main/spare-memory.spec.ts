import { expect, it } from '@jest/globals';
import { virtualClock } from '../simulator/virtual-clock.js';
import { spareMemory } from './spare-memory.js';

const minute = 60_000;
const mib = 1024 * 1024;

/** A process that uses 160 MiB, and holds what it is told to besides. */
function started() {
  const clock = virtualClock();
  const told: string[] = [];
  const memory = { held: 100 };
  const end = spareMemory(clock, {
    resident: () => (160 + memory.held) * mib,
    letGrow: (percent) => told.push(`may grow by ${percent} %`),
    giveBack: () => {
      memory.held = 0;
      told.push('given back');
    },
  });
  return { clock, told, memory, end };
}

it('lets the first look take what it likes, and gives back half a minute later', async () => {
  const { clock, told } = started();
  await clock.advance(29_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual(['may grow by 20 %', 'given back']);
});

it('leaves a process in peace that has not grown by more than a fifth', async () => {
  const { clock, told, memory } = started();
  await clock.advance(minute);
  told.length = 0;
  memory.held = 32;
  await clock.advance(60 * minute);
  expect(told).toEqual([]);
});

it('gives back what bursts of work left, ten minutes later at the latest, each time', async () => {
  const { clock, told, memory } = started();
  await clock.advance(minute);
  told.length = 0;
  for (let burst = 0; burst < 2; burst += 1) {
    memory.held = 33;
    await clock.advance(10 * minute);
  }
  expect(told).toEqual(['given back', 'given back']);
  expect(memory.held).toBe(0);
});

it.each([0, minute])('does nothing more once it is ended %i ms after the start', async (after) => {
  const { clock, told, memory, end } = started();
  await clock.advance(after);
  end();
  told.length = 0;
  memory.held = 500;
  await clock.advance(60 * minute);
  expect(told).toEqual([]);
});
