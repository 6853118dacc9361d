/** The same questions put to others, on the same file in the same run: whole processes, in turns. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commandMemory, launcher, run } from './commands.ts';
import type { Files } from './files.ts';
import { ms, ratioOf, sampleOf, short, timesInTurns, type Result } from './measure.ts';

const here = (name: string): string => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const three = ['JUJU-APP-02', 'JUJU-APP-03', 'ETCD-ENC-01'].flatMap((control) => ['--control', control]);

/** Commands by what the table calls them; those that cannot be had are left out, each with its reason. */
interface Rivals {
  readonly works: Record<string, () => unknown>;
  readonly leftOut: readonly Result[];
}

export function besideResults(files: Files, rounds: number): readonly Result[] {
  const { works, leftOut } = rivals(files);
  timesInTurns(works, 1);
  const all = timesInTurns(works, rounds);
  const { [ours]: own = [] } = all;
  const rows = Object.entries(all).map(([what, times]): Result => {
    const sample = sampleOf(times);
    const ratio = ratioOf(times, own);
    const to = what === ours ? '' : `: ${short(ratio.median)} × ours`;
    return {
      id: `beside ${what}`,
      what,
      measured: `${ms(sample)}${to}`,
      ...budgetOf(what, sample.median),
      figures: { sample, ratio },
    };
  });
  return [...rows, ...leftOut, memory(files)];
}

const ours = 'holdfast audit, 500 applications, all controls, start to exit';
const small = 'holdfast audit, 10 applications, start to exit';
const cis = 'holdfast audit --etcd-config, CIS section, start to exit';
const limits: Readonly<Record<string, number>> = { [ours]: 500, [small]: 300, [cis]: 300 };

function budgetOf(what: string, median: number): Pick<Result, 'budget' | 'within'> {
  const limit = limits[what];
  return limit === undefined ? { budget: 'none' } : { budget: `≤ ${limit} ms`, within: median <= limit };
}

function rivals(files: Files): Rivals {
  const audit = (...args: string[]) => run(launcher, ['audit', ...args]);
  const parse = `JSON.parse(require("fs").readFileSync(${JSON.stringify(files.large)},"utf8"))`;
  const works: Rivals['works'] = {
    [ours]: () => audit('--status', files.large),
    'the same, three controls': () => audit('--status', files.large, ...three),
    [small]: () => audit('--status', files.small),
    [cis]: () => audit('--etcd-config', here('etcd.conf.yml')),
    'holdfast controls, start to exit': () => run(launcher, ['controls']),
    'bare Node, start to exit': () => run(process.execPath, ['-e', '0']),
    'bare Node that reads and parses the file': () => run(process.execPath, ['-e', parse]),
  };
  const leftOut = [addJq(works, files), addDoctor(works, files)].filter((one) => one !== undefined);
  return { works, leftOut };
}

function addJq(works: Rivals['works'], { large }: Files): Result | undefined {
  if (spawnSync('jq', ['--version']).status !== 0)
    return skipped('jq, the same three controls', 'left out: there is no jq on this machine');
  const filter = ['-r', '-f', here('three.jq'), large];
  expectSame(run('jq', filter), large);
  works['jq, the same three controls'] = () => run('jq', filter);
  return undefined;
}

function addDoctor(works: Rivals['works'], { large, yaml }: Files): Result | undefined {
  const made = spawnSync('bash', [fileURLToPath(new URL('../../scripts/bench-peers.sh', import.meta.url))], {
    encoding: 'utf8',
  });
  if (made.status !== 0) return skipped('juju-doctor 0.1.10', made.stderr.trim());
  const doctor = (probe: string, status: string) =>
    run(made.stdout.trim(), ['check', '--probe', `file://${here(probe)}`, '--status', status], [0, 1]);
  works['juju-doctor 0.1.10, a probe that does nothing'] = () => doctor('noop.py', large);
  works['juju-doctor 0.1.10, the same three controls'] = () => doctor('three.py', large);
  works['juju-doctor 0.1.10, does nothing, the file as YAML'] = () => doctor('noop.py', yaml);
  return undefined;
}

/** A comparison is worth something only where all find the same. */
function expectSame(lines: string, large: string): void {
  const report = run(launcher, ['audit', '--status', large, ...three, '--format', 'json']);
  const { findings } = JSON.parse(report) as {
    readonly findings: { control: string; outcome: string; target: { application?: string } }[];
  };
  const failed = findings.filter(({ outcome }) => outcome === 'fail');
  const found = failed.map(({ control, target }) => `${control} ${target.application ?? ''}`);
  if (found.sort().join() !== lines.trim().split('\n').sort().join())
    throw new Error('jq and Holdfast do not find the same, so comparing their times would say nothing');
}

function skipped(what: string, why: string): Result {
  return { id: `beside ${what}`, what, measured: why, budget: 'none', figures: {} };
}

function memory({ large }: Files): Result {
  const mib = commandMemory(['audit', '--status', large]);
  return {
    id: 'command-memory',
    what: 'memory of that audit at most',
    measured: `${mib.toFixed(0)} MiB`,
    budget: '≤ 120 MB',
    within: mib * 1.048576 <= 120,
    figures: { mib },
  };
}
