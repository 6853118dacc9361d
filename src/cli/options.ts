import { type Command, Option } from 'commander';
import { severities, type Severity } from '../core/outcome.js';

/** Where the estate is read from: exactly one, or the controllers of the policy. */
export interface RoadOptions {
  readonly status?: string;
  readonly bundle?: string;
  readonly terraformPlan?: string;
  readonly snapshot?: string;
  readonly recording?: string;
  readonly juju?: true;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly inCluster?: true;
  readonly policy?: string;
  readonly data?: string;
  /** An etcd without Juju; see etcd-options.ts. */
  readonly etcdConfig?: string;
  readonly etcdEnv?: string;
  readonly etcdArgs?: string;
  readonly etcdVersion?: string;
  readonly dataDir?: string;
  readonly etcdEndpoint?: readonly string[];
  readonly cacert?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly otherCa?: readonly string[];
}

/** Which findings are wanted; none named means all. */
export interface FilterOptions {
  readonly guide?: readonly string[];
  readonly control?: readonly string[];
  readonly severity?: Severity;
  readonly application?: readonly string[];
  /** Folders with custom controls, besides those of the policy. */
  readonly controls?: readonly string[];
}

/** The forms of a report that other programs read. */
export const exportFormats = ['csv', 'junit', 'sarif', 'oscal'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** All forms of a report. */
export const formats = ['table', 'json', 'html', ...exportFormats] as const;
export type ReportFormat = (typeof formats)[number];
type Format = ReportFormat | 'terraform';

/** Where the result goes, and in which form. */
export interface OutputOptions {
  readonly format: Format;
  readonly output?: string;
}

export function addRoadOptions(command: Command, also: { policy: boolean } = { policy: true }): Command {
  command
    .optionsGroup('What to read (one of them):')
    .option('--status <file>', 'output of `juju status --format json` or yaml; - reads standard input')
    .option('--bundle <file>', 'a bundle, as `juju export-bundle` prints it; - reads standard input')
    .option('--terraform-plan <file>', 'a plan, as `terraform show -json` prints it; - reads standard input')
    .option('--snapshot <file>', 'a saved snapshot of Holdfast; - reads standard input')
    .option('--recording <dir>', 'a folder of answers recorded from a real Juju: cli/*.json, ws/*.json')
    .option('--juju', 'ask the controller that your own juju is logged in to; only reads');
  if (also.policy)
    command.option(
      '--policy <file>',
      'controllers to ask by their API, and what is wanted of them; with another source only the latter (HOLDFAST_POLICY)',
    );
  return command
    .optionsGroup('The cluster that models on Kubernetes run on (with --juju, --status or --policy):')
    .option('--kubeconfig <file>', 'the way to the cluster; only reads, and never Secrets')
    .option('--context <name>', 'a context of the kubeconfig instead of its current one')
    .option('--in-cluster', 'the service account of the pod that this runs in');
}

export function addFilterOptions(
  command: Command,
  also: { application: boolean } = { application: true },
): Command {
  command
    .optionsGroup('What to show (patterns know * and ?):')
    .option('--guide <pattern...>', 'only these guides')
    .option('--control <pattern...>', 'only these controls, as in "ETCD-*"')
    .option('--controls <dir...>', 'folders with controls of your own, besides those of the policy')
    .addOption(new Option('--severity <level>', 'only this severity and above').choices(severities));
  return also.application ? command.option('--application <pattern...>', 'only these applications') : command;
}

export function addOutputOptions(command: Command, choices: readonly Format[] = plainFormats): Command {
  return command
    .optionsGroup('Output:')
    .addOption(formatOption(choices))
    .option('--output <file>', 'write the result into a file instead of standard output')
    .option('--data <dir>', 'folder with data files that overlay the shipped ones (HOLDFAST_DATA)');
}

const plainFormats: readonly Format[] = ['table', 'json'];

export function formatOption(choices: readonly Format[] = plainFormats): Option {
  return new Option('--format <format>', 'for people or for programs').choices(choices).default('table');
}
