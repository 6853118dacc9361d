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

/** One string for a target, stable over runs: `controller/prod/model/data/application/etcd`. */
export function targetKey(target: Target): string {
  const parts = [
    ['controller', target.controller],
    ['model', target.model],
    ['application', target.application],
    ['unit', target.unit],
    ['user', target.user],
    ['name', target.name],
  ] as const;
  const named = parts
    .filter(([, value]) => value !== undefined)
    .map(([kind, value]) => `${kind}/${value ?? ''}`);
  return named.length === 0 ? target.kind : `${target.kind}:${named.join('/')}`;
}

/** For people, short: `prod:data/etcd`. */
export function targetLabel(target: Target): string {
  const place = [target.model, target.application].filter((part) => part !== undefined).join('/');
  const named = target.unit ?? target.user ?? target.name;
  const where = [target.controller, place].filter((part) => part !== undefined && part !== '').join(':');
  const label = named === undefined ? where : `${where} ${named}`;
  return label === '' ? target.kind : label;
}
