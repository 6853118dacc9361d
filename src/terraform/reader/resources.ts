/** The resources of a plan or a state, modules unfolded, each with what is not known of it. */
import { branch, branches, text, type Branch } from '../json.js';
import { priorValues, type TerraformDocument } from './document.js';

export interface Resource {
  /** As Terraform names it: `module.db["a"].juju_application.etcd[0]`. */
  readonly address: string;
  /** The module's part of the address, `''` for the root. */
  readonly module: string;
  readonly type: string;
  readonly isData: boolean;
  readonly values: Branch;
  /** What is known only after the plan was applied: the shape of the values, with `true` at the leaves. */
  readonly later: Branch;
  /** What must not be shown: likewise. */
  readonly sensitive: Branch;
  /** Whether the plan makes it; then nobody can have changed it by hand. */
  readonly isNew: boolean;
}

/** All resources of the Juju provider, data sources included, in the order of the document. */
export function resourcesOf(document: TerraformDocument): readonly Resource[] {
  const changes = changesOf(document.root);
  const planned = resourcesIn(branch(document.values['root_module']), changes);
  const known = new Set(planned.map(({ address }) => address));
  const prior = resourcesIn(branch(priorValues(document)['root_module']), changes);
  return [...planned, ...prior.filter(({ address, isData }) => isData && !known.has(address))];
}

function changesOf(root: Branch): ReadonlyMap<string, Branch> {
  const all = branches(root['resource_changes']);
  return new Map(all.map((change) => [text(change['address']) ?? '', branch(change['change'])]));
}

function resourcesIn(module: Branch, changes: ReadonlyMap<string, Branch>): readonly Resource[] {
  const own = branches(module['resources']).filter(({ type }) => text(type)?.startsWith('juju_') === true);
  const within = text(module['address']) ?? '';
  return [
    ...own.map((raw) => resourceOf(raw, within, changes)),
    ...branches(module['child_modules']).flatMap((child) => resourcesIn(child, changes)),
  ];
}

function resourceOf(raw: Branch, module: string, changes: ReadonlyMap<string, Branch>): Resource {
  const address = text(raw['address']) ?? '';
  const change = branch(changes.get(address));
  const actions = Array.isArray(change['actions']) ? (change['actions'] as readonly unknown[]) : [];
  return {
    address,
    module,
    type: text(raw['type']) ?? '',
    isData: raw['mode'] === 'data',
    values: branch(raw['values']),
    later: branch(change['after_unknown']),
    sensitive: { ...branch(raw['sensitive_values']), ...branch(change['after_sensitive']) },
    isNew: actions.includes('create'),
  };
}

/** Why a value of a resource cannot be judged; undefined where it can. Paths such as `config`, `endpoint`. */
export function gapAt({ address, later, sensitive }: Resource, key: string): string | undefined {
  if (isMarked(later[key])) return `${key} of ${address} is known only after the plan was applied`;
  if (isMarked(sensitive[key])) return `${key} of ${address} is sensitive, so that it is not looked at`;
  return undefined;
}

/** Whether `true` stands anywhere in a mark. */
function isMarked(mark: unknown): boolean {
  if (typeof mark !== 'object' || mark === null) return mark === true;
  return Object.values(mark).some(isMarked);
}
