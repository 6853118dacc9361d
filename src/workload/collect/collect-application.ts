/** Looks into the units of one application and reads what they show into evidence. */
import { dictOf } from '../../core/dict.js';
import { isKnown, known, unknown, valueOf, type Gap, type Reading } from '../../core/fact.js';
import type { CertificateFacts, EtcdMember } from '../../core/evidence/etcd.js';
import type { UnitInside } from '../../core/evidence/units.js';
import type { WorkloadEvidence } from '../../core/evidence/workload.js';
import type { Insight, Look, LookAnswer, LookInside } from '../../core/ports/workload-reader.js';
import type { ApplicationState, Unit } from '../../core/snapshot.js';
import { nameOf } from './answers.js';
import { authorities, etcdMember, type Told } from './etcd-member.js';
import { inquiryFor, looksOf } from './inquiries.js';
import type { Inquiry, LookName } from './inquiry.js';
import { readAction, readLook } from './read-answers.js';

/** What is looked at in units of the application; undefined: nothing is known of its charm that could be. */
function inquiryOf(app: ApplicationState): Inquiry | undefined {
  const charm = valueOf(app.charm);
  return charm && inquiryFor(charm, Object.keys(valueOf(app.bindings) ?? {}));
}

/**
 * Undefined for a charm of which nothing is looked at. What a unit does not answer is unknown for that unit alone.
 * Rejects only when the signal aborts.
 */
async function collectApplication(
  app: ApplicationState,
  options: LookInside,
): Promise<WorkloadEvidence | undefined> {
  const inquiry = inquiryOf(app);
  if (inquiry === undefined) return undefined;
  if (!isKnown(app.units)) return notSeen(app, inquiry);
  const units = Object.values(app.units.value);
  const seen = await Promise.all(
    units.map(async (unit) => [unit.name, await collectUnit(app, unit, { ...options, inquiry })] as const),
  );
  const reading = readingOf(options, 'the units');
  const members = seen.flatMap(([name, { member }]) =>
    member === undefined ? [] : [[name, member] as const],
  );
  const users = members.length === 0 ? undefined : await options.usersOf?.(app);
  const signers = uniqueAuthorities(seen.flatMap(([, { signers: own }]) => own));
  return {
    unitsInside: known(reading, dictOf(seen.map(([name, { inside }]) => [name, inside] as const))),
    ...(members.length === 0 ? {} : { etcdMembers: known(reading, dictOf(members)) }),
    ...(users === undefined ? {} : { etcdUsers: users }),
    ...(signers.length === 0 ? {} : { certificateAuthorities: known(reading, signers) }),
  };
}

function notSeen({ units }: ApplicationState, { looks }: Inquiry): WorkloadEvidence {
  if (isKnown(units)) return {};
  return { unitsInside: units, ...(looks.etcdConfiguration === undefined ? {} : { etcdMembers: units }) };
}

interface Seen {
  readonly inside: UnitInside;
  readonly member?: EtcdMember;
  readonly signers: readonly CertificateFacts[];
}

async function collectUnit(
  app: ApplicationState,
  unit: Unit,
  options: LookInside & { readonly inquiry: Inquiry },
): Promise<Seen> {
  const { inquiry, reader, model, gate, signal } = options;
  const place = { model, unit: unit.name };
  const looks = looksOf(inquiry);
  const answers = await gate(() => reader.look(place, looks, signal));
  const names = Object.keys(inquiry.looks) as LookName[];
  const asked = new Map(
    looks.map((look, index): [LookName, Told & { look: Look }] => {
      const answer: LookAnswer = answers[index] ?? { missing: 'the unit gave no answer' };
      return [names[index] ?? 'files', { look, answer, reading: readingOf(options, nameOf(look)) }];
    }),
  );
  const inside = Object.assign({}, ...insideOf(asked), ...(await actionsOf(unit, options))) as UnitInside;
  const configuration = asked.get('etcdConfiguration');
  const certificates = asked.get('certificates');
  const signers = certificates === undefined ? [] : (valueOfOr(authorities(certificates)) ?? []);
  if (configuration === undefined || certificates === undefined) return { inside, signers };
  const version = valueOf(app.status)?.workloadVersion;
  const member = etcdMember({
    configuration: { look: configuration.look, told: configuration },
    certificates,
    inside,
    version,
  });
  return { inside, member, signers };
}

function valueOfOr<T>(fact: Parameters<typeof valueOf<T>>[0] | undefined): T | undefined {
  return fact && valueOf(fact);
}

function insideOf(asked: ReadonlyMap<LookName, Told & { readonly look: Look }>): readonly UnitInside[] {
  return [...asked].flatMap(([name, told]) =>
    name === 'etcdConfiguration' ? [] : [readLook(name, told.look, told)],
  );
}

/** Actions are asked of the leader: the answer is the application's. */
async function actionsOf(
  unit: Unit,
  options: LookInside & { readonly inquiry: Inquiry },
): Promise<readonly UnitInside[]> {
  if (unit.leader !== true) return [];
  const { inquiry, reader, model, gate, signal } = options;
  const place = { model, unit: unit.name };
  return Promise.all(
    inquiry.actions.map(async (action) => {
      const answer = await gate(() => reader.act(place, action, signal));
      return readAction(action, answer, readingOf(options, action));
    }),
  );
}

function readingOf({ reader, now }: Pick<LookInside, 'reader' | 'now'>, call: string): Reading {
  return { source: { road: reader.road, call }, at: now() };
}

function uniqueAuthorities(all: readonly CertificateFacts[]): readonly CertificateFacts[] {
  return [...new Map(all.map((one) => [one.fingerprint, one])).values()];
}

/** Evidence that says why nothing was looked at, for an application of which something could be. */
function withoutEvidence(
  app: ApplicationState,
  reading: Reading,
  { reason, permission }: Gap,
): WorkloadEvidence | undefined {
  const inquiry = inquiryOf(app);
  if (inquiry === undefined) return undefined;
  const gap = unknown(reading, reason, permission);
  return { unitsInside: gap, ...(inquiry.looks.etcdConfiguration === undefined ? {} : { etcdMembers: gap }) };
}

export const insight: Insight = { collect: collectApplication, without: withoutEvidence };
