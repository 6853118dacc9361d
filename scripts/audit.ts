/**
 * `make audit`: whether anything that is needed at run time has a known hole, as npm's registry knows it for the program
 * and PyPI's for the charm. Where one cannot be asked, that is said; with `--strict` it is a failure, as in a release.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { npmVerdict, pipVerdict, type Verdict } from './audit-verdict.ts';

const root = join(import.meta.dirname, '..');
const strict = process.argv.includes('--strict');
tell('npm', npmVerdict(printedBy('npm', ['audit', '--omit=dev', '--json'])));
tell('PyPI', pipVerdict(printedBy('scripts/charm-audit.sh', [])));

function printedBy(program: string, args: readonly string[]): string {
  const { stdout } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return stdout;
}

function tell(registry: string, verdict: Verdict): void {
  if (verdict.says === 'clean') {
    console.log(`${registry}: no known hole in ${verdict.packages} packages`);
    return;
  }
  if (verdict.says === 'holes') console.error(`${registry}: known holes in ${verdict.holes.join(', ')}`);
  else console.error(`${registry}: its database of holes could not be asked: ${verdict.why}`);
  if (verdict.says === 'holes' || strict) process.exitCode = 1;
}
