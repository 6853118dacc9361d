import { newDict } from '../../core/dict.js';
import type { Relation, RelationEnd } from '../../core/snapshot.js';
import type { Steps } from '../../core/steps.js';
import { branch, count, text, textOr, type Branch } from '../status/json.js';
import { isApplicationName, isEndpointName, type OnBadName } from './names.js';
import { errorIn } from './status-context.js';

/** All relations but peers, by id, and the same ones by application. */
export interface RelationTable {
  readonly all: readonly Relation[];
  readonly byApplication: Readonly<Record<string, Relation[]>>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads `relations[]`, which Juju gives in no stable order. */
export function* readRelations(raw: unknown, remotes: Branch, onBadName: OnBadName): Steps<RelationTable> {
  const all: Relation[] = [];
  for (const item of Array.isArray(raw) ? (raw as unknown[]) : []) {
    const relation = relationOf(branch(item), remotes, onBadName);
    if (relation !== undefined) all.push(relation);
    yield;
  }
  all.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  const byApplication = newDict<Relation[]>();
  for (const relation of all) {
    for (const { application, remote } of relation.ends) {
      if (remote !== true) (byApplication[application] ??= []).push(relation);
    }
  }
  return { all, byApplication };
}

function relationOf(raw: Branch, remotes: Branch, onBadName: OnBadName): Relation | undefined {
  const endpoints = raw['endpoints'];
  // A peer relation has one end.
  if (!Array.isArray(endpoints) || endpoints.length !== 2) return undefined;
  const first = endOf(branch(endpoints[0]), remotes);
  const second = endOf(branch(endpoints[1]), remotes);
  if (first === undefined || second === undefined) {
    onBadName('relation', text(raw['key']));
    return undefined;
  }
  const relation: Writable<Relation> = {
    interface: text(raw['interface']),
    scope: text(raw['scope']),
    ends: first.role === 'provider' ? [second, first] : [first, second],
  };
  const id = count(raw['id']);
  if (id !== undefined) relation.id = id;
  const status = branch(raw['status']);
  if (errorIn(status) === undefined) relation.status = text(status['status']);
  return relation;
}

function endOf(raw: Branch, remotes: Branch): RelationEnd | undefined {
  const application = text(raw['application']);
  const endpoint = text(raw['name']);
  if (!isApplicationName(application) || !isEndpointName(endpoint)) return undefined;
  const role = textOr(raw['role']);
  const end: Writable<RelationEnd> = { application, endpoint };
  if (role !== undefined) end.role = role;
  if (Object.hasOwn(remotes, application)) end.remote = true;
  return end;
}
