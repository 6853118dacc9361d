/** The help of every command shows how it is used, by examples that the program itself understands. */
import { describe, expect, it, test } from '@jest/globals';
import type { Command } from 'commander';
import { runCli } from '../support/cli.js';
import { idleProgram, refusalOf } from '../support/refusal.js';
import { commandsIn, isOurs } from '../support/shell-words.js';

/** Each command with those below it, as a person types it. */
function pathsOf(command: Command, before: readonly string[] = []): readonly (readonly string[])[] {
  return command.commands.flatMap((below) => {
    const path = [...before, below.name()];
    return [path, ...pathsOf(below, path)];
  });
}

/** What stands behind a command after two spaces explains it. */
function examplesIn(help: string): readonly (readonly string[])[] {
  const [, examples = ''] = help.split(/^(?:Examples|Start here):$/m);
  const lines = examples
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/, 1)[0] ?? '');
  return lines.flatMap((line) => commandsIn(line)).filter(isOurs);
}

const paths = pathsOf(await idleProgram(() => undefined));

describe('the help', () => {
  test.each(paths.map((path) => [path.join(' '), path] as const))(
    'of %s has an example of it, and each of its examples is understood',
    async (name, path) => {
      const { code, out } = await runCli([...path, '--help']);
      const examples = examplesIn(out);
      const refusals = await Promise.all(examples.map((words) => refusalOf(words.slice(1))));
      const meant = examples.map((words) => words.slice(1, 1 + path.length).join(' '));
      expect([code, refusals.filter((refusal) => refusal !== '')]).toEqual([0, []]);
      expect(meant).toContain(name);
    },
  );

  it('of the program itself shows how to begin', async () => {
    const examples = examplesIn((await runCli(['--help'])).out);
    expect(examples).toEqual([
      ['holdfast', 'audit', '--status', '-'],
      ['holdfast', 'explain', 'ETCD-ENC-01'],
    ]);
  });

  it('is looked at for every command there is', () => {
    expect(paths.length).toBeGreaterThan(25);
  });
});
