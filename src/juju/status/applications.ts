import { newDict, type Dict } from '../../core/dict.js';
import { known, unknown, type Fact, type Known, type Reading } from '../../core/fact.js';
import type {
  ApplicationState,
  ApplicationStatus,
  Charm,
  Exposure,
  PendingUpgrade,
  Relation,
} from '../../core/snapshot.js';
import { parseCharm } from './charm-url.js';
import { unreadable, type Gaps } from './gaps.js';
import { branch, count, defined, isBranch, statusError, text, textOr, texts, type Branch } from './json.js';
import { baseFrom } from './machines.js';
import type { RelationTable } from './relations.js';
import type { UnitTable } from './units.js';

/** All that the applications of one status share. */
export interface StatusContext {
  readonly reading: Reading;
  readonly gaps: Gaps;
  readonly units: UnitTable;
  readonly relations: RelationTable;
  /** Facts that are the same for most applications, made once. */
  readonly common: CommonFacts;
}

interface CommonFacts {
  readonly exposed: Known<Exposure>;
  readonly unexposed: Known<Exposure>;
  readonly upToDate: Known<PendingUpgrade>;
  readonly noRelations: Known<readonly Relation[]>;
}

/** Made once for each reading. */
export function commonFacts(reading: Reading): CommonFacts {
  return {
    exposed: known(reading, { exposed: true }),
    unexposed: known(reading, { exposed: false }),
    upToDate: known(reading, { to: '' }),
    noRelations: known(reading, []),
  };
}

const nothingEvidenced: Dict<Fact<unknown>> = Object.freeze(newDict<Fact<unknown>>());

export function readApplications(context: StatusContext, raw: Branch): Dict<ApplicationState> {
  const applications = newDict<ApplicationState>();
  for (const name of Object.keys(raw)) applications[name] = applicationOf(context, name, branch(raw[name]));
  return applications;
}

function applicationOf(context: StatusContext, name: string, raw: Branch): ApplicationState {
  const error = statusError(raw);
  if (error !== undefined) return unreadableApplication(context, name, error);
  const { reading, gaps, common } = context;
  const to = text(raw['can-upgrade-to']);
  return {
    name,
    charm: charmOf(reading, name, raw),
    status: statusOf(reading, name, raw),
    exposure: exposureOf(context, raw['exposed']),
    bindings: bindingsOf(reading, raw['endpoint-bindings']),
    relations: relationsOf(context, name),
    units: unitsOf(context, name),
    upgrade: to === '' ? common.upToDate : known(reading, { to }),
    config: gaps.options,
    trust: gaps.trust,
    probes: gaps.probes,
    workload: nothingEvidenced,
  };
}

function unreadableApplication(
  { reading, gaps }: StatusContext,
  name: string,
  error: string,
): ApplicationState {
  const gap = unreadable(reading, `application ${name}`, error);
  const read = {
    charm: gap,
    status: gap,
    exposure: gap,
    bindings: gap,
    relations: gap,
    units: gap,
    upgrade: gap,
  };
  return {
    name,
    ...read,
    config: gaps.options,
    trust: gaps.trust,
    probes: gaps.probes,
    workload: nothingEvidenced,
  };
}

function charmOf(reading: Reading, name: string, raw: Branch): Fact<Charm> {
  const url = text(raw['charm']);
  const named = textOr(raw['charm-name']);
  if (url === '' && named === undefined)
    return unknown(reading, `the status does not name the charm of ${name}`);
  const charm = parseCharm(url, {
    origin: text(raw['charm-origin']),
    name: named,
    revision: count(raw['charm-rev']),
    channel: text(raw['charm-channel']),
    base: baseFrom(raw),
    subordinateTo: texts(raw['subordinate-to']),
  });
  return known(reading, charm);
}

function statusOf(reading: Reading, name: string, raw: Branch): Fact<ApplicationStatus> {
  const status = branch(raw['application-status']);
  const error = statusError(status);
  if (error !== undefined) return unreadable(reading, `the status of ${name}`, error);
  if (status['current'] === undefined)
    return unknown(reading, `the status file does not tell the status of ${name}`);
  const value = defined<ApplicationStatus>({
    status: text(status['current']),
    message: text(status['message']),
    workloadVersion: textOr(raw['version']),
    life: textOr(raw['life']),
  });
  return known(reading, value);
}

function exposureOf({ reading, common }: StatusContext, exposed: unknown): Fact<Exposure> {
  if (exposed === true) return common.exposed;
  return exposed === false
    ? common.unexposed
    : unknown(reading, 'the status does not tell whether the application is exposed');
}

function bindingsOf(reading: Reading, raw: unknown): Fact<Dict<string>> {
  if (!isBranch(raw)) return unknown(reading, 'the status does not list endpoint bindings');
  const bindings = newDict<string>();
  for (const endpoint of Object.keys(raw)) bindings[endpoint] = text(raw[endpoint]);
  return known(reading, bindings);
}

function relationsOf({ reading, relations, common }: StatusContext, name: string): Fact<readonly Relation[]> {
  const own = relations.byApplication[name];
  return own === undefined ? common.noRelations : known(reading, own);
}

function unitsOf({ reading, units }: StatusContext, name: string): ApplicationState['units'] {
  const error = units.errors[name];
  if (error !== undefined) return unreadable(reading, `all units of ${name}`, error);
  return known(reading, units.units[name] ?? newDict());
}
