/** Looks into units by the `juju` command, as the prober: unit by unit, because one that is lost spoils all answers. */
import type { CliResult, JujuCli } from '../../core/ports/juju-cli.js';
import type {
  ActionAnswer,
  Look,
  LookAnswer,
  TellingAction,
  UnitPlace,
  WorkloadReader,
} from '../../core/ports/workload-reader.js';
import { branchOf } from '../parse/system.js';
import { answersIn } from './answers.js';
import { scriptOf } from './script.js';

/** Time for the unit itself to answer; what takes longer goes on there and is not waited for. */
const wait = '120s';

type Missing = Extract<LookAnswer, { missing: string }>;

export function jujuReader(cli: JujuCli): WorkloadReader {
  return {
    road: 'workload',
    look: async (place, looks, signal) => {
      const { result, unit } = await call(cli, execArgv(place, looks), { place, signal });
      const stdout = unit === undefined ? undefined : branchOf(unit['results'])['stdout'];
      if (typeof stdout === 'string') return answersIn(stdout, looks);
      const missing = missingOf(result, unit);
      return looks.map(() => missing);
    },
    act: async (place, action, signal) => {
      const { result, unit } = await call(cli, runArgv(place, action), { place, signal });
      return unit === undefined ? missingOf(result, unit) : actionAnswer(result, unit);
    },
  };
}

/** The arguments for one look into a unit; there are as many different commands as inquiries. */
export function execArgv({ model, unit }: UnitPlace, looks: readonly Look[]): readonly string[] {
  const scope = ['-m', model, '--unit', unit, '--wait', wait];
  return ['exec', ...scope, '--format', 'json', '--utc', '--', scriptOf(looks)];
}

export function runArgv({ model, unit }: UnitPlace, action: TellingAction): readonly string[] {
  return ['run', '-m', model, unit, action, '--wait', wait, '--format', 'json', '--utc'];
}

type Unit = Readonly<Record<string, unknown>>;

interface Called {
  readonly result: CliResult;
  /** What Juju tells of the unit; absent: nothing. */
  readonly unit: Unit | undefined;
}

async function call(
  cli: JujuCli,
  argv: readonly string[],
  { place, signal }: { readonly place: UnitPlace; readonly signal: AbortSignal | undefined },
): Promise<Called> {
  const result = await cli.run(argv, signal === undefined ? {} : { signal });
  signal?.throwIfAborted();
  return { result, unit: unitIn(result.stdout, place.unit) };
}

/** @returns what a call of `exec` or `run` printed of the unit. */
export function unitIn(stdout: string, name: string): Unit | undefined {
  try {
    const unit = branchOf(JSON.parse(stdout))[name];
    return unit === undefined ? undefined : branchOf(unit);
  } catch {
    return undefined;
  }
}

const permissions: Readonly<Partial<Record<CliResult['outcome'], string>>> = {
  denied: 'model admin for the prober identity',
};

function missingOf({ outcome, summary }: CliResult, unit: Unit | undefined): Missing {
  const said = unit === undefined ? undefined : unit['message'];
  const missing =
    outcome === 'done'
      ? `the unit gave no answer${typeof said === 'string' ? `: ${said.slice(0, 200)}` : ''}`
      : summary;
  const permission = permissions[outcome];
  return permission === undefined ? { missing } : { missing, permission };
}

/** `juju run` exits 0 for a failed action: its own status counts. */
export function actionAnswer(result: Pick<CliResult, 'outcome' | 'summary'>, unit: Unit): ActionAnswer {
  const { status, message, results } = unit;
  if (status === 'completed') return { output: branchOf(results) };
  const why = typeof message === 'string' && message !== '' ? message : result.summary;
  return {
    missing: `the action ended as ${typeof status === 'string' ? status : 'unknown'}: ${why.slice(0, 200)}`,
  };
}
