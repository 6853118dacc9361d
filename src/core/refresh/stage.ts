/**
 * Where a refresh stands, from nothing but what is seen: nobody has to remember that one was begun. On Kubernetes the
 * units that wait still run the older revision; on machines the charm's code changes at once everywhere while its
 * workload waits, so that only the statuses tell (charm facts, sections 2 to 6).
 */
import { isKnown, type Fact } from '../fact.js';
import type { ApplicationStatus, Charm, Unit } from '../snapshot.js';
import type { Dict } from '../dict.js';
import { flowOf, isNewFlow, type RefreshFlow } from './flow.js';

/** What of an application shows how a refresh stands: its state in a snapshot, or what was read of it. */
export interface RefreshSeen {
  readonly name: string;
  readonly charm: Fact<Charm>;
  readonly status: Fact<ApplicationStatus>;
  readonly units: Fact<Dict<Unit>>;
}

export type RefreshStage =
  /** None is going on, as far as can be seen. */
  | { readonly stage: 'none' }
  /** Units change, or will: nothing is to be done but wait. */
  | { readonly stage: 'rolling'; readonly message: string }
  /** The first units are through and well; the others wait for the action on this unit. */
  | { readonly stage: 'paused'; readonly resumeOn: string; readonly message: string }
  /** The charm says that it went wrong. */
  | { readonly stage: 'failed'; readonly message: string };

/** The stage, or undefined where charm, status or units were not read, or the charm's flow is not known. */
export function stageOf(seen: RefreshSeen): RefreshStage | undefined {
  const flow = isKnown(seen.charm) ? flowOf(seen.charm.value) : undefined;
  if (flow === undefined || !isKnown(seen.units) || !isKnown(seen.status)) return undefined;
  const place: Place = {
    name: seen.name,
    status: seen.status.value,
    units: highestFirst(Object.values(seen.units.value)),
  };
  const failure = failureIn(place);
  if (failure !== undefined) return { stage: 'failed', message: failure };
  return isNewFlow(flow) ? newStage(place) : oldStage(place, flow);
}

interface Place {
  readonly name: string;
  readonly status: ApplicationStatus;
  /** The highest number first, as they are refreshed. */
  readonly units: readonly Unit[];
}

function highestFirst(units: Unit[]): readonly Unit[] {
  return units.length < 2 ? units : units.sort((a, b) => numberOf(b) - numberOf(a));
}

const none: RefreshStage = { stage: 'none' };

/** What the charms say when only a person, or the way back, can help. */
const failures =
  /^(?:refresh incompatible|upgrade failed|ready to rollback application|rollback with|`juju refresh` was run with missing)/i;

function failureIn({ status, units }: Place): string | undefined {
  if (failures.test(status.message)) return status.message;
  return units.find((unit) => failures.test(unit.workloadMessage))?.workloadMessage;
}

const asksToResume =
  /^Refreshing\. Check units >=(\d+) are healthy & run `resume-refresh` on (?:unit (\d+)|leader)/;

function newStage(place: Place): RefreshStage {
  const { status, units, name } = place;
  const asked = asksToResume.exec(status.message);
  if (asked === null) return isRefreshing(place) ? rolling(place) : none;
  const [, first = '', next] = asked;
  const resumeOn = next === undefined ? leaderOf(units) : `${name}/${next}`;
  const refreshed = units.filter((unit) => numberOf(unit) >= Number(first));
  const unwell = refreshed.length === 0 || refreshed.some((unit) => !isWell(unit)) || units.some(isBusy);
  if (resumeOn === undefined || unwell || !units.some((unit) => unit.name === resumeOn))
    return rolling(place);
  return { stage: 'paused', resumeOn, message: status.message };
}

function isRefreshing({ status, units }: Place): boolean {
  return /^(?:Refreshing\.|Determining if a refresh)/.test(status.message) || units.some(isBehind);
}

/** The older charms: the unit with the highest number goes first, and is alone until the leader is told to go on. */
function oldStage(place: Place, { resume }: RefreshFlow): RefreshStage {
  const { units } = place;
  const waiting = units.filter((unit) => isBehind(unit) || saysItWaits(unit));
  const isGoingOn = waiting.length > 0 || units.some(saysItRuns);
  if (!isGoingOn) return none;
  const [first, ...others] = units;
  const resumeOn = leaderOf(units);
  const isPaused =
    resume !== undefined &&
    first !== undefined &&
    others.length > 0 &&
    isWell(first) &&
    others.every((unit) => waiting.includes(unit) && !isBusy(unit));
  if (!isPaused || waiting.includes(first) || resumeOn === undefined) return rolling(place);
  return { stage: 'paused', resumeOn, message: `${first.name} is refreshed and well, the others wait` };
}

function rolling({ status, units }: Place): RefreshStage {
  const behind = units.filter(isBehind).map((unit) => unit.name);
  const speaking = units.find((unit) => unit.workloadMessage !== '');
  const told = [status.message, speaking && `${speaking.name}: ${speaking.workloadMessage}`].find(Boolean);
  const still = behind.length > 0 ? `${behind.join(', ')} still on the older revision` : 'units change';
  return { stage: 'rolling', message: told ?? still };
}

function numberOf({ name }: Unit): number {
  return Number(name.slice(name.lastIndexOf('/') + 1));
}

function leaderOf(units: readonly Unit[]): string | undefined {
  return units.find((unit) => unit.leader === true)?.name;
}

function isBehind({ upgradingFrom }: Unit): boolean {
  return upgradingFrom !== undefined;
}

function saysItWaits({ workloadMessage }: Unit): boolean {
  return /^other units upgrading first/i.test(workloadMessage);
}

function saysItRuns({ workloadMessage }: Unit): boolean {
  return /^(?:upgrading|upgrade completed|recovering unit after upgrade)/i.test(workloadMessage);
}

function isBusy({ agent, workload }: Unit): boolean {
  return agent !== 'idle' || workload === 'error' || workload === 'unknown';
}

/** Refreshed, at rest and serving; some charms still say that they are through. */
function isWell(unit: Unit): boolean {
  if (isBehind(unit) || isBusy(unit)) return false;
  return (
    unit.workload === 'active' ||
    (unit.workload === 'maintenance' && /^upgrade completed/i.test(unit.workloadMessage))
  );
}
