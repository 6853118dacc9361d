/** Evidence from inside units for tests. */
import type { EtcdMember } from '../../src/core/evidence/etcd.js';
import type { UnitInside } from '../../src/core/evidence/units.js';
import type { WorkloadEvidence } from '../../src/core/evidence/workload.js';
import { dictOf, type Dict } from '../../src/core/dict.js';
import type { Fact } from '../../src/core/fact.js';
import { knownFact, unknownFact } from './world.js';

type Values = {
  readonly [K in keyof UnitInside]?: NonNullable<UnitInside[K]> extends Fact<infer T> ? T | 'unseen' : never;
};

/** What units of an application show: values by kind, `unseen` for what could not be seen; the last one for all others. */
export function inside(application: string, count: number, ...units: readonly Values[]): WorkloadEvidence {
  const all = Array.from(
    { length: count },
    (_, n) => [`${application}/${n}`, factsOf(units[Math.min(n, units.length - 1)] ?? {})] as const,
  );
  return { unitsInside: knownFact(dictOf(all)) };
}

function factsOf(values: Values): UnitInside {
  const facts = Object.entries(values).map(([kind, value]) => [
    kind,
    value === 'unseen' ? unknownFact('the unit is lost') : knownFact(value),
  ]);
  return Object.fromEntries(facts) as UnitInside;
}

/** Members of etcd by their settings; the last ones for all others. */
export function members(
  application: string,
  count: number,
  ...settings: readonly Dict<string>[]
): WorkloadEvidence {
  const all = Array.from(
    { length: count },
    (_, n) => [`${application}/${n}`, memberOf(settings[Math.min(n, settings.length - 1)] ?? {})] as const,
  );
  return { etcdMembers: knownFact(dictOf(all)) };
}

function memberOf(settings: Dict<string>): EtcdMember {
  const set = Object.entries(settings).map(
    ([name, value]) => [name, { value, origin: 'file' as const }] as const,
  );
  return { configuration: knownFact({ ruledBy: 'file', settings: dictOf(set), ignored: [] }) };
}
