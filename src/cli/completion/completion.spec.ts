import { spawnSync } from 'node:child_process';
import { describe, expect, it, test } from '@jest/globals';
import { runCli } from '../../../test/support/cli.js';

/** What bash offers after the words. */
async function offered(words: readonly string[]): Promise<readonly string[]> {
  const { out } = await runCli(['completion', 'bash']);
  const line = ['holdfast', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${out}\n${ask}`], { encoding: 'utf8' });
  return stderr === '' ? stdout.split('\n').filter((word) => word !== '') : [stderr];
}

describe('completion in bash', () => {
  test.each([
    ['commands', ['au'], ['audit']],
    ['subcommands', ['policy', ''], ['check', 'init']],
    ['options of a command', ['audit', '--fail'], ['--fail-on-unknown']],
    ['options of a subcommand', ['policy', 'check', '--stat'], ['--status']],
    ['the choices of an option', ['audit', '--format', ''], ['table', 'json', 'html']],
    ['severities', ['audit', '--severity', 'c'], ['critical']],
    ['shells', ['completion', 'z'], ['zsh']],
  ])('offers %s', async (_name, words, expected) => {
    expect(await offered(words)).toEqual(expected);
  });
});

test.each([
  ['zsh', "'--format[for people or for programs]:value:(table json html)'"],
  ['fish', "-l format -x -a 'table json html'"],
])('completion for %s knows commands and choices', async (shell, part) => {
  const { code, out } = await runCli(['completion', shell]);
  expect([code, out.includes(part), out.includes('audit')]).toEqual([0, true, true]);
});

it('refuses a shell that it does not know', async () => {
  const { code, err } = await runCli(['completion', 'tcsh']);
  expect([code, err.includes('bash, zsh, fish')]).toEqual([1, true]);
});
