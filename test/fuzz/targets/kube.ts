/** What an apiserver sends. */
import { dictOf } from '../../../src/core/dict.js';
import { apiError } from '../../../src/kube/access/api-error.js';
import { clusterWide, namespaced, namespaces } from '../../../src/kube/observe/resources.js';
import { isRaw } from '../../../src/kube/raw.js';
import { eventOf } from '../../../src/kube/watch/event.js';
import { Lines } from '../../../src/kube/watch/lines.js';
import { jsonIn, utf8, type Target } from '../target.js';

const resources = [...Object.values(namespaced), ...Object.values(clusterWide), namespaces];

function objects(bytes: Buffer): unknown {
  const value = jsonIn(bytes);
  if (!isRaw(value)) return undefined;
  const kept = resources.map(({ strip }) => strip(value));
  return [kept, dictOf(kept.map((object) => [object.name, object]))];
}

/** A stream in pieces of uneven length, as a network cuts it. */
function watched(bytes: Buffer): unknown {
  const lines = new Lines(64 * 1024);
  const events: unknown[] = [];
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 4096)
    for (const line of lines.push(bytes.subarray(at, at + size))) events.push(eventOf(line));
  return events;
}

export const kubeTargets: readonly Target[] = [
  { name: 'kube-objects', read: objects, refusals: [] },
  { name: 'kube-watch', read: watched, refusals: [/^an event /] },
  { name: 'kube-event', read: (bytes) => eventOf(utf8(bytes)), refusals: [/^an event /] },
  { name: 'kube-error', read: (bytes) => apiError(403, jsonIn(bytes)).message, refusals: [] },
];
