import type { KubeObject, LabelSelector, Owner } from '../../core/kube/object.js';
import type { Dict } from '../../core/dict.js';
import { branch, dict, isRaw, items, present, text, texts, type Raw } from '../raw.js';

export function metaOf(raw: Raw): KubeObject {
  const metadata = branch(raw, 'metadata');
  return {
    name: text(metadata, 'name') ?? '',
    uid: text(metadata, 'uid') ?? '',
    labels: dict(metadata, 'labels'),
    jujuAnnotations: dict(metadata, 'annotations', isJujus),
  };
}

/** As in `unit.juju.is/id`. */
function isJujus(key: string): boolean {
  return /(^|\.)juju\.is\//.test(key);
}

export function ownerOf(raw: Raw): Owner | undefined {
  const owners = items(branch(raw, 'metadata'), 'ownerReferences');
  const owner = owners.find((candidate) => candidate['controller'] === true);
  return owner && { kind: text(owner, 'kind') ?? '', name: text(owner, 'name') ?? '' };
}

type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** A selector where there is one: an empty one selects everything, an absent one is something else. */
export function selectorOf(raw: Raw, key: string): LabelSelector | undefined {
  const selector = raw[key];
  if (!isRaw(selector)) return undefined;
  const expressions = items(selector, 'matchExpressions').map((expression) => ({
    key: text(expression, 'key') ?? '',
    operator: (text(expression, 'operator') ?? '') as Operator,
    ...present({ values: filled(texts(expression, 'values')) }),
  }));
  return present({
    matchLabels: filledDict(dict(selector, 'matchLabels')),
    matchExpressions: filled(expressions),
  });
}

/** Absent rather than empty, where both mean the same. */
export function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function filledDict(found: Dict<string>): Dict<string> | undefined {
  return Object.keys(found).length === 0 ? undefined : found;
}
