import { expect, test } from '@jest/globals';
import { progressOn } from './progress.js';

function told(columns: number | undefined, lines: readonly string[]): string {
  let text = '';
  let now = 0;
  const io = {
    out: () => undefined,
    err: (more: string) => {
      text += more;
    },
    color: false,
    interactive: false,
    readInput: () => Promise.resolve(''),
    ask: () => Promise.resolve(''),
    ...(columns === undefined ? {} : { progressColumns: columns }),
  };
  const progress = progressOn(io, () => (now += 1000) - 1000);
  for (const line of lines) progress.tell(line);
  progress.done();
  return text;
}

test('a terminal shows one line that is written over, and cleared at the end', () => {
  expect(told(80, ['reading the model a', 'reading the model b'])).toBe(
    '\r\u001b[Kreading the model a (1 step, 1 s)\r\u001b[Kreading the model b (2 steps, 2 s)\r\u001b[K',
  );
});

test('a trouble stays on the terminal', () => {
  expect(told(80, ['reading the model a', 'prod:a: permission denied'])).toContain(
    '\r\u001b[Kprod:a: permission denied\n',
  );
});

test('the line never breaks, and no name moves the cursor', () => {
  const text = told(40, [`reading the model ${'x'.repeat(90)}\u001b[2J`]);
  expect(text.split('\r\u001b[K')[1]).toHaveLength(39);
});

test('elsewhere only troubles are told, each on its own line', () => {
  expect(told(undefined, ['reading the model a', 'prod:a: permission denied', 'reading the model b'])).toBe(
    'prod:a: permission denied\n',
  );
});
