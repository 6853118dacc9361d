import { Command } from 'commander';
import { seconds } from '../../core/duration.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { policyFileOf } from '../policy.js';
import type { Services } from '../services.js';
import { renderDataSheet } from './render.js';
import { dataSheet } from './sheet.js';

interface Options {
  readonly policy?: string;
  readonly maxAge: string;
  readonly format: OutputOptions['format'];
  readonly output?: string;
}

const examples = `
Checks the data that are in use: those that came with Holdfast, with the folder
or file laid over them that is named here, by HOLDFAST_DATA, or by the policy.

Examples:
  holdfast data check
  holdfast data check /var/lib/holdfast/data --max-age 30d
  holdfast data check --policy holdfast.yaml --format json

Exit code: 0 they are valid and none is too old, 1 they are not.`;

/** `holdfast data check [PATH]`: whether the knowledge data are valid, and how old they are. */
export function dataCheckCommand(services: Services, finish: Finish): Command {
  return new Command('check')
    .description('say whether the knowledge data are valid, how old they are, and what they hold')
    .argument('[path]', 'folder or file that is laid over the shipped data')
    .option('--policy <file>', 'the policy that may name the data (HOLDFAST_POLICY)')
    .option('--max-age <duration>', 'how long ago each table may have been looked through', '90d')
    .addOption(formatOption())
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (path: string | undefined, options: Options) => {
      finish(await check(path, options, services));
    });
}

async function check(path: string | undefined, options: Options, services: Services): Promise<ExitCode> {
  const { io, environment, now } = services;
  const overlay = path ?? environment.dataDir ?? (await dataOfPolicy(options, services));
  const sheet = dataSheet({ overlay, maxAge: seconds(options.maxAge), now: now() });
  const look = { columns: io.columns, color: io.color && options.output === undefined };
  const document = { kind: 'KnowledgeCheck', version: 'v1', ...sheet };
  emit(options.format === 'json' ? jsonText(document) : renderDataSheet(sheet, look), options, io);
  return sheet.stale.length === 0 ? exitCodes.fine : exitCodes.failed;
}

async function dataOfPolicy(options: Options, services: Services): Promise<string | undefined> {
  const file = policyFileOf(options, services);
  if (file === undefined) return undefined;
  const { loadPolicy } = await import('../../config/policy/load.js');
  return loadPolicy(file, { credentials: 'optional' }).policy.dataDir;
}
