/** The texts that people hand in as a Terraform plan, and what to say of those that are none. */
import { InputError } from '../../core/input-error.js';
import { branch, isBranch, text, type Branch } from '../json.js';

/** What `terraform show -json` printed. */
export interface TerraformDocument {
  /** A plan tells what is wanted; a state what Terraform last saw. */
  readonly kind: 'plan' | 'state';
  readonly root: Branch;
  /** The modules of what is planned, or of the state. */
  readonly values: Branch;
}

const again = 'print the plan with "terraform show -json FILE" and read that';

/** @throws InputError with one sentence that says what the text is instead, and what to do. */
export function terraformDocument(content: string, source: string): TerraformDocument {
  const root = parsed(content, source);
  expectFormat(root, source);
  if (root['errored'] === true)
    throw new InputError(
      `${source} is a plan that failed half-way: put right what terraform plan says first`,
    );
  if (isBranch(root['planned_values'])) return { kind: 'plan', root, values: root['planned_values'] };
  if (isBranch(root['values'])) return { kind: 'state', root, values: root['values'] };
  throw new InputError(`${source} holds no resources: it is an empty plan or state of Terraform; ${again}`);
}

function parsed(content: string, source: string): Branch {
  if (content.startsWith('PK\u0003\u0004') || content.includes('\u0000'))
    throw new InputError(`${source} is a binary plan file: ${again}`);
  if (content.trim() === '') throw new InputError(`${source} is empty: ${again}`);
  const value = parsedJson(content, source);
  if (isBranch(value)) return value;
  throw new InputError(`${source} is no Terraform plan: it holds a list or a plain value; ${again}`);
}

function parsedJson(content: string, source: string): unknown {
  const body = content.startsWith('\uFEFF') ? content.slice(1) : content;
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw new InputError(`${source} is no JSON: ${guess(body, error)}`);
  }
}

function guess(body: string, error: unknown): string {
  if (body.trimStart().startsWith('{"@'))
    return `it is the log that "terraform plan -json" writes; use -out=FILE, then ${again}`;
  if (!body.trimStart().startsWith('{')) return `it looks like Terraform's text for people; ${again}`;
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return `${reason}; was it cut short while saving?`;
}

/** Major versions up to 1 are known; minor ones only add keys. */
function expectFormat(root: Branch, source: string): void {
  const version = text(root['format_version']);
  if (version === undefined) throw new InputError(`${source} is no Terraform plan: ${otherDocument(root)}`);
  if (/^[01](\.|$)/.test(version)) return;
  throw new InputError(
    `${source} has format ${version.slice(0, 20)}, and only 0 and 1 are known: it is of a newer Terraform: use a newer Holdfast`,
  );
}

function otherDocument(root: Branch): string {
  if (Array.isArray(root['resources']) && 'lineage' in root)
    return 'it is a state file of Terraform; print it with "terraform show -json FILE" and read that';
  if (root['kind'] === 'Snapshot') return 'it is a saved snapshot; read it with --snapshot';
  if (isBranch(root['model'])) return 'it looks like a juju status; read it with --status';
  if ('@level' in root)
    return `it is the log that "terraform plan -json" writes; use -out=FILE, then ${again}`;
  return `it names no format_version; ${again}`;
}

/** What the resources of data sources said when the plan was made. */
export function priorValues({ root, kind }: TerraformDocument): Branch {
  return kind === 'plan' ? branch(branch(root['prior_state'])['values']) : {};
}
