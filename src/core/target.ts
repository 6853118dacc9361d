/** What a finding is about. Fields that a road cannot name are absent. */
export interface Target {
  readonly kind:
    | 'controller'
    | 'model'
    | 'application'
    | 'unit'
    | 'machine'
    | 'user'
    | 'offer'
    | 'cloud'
    | 'credential'
    | 'namespace'
    | 'cluster'
    | 'estate';
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
  readonly unit?: string;
  readonly user?: string;
  readonly name?: string;
}

const parts = ['controller', 'model', 'application', 'unit', 'user', 'name'] as const;

/** One string for a target, stable over runs: `controller/prod/model/data/application/etcd`. */
export function targetKey(target: Target): string {
  let key: string = target.kind;
  let joint = ':';
  for (const part of parts) {
    const name = target[part];
    if (name === undefined) continue;
    key += `${joint}${part}/${name}`;
    joint = '/';
  }
  return key;
}

/** For people, short: `prod:data/etcd`. */
export function targetLabel(target: Target): string {
  const place = [target.model, target.application].filter((part) => part !== undefined).join('/');
  const named = target.unit ?? target.user ?? target.name;
  const where = [target.controller, place].filter((part) => part !== undefined && part !== '').join(':');
  const label = named === undefined ? where : `${where} ${named}`;
  return label === '' ? target.kind : label;
}
