import type { Relation, RelationEnd } from '../../core/snapshot.js';

/** Relations as a bundle lists them: `[a:x, b:y]`, or `[a:x, [b:y, c:z]]`. A bundle tells no interfaces. */
export function bundleRelations(
  raw: readonly unknown[],
  isRemote: (name: string) => boolean,
): readonly Relation[] {
  const relations: Relation[] = [];
  for (const entry of raw) {
    if (!Array.isArray(entry)) continue;
    const [left, right] = entry as readonly unknown[];
    for (const near of namesIn(left)) {
      for (const far of namesIn(right))
        relations.push({ interface: '', ends: [endOf(near, isRemote), endOf(far, isRemote)] });
    }
  }
  return relations;
}

function namesIn(side: unknown): readonly string[] {
  const names: readonly unknown[] = Array.isArray(side) ? side : [side];
  return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

function endOf(name: string, isRemote: (name: string) => boolean): RelationEnd {
  const colon = name.indexOf(':');
  const application = colon < 0 ? name : name.slice(0, colon);
  const remote = isRemote(application) ? { remote: true } : {};
  return colon < 0 ? { application, ...remote } : { application, endpoint: name.slice(colon + 1), ...remote };
}
