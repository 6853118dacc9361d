import { Command } from 'commander';
import { InputError } from '../../core/input-error.js';
import { sinceOf } from '../../core/orders/moments.js';
import type { AuditQuery, ChainVerdict } from '../../core/ports/index.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { renderAuditLog, verdictText } from '../render/audit-log.js';
import type { Services } from '../services.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface AuditLogOptions extends StateOptions, OutputOptions {
  readonly verify?: true;
  readonly since?: string;
  readonly limit: string;
}

const examples = `
Every change and every word of a person, by whom and why. Each record holds the hash of
the one before it: what was altered or removed shows.

Examples:
  holdfast audit-log
  holdfast audit-log --since 7d --format json --output week.json
  holdfast audit-log --verify

Exit code: 0 fine, 2 with --verify when a record is not as it was written.`;

/** `holdfast audit-log`: who did what, when and why. */
export function auditLogCommand(services: Services, finish: Finish): Command {
  const command = new Command('audit-log')
    .description('show who changed what, when and why; verify that nothing of it was altered')
    .option('--since <time>', 'not older than this: 7d, or 2026-11-22T08:00:00Z')
    .option('--limit <n>', 'at most so many records, the newest', '50')
    .option('--verify', 'hold the whole trail against its hashes, instead of listing it');
  return addStateOption(command)
    .addOption(formatOption())
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (options: AuditLogOptions) => {
      finish(await (options.verify === true ? verify(options, services) : list(options, services)));
    });
}

async function list(options: AuditLogOptions, services: Services): Promise<ExitCode> {
  const query = queryOf(options, services.now());
  const items = await withJournal(options, services, (journal) => journal.auditLog(query));
  const toFile = options.output !== undefined;
  const { columns, color } = services.io;
  const look = { columns: toFile ? undefined : columns, color: color && !toFile };
  const document = { kind: 'AuditLog', version: 'v1', items };
  emit(
    options.format === 'json' ? jsonText(document) : renderAuditLog(items, query.limit, look),
    options,
    services.io,
  );
  return exitCodes.fine;
}

async function verify(options: AuditLogOptions, services: Services): Promise<ExitCode> {
  const verdict: ChainVerdict = await withJournal(options, services, (journal) => journal.verifyChain());
  const document = { kind: 'AuditVerdict', version: 'v1', ...verdict };
  emit(options.format === 'json' ? jsonText(document) : verdictText(verdict), options, services.io);
  return verdict.state === 'whole' ? exitCodes.fine : exitCodes.found;
}

/** @throws InputError */
function queryOf({ since, limit }: AuditLogOptions, now: number): AuditQuery {
  if (!/^[1-9]\d{0,6}$/.test(limit))
    throw new InputError(`--limit: "${limit}" is no such number: write one from 1 to 9999999`);
  return {
    limit: Number(limit),
    newest: true,
    ...(since === undefined ? {} : { since: sinceOf(since, now, '--since') }),
  };
}
