import { Command } from 'commander';
import { readTextFile } from '../config/read-file.js';
import { buildReport } from '../core/report/build.js';
import { counts } from '../core/report/diff.js';
import { emit } from './emit.js';
import { addEtcdOptions } from './etcd-options.js';
import { auditExit, type ExitCode } from './exit-codes.js';
import {
  addFilterOptions,
  addOutputOptions,
  addRoadOptions,
  formats,
  type FilterOptions,
  type ReportFormat,
  type RoadOptions,
} from './options.js';
import type { Finish } from './finish.js';
import type { Services } from './services.js';
import { filesIn } from './read-estate.js';
import { reportText } from './report-text.js';
import { survey } from './survey.js';

interface AuditOptions extends RoadOptions, FilterOptions {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly baseline?: string;
  readonly all?: true;
  readonly failOnUnknown?: true;
}

const examples = `
Examples:
  juju status --format json | holdfast audit --status -
  holdfast audit --juju                        all that your own login can see
  holdfast audit --status status.json --severity high --application "pg*"
  holdfast audit --juju --kubeconfig ~/.kube/config     Kubernetes' objects, too
  holdfast audit --policy holdfast.yaml --format json --output report.json
  holdfast audit --juju --format html --output report.html
  holdfast audit --bundle bundle.yaml --format sarif --output report.sarif
  terraform show -json plan.out | holdfast audit --terraform-plan -
  holdfast audit --juju --baseline report.json   only what is new since then
  holdfast audit --etcd-config /etc/etcd/etcd.conf.yml --data-dir /var/lib/etcd
  holdfast audit --etcd-args "$(ps -o args= -C etcd)" --other-ca other-ca.crt
  holdfast audit --etcd-endpoint https://10.0.0.1:2379 --cacert ca.crt

Exit code: 0 nothing to put right, 2 something is, 3 with --fail-on-unknown when
something could not be seen, 1 the audit itself failed.`;

/** `holdfast audit`: reads an estate once and says where it falls short. */
export function auditCommand(services: Services, finish: Finish): Command {
  const command = new Command('audit').description(
    'read a Juju estate once and say where it falls short of its guides',
  );
  addOutputOptions(addFilterOptions(addEtcdOptions(addRoadOptions(command))), formats)
    .option('--baseline <file>', 'an earlier report (JSON): only violations that it does not name count')
    .option('--all', 'list every judgement, passes and what does not apply included')
    .option('--fail-on-unknown', 'exit 3 when something could not be seen')
    .addHelpText('after', examples)
    .action(async (options: AuditOptions) => {
      finish(await audit(options, services));
    });
  return command;
}

async function audit(options: AuditOptions, services: Services): Promise<ExitCode> {
  const known = options.baseline === undefined ? undefined : await knownFrom(options.baseline);
  const { findings, policy, source, asOf, ledger } = await survey(options, services);
  const report = buildReport({
    findings,
    policy,
    source,
    toolVersion: services.version,
    asOf,
    all: options.all === true,
    ledger,
  });
  const same = known === undefined ? {} : { known };
  const text = await reportText(report, { ...options, ...same, planCommand: planCommand(options) }, services);
  emit(text, options, services.io);
  return auditExit(report.findings, { ...same, failOnUnknown: options.failOnUnknown === true });
}

function planCommand(options: AuditOptions): string {
  const [named] = filesIn(options);
  if (named !== undefined) return `holdfast plan --${named.kind} ${named.file}`;
  return options.juju === true ? 'holdfast plan --juju' : 'holdfast plan';
}

/** The violations that an earlier report counted. */
async function knownFrom(file: string): Promise<ReadonlySet<string>> {
  const { readReportText } = await import('../config/documents.js');
  const report = readReportText(readTextFile(file).content, file);
  return new Set(report.findings.filter(counts).map(({ id }) => id));
}
