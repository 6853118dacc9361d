import { newDict, type Dict } from '../../core/dict.js';
import { known, unknown, type Fact } from '../../core/fact.js';
import type { ApplicationState, ApplicationStatus, Charm, Exposure } from '../../core/snapshot.js';
import type { Steps } from '../../core/steps.js';
import { baseOf, baseOfSeries } from '../status/base.js';
import { parseCharm } from '../status/charm-url.js';
import { branch, count, isBranch, text, textOr, texts, type Branch } from '../status/json.js';
import { isApplicationName } from './names.js';
import { errorIn, unreadable, type StatusContext } from './status-context.js';
import type { RelationTable } from './status-relations.js';
import type { UnitTable } from './status-units.js';

/** The part of an application that its model's status tells. */
export type StatusApplication = Omit<ApplicationState, 'config' | 'trust' | 'probes' | 'workload'>;

/** Everybody: what Juju opens for an exposed endpoint that names neither networks nor spaces. */
const world: readonly string[] = Object.freeze(['0.0.0.0/0', '::/0']);

export interface ApplicationTables {
  readonly units: UnitTable;
  readonly relations: RelationTable;
}

export function* readApplications(
  context: StatusContext,
  raw: Branch,
  tables: ApplicationTables,
): Steps<Dict<StatusApplication>> {
  const applications = newDict<StatusApplication>();
  for (const name of Object.keys(raw)) {
    if (isApplicationName(name)) applications[name] = applicationOf(context, name, branch(raw[name]), tables);
    else context.onBadName('application', name);
    yield;
  }
  return applications;
}

function applicationOf(
  context: StatusContext,
  name: string,
  raw: Branch,
  tables: ApplicationTables,
): StatusApplication {
  const error = errorIn(raw);
  if (error !== undefined) return gapApplication(name, unreadable(context.reading, name, error));
  const { reading, upToDate } = context;
  const to = text(raw['can-upgrade-to']);
  return {
    name,
    charm: charmOf(context, name, raw),
    status: statusOf(context, name, raw),
    exposure: exposureOf(context, raw),
    bindings: bindingsOf(context, raw['endpoint-bindings']),
    relations: relationsOf(context, name, tables.relations),
    units: unitsOf(context, name, tables.units),
    upgrade: to === '' ? upToDate : known(reading, { to }),
  };
}

/** An application of which nothing but its name is known. */
export function gapApplication(name: string, gap: Fact<never>): StatusApplication {
  return {
    name,
    charm: gap,
    status: gap,
    exposure: gap,
    bindings: gap,
    relations: gap,
    units: gap,
    upgrade: gap,
  };
}

function charmOf({ reading }: StatusContext, name: string, raw: Branch): Fact<Charm> {
  const url = text(raw['charm']);
  if (url === '') return unknown(reading, `the status does not name the charm of ${name}`);
  const base = branch(raw['base']);
  return known(
    reading,
    parseCharm(url, {
      channel: text(raw['charm-channel']),
      base: baseOf(text(base['name']), text(base['channel'])) ?? baseOfSeries(text(raw['series'])),
      subordinateTo: texts(raw['subordinate-to']),
      revision: count(raw['charm-rev']),
    }),
  );
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function statusOf({ reading }: StatusContext, name: string, raw: Branch): Fact<ApplicationStatus> {
  const status = branch(raw['status']);
  const error = errorIn(status);
  if (error !== undefined) return unreadable(reading, `the status of ${name}`, error);
  const value: Writable<ApplicationStatus> = {
    status: text(status['status']),
    message: text(status['info']),
  };
  const workloadVersion = textOr(raw['workload-version']);
  if (workloadVersion !== undefined) value.workloadVersion = workloadVersion;
  const life = textOr(raw['life']);
  if (life !== undefined) value.life = life;
  return known(reading, value);
}

function exposureOf({ reading, unexposed }: StatusContext, raw: Branch): Fact<Exposure> {
  if (raw['exposed'] === false) return unexposed;
  if (raw['exposed'] !== true)
    return unknown(reading, 'the status does not tell whether the application is exposed');
  const listed = branch(raw['exposed-endpoints']);
  const endpoints = newDict<{ readonly cidrs: readonly string[]; readonly spaces: readonly string[] }>();
  for (const endpoint of Object.keys(listed)) {
    const { 'expose-to-cidrs': cidrs, 'expose-to-spaces': spaces } = branch(listed[endpoint]);
    endpoints[endpoint] = reach(texts(cidrs), texts(spaces));
  }
  if (Object.keys(endpoints).length === 0) endpoints[''] = reach([], []);
  return known(reading, { exposed: true, endpoints });
}

function reach(
  cidrs: readonly string[],
  spaces: readonly string[],
): { readonly cidrs: readonly string[]; readonly spaces: readonly string[] } {
  return cidrs.length === 0 && spaces.length === 0 ? { cidrs: world, spaces } : { cidrs, spaces };
}

function bindingsOf({ reading }: StatusContext, raw: unknown): Fact<Dict<string>> {
  if (!isBranch(raw)) return unknown(reading, 'the status does not list endpoint bindings');
  const bindings = newDict<string>();
  for (const endpoint of Object.keys(raw)) bindings[endpoint] = text(raw[endpoint]);
  return known(reading, bindings);
}

function relationsOf(
  { reading, unrelated }: StatusContext,
  name: string,
  table: RelationTable,
): StatusApplication['relations'] {
  const own = table.byApplication[name];
  return own === undefined ? unrelated : known(reading, own);
}

function unitsOf({ reading }: StatusContext, name: string, table: UnitTable): StatusApplication['units'] {
  const error = table.errors[name];
  if (error !== undefined) return unreadable(reading, `all units of ${name}`, error);
  return known(reading, table.units[name] ?? newDict());
}
