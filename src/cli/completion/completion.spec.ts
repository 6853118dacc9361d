import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    ['commands', ['au'], ['audit', 'audit-log']],
    ['subcommands', ['policy', ''], ['check', 'init']],
    ['options of a command', ['audit', '--fail'], ['--fail-on-unknown']],
    ['options of a subcommand', ['policy', 'check', '--stat'], ['--status']],
    [
      'the choices of an option',
      ['audit', '--format', ''],
      ['table', 'json', 'html', 'csv', 'junit', 'sarif', 'oscal'],
    ],
    ['severities', ['audit', '--severity', 'c'], ['critical']],
    ['shells', ['completion', 'z'], ['zsh']],
    ['a value behind an equals sign', ['audit', '--severity', '=', 'cr'], ['critical']],
    ['all values behind an equals sign', ['plan', '--format', '='], ['table', 'json', 'terraform']],
    ['controls to explain', ['explain', 'TOY-N'], ['TOY-NET-01']],
    ['controls as patterns', ['audit', '--control', 'TOY-T'], ['TOY-TRUST-01']],
    ['guides', ['controls', '--guide', ''], ['toys']],
    ['nothing of its own where a file is due', ['audit', '--status', 'no-such-file'], []],
    ['nothing of its own where any text is due', ['run', '--listen', ''], []],
  ])('offers %s', async (_name, words, expected) => {
    expect(await offered(words)).toEqual(expected);
  });

  it('offers options at once where a command takes nothing else', async () => {
    expect(await offered(['audit', ''])).toEqual(expect.arrayContaining(['--status', '--format', '--help']));
  });
});

/** Those shells that this machine has. */
function shellsHere(): readonly string[] {
  return ['bash', 'zsh', 'fish'].filter((shell) => spawnSync(shell, ['--version']).error === undefined);
}

test('every shell at hand can read its script', async () => {
  const shells = shellsHere();
  expect(shells).toContain('bash');
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-completion-'));
  for (const shell of shells) {
    const { out } = await runCli(['completion', shell]);
    writeFileSync(join(folder, shell), out);
    const { status, stderr } = spawnSync(shell, ['-n', join(folder, shell)], { encoding: 'utf8' });
    expect([shell, status, stderr]).toEqual([shell, 0, '']);
  }
  rmSync(folder, { recursive: true });
});

test('where fish is at hand it completes commands, choices and controls', async () => {
  const { out } = await runCli(['completion', 'fish']);
  const expected = ['audit', 'table', 'TOY-NET-01'];
  const lines = ['holdfast au', 'holdfast audit --format t', 'holdfast explain TOY-N'];
  const fish = shellsHere().find((shell) => shell === 'fish');
  const ask = (shell: string, line: string): string =>
    spawnSync(shell, ['--no-config', '-c', `${out}\ncomplete -C '${line}'`], { encoding: 'utf8' }).stdout;
  const answers =
    fish === undefined
      ? expected.filter((word) => out.includes(word))
      : lines.map((line) => ask(fish, line).split(/\s/)[0]);
  expect(answers).toEqual(expected);
});

test.each([
  ['zsh', "'--format[for people or for programs]:value:(table json html csv junit sarif oscal)'"],
  ['fish', "-l format -x -a 'table json html csv junit sarif oscal'"],
])('completion for %s knows commands and choices', async (shell, part) => {
  const { code, out } = await runCli(['completion', shell]);
  expect([code, out.includes(part), out.includes('audit')]).toEqual([0, true, true]);
});

it('refuses a shell that it does not know', async () => {
  const { code, err } = await runCli(['completion', 'tcsh']);
  expect([code, err.includes('bash, zsh, fish')]).toEqual([1, true]);
});
