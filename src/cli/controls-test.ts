import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { caseFiles } from '../config/custom/load.js';
import { readCases, type ControlCase } from '../config/custom/cases.js';
import { loadKnowledge } from '../config/knowledge.js';
import { readTextFile } from '../config/read-file.js';
import { readSnapshotText } from '../config/snapshot.js';
import type { Guide } from '../core/control.js';
import { evaluate } from '../core/evaluate/index.js';
import type { Finding } from '../core/finding.js';
import { InputError } from '../core/input-error.js';
import { observeOnly } from '../core/policy/policy.js';
import type { Snapshot } from '../core/snapshot.js';
import { counted } from '../core/text.js';
import { instant, millis } from '../core/time.js';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { clean } from './render/text.js';
import type { Services } from './services.js';

const examples = `
Examples:
  holdfast controls test controls

Exit code: 0 every case comes out as it says, 2 some do not, 1 a control or its
cases cannot be used.`;

/** `holdfast controls test DIR`: runs the cases written beside custom controls. */
export function controlsTestCommand(services: Services, finish: Finish): Command {
  return new Command('test')
    .description('run the cases that are written beside controls of your own')
    .argument('<dir>', 'folder with NAME.yaml and NAME.test.yaml')
    .addHelpText('after', examples)
    .action(async (folder: string) => {
      const { failed, lines } = await results(folder, services);
      services.io.out(`${lines.map(clean).join('\n')}\n`);
      finish(failed === 0 ? exitCodes.fine : exitCodes.found);
    });
}

async function results(
  folder: string,
  services: Services,
): Promise<{ readonly failed: number; readonly lines: readonly string[] }> {
  const guides = (await services.guides([folder])).filter(({ id }) => id === 'custom');
  const lines: string[] = [];
  let failed = 0;
  const tested = new Set<string>();
  for (const file of caseFiles(folder)) {
    const { control, cases } = readCases(file);
    const guide = guideOf(control, guides, file);
    tested.add(control);
    for (const given of cases) {
      const fault = await faultIn(given, { guide, file, services });
      lines.push(`${fault === undefined ? 'ok  ' : 'FAIL'} ${control}: ${given.name}${fault ?? ''}`);
      if (fault !== undefined) failed += 1;
    }
  }
  const ids = guides.flatMap(({ controls }) => controls.map(({ id }) => id));
  const untested = ids.filter((id) => !tested.has(id));
  const total = lines.length;
  for (const id of untested) lines.push(`none ${id}: has no cases`);
  return { failed, lines: [...lines, `${counted(total, 'case')}, ${failed} failed`] };
}

/** The guide with the one control. */
function guideOf(id: string, guides: readonly Guide[], file: string): Guide {
  for (const guide of guides) {
    const controls = guide.controls.filter((control) => control.id === id);
    if (controls.length > 0) return { ...guide, controls };
  }
  throw new InputError(`${file}: control: there is no ${id} in this folder: name the id of a control there`);
}

interface Bench {
  readonly guide: Guide;
  readonly file: string;
  readonly services: Services;
}

/** How the outcome differs from what is expected; undefined: it does not. */
async function faultIn(given: ControlCase, bench: Bench): Promise<string | undefined> {
  const snapshot = await snapshotOf(given, bench);
  const asOf = millis(given.asOf ?? snapshot.takenAt);
  const rules = { policy: observeOnly, knowledge: loadKnowledge(bench.services.environment.dataDir) };
  const { judgement } = theOne(evaluate([bench.guide], snapshot, rules, asOf), given, bench.file);
  const wrong = (['outcome', 'reason', 'message'] as const).filter(
    (key) => given.expect[key] !== undefined && given.expect[key] !== judgement[key],
  );
  const said = wrong.map((key) => `${key} is ${judgement[key]}, not ${given.expect[key] ?? ''}`);
  return wrong.length === 0 ? undefined : `: ${said.join('; ')} (${judgement.message})`;
}

function theOne(
  findings: readonly Finding[],
  { name, application, model }: ControlCase,
  file: string,
): Finding {
  const meant = findings.filter(
    ({ target }) =>
      (application ?? target.application) === target.application && (model ?? target.model) === target.model,
  );
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return only;
  throw new InputError(
    `${file}: "${name}": the control is judged on ${counted(meant.length, 'target')} there: name application and model so that it is one`,
  );
}

async function snapshotOf({ source }: ControlCase, { file, services }: Bench): Promise<Snapshot> {
  if (source.kind === 'given') return source.snapshot;
  const path = join(dirname(file), source.file);
  const { content, modified } = readTextFile(path);
  if (source.kind === 'snapshot') return readSnapshotText(content, path);
  const { status } = services.roads;
  if (status === undefined) throw new InputError('status files cannot be read in this build');
  return status(content, { source: path, at: instant(modified) });
}
