import { hash } from 'node:crypto';
import { plainLine } from '../../core/openreports/names.js';
import type { ReportPlace } from '../../core/openreports/types.js';
import type { Happening } from '../../core/ports/report-sink.js';

/** What an Event is about: the StatefulSet of the application where there is one, else the namespace. */
export interface Regarding {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const actions = { drift: 'Observe', fixed: 'Remediate', quarantined: 'Quarantine' } as const;

export function regardingOf({ application }: Happening, { namespace, statefulSets }: ReportPlace): Regarding {
  if (application !== undefined && statefulSets.has(application))
    return { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name: application };
  // Its own namespace beside it: the API takes no Event in a namespace about an object outside of it.
  return { apiVersion: 'v1', kind: 'Namespace', namespace, name: namespace };
}

/** The same happening again has the same key. */
export function seriesKey(
  { kind, control, application = '', reason }: Happening,
  { namespace }: Regarding,
): string {
  return JSON.stringify([namespace, application, kind, control, reason]);
}

/** Names are new for each series, as with every other reporter of Events. */
export function eventName(regarding: Regarding, key: string, at: number): string {
  const mark = hash('sha256', `${key}${at}`).slice(0, 16);
  return `${regarding.name.slice(0, 200)}.${mark}`;
}

/** An Event of `events.k8s.io/v1`. */
export function eventObject(
  happening: Happening,
  about: {
    readonly regarding: Regarding;
    readonly name: string;
    readonly reporter: string;
    readonly at: number;
  },
): object {
  const { kind, control, reason, message } = happening;
  const { regarding, name, reporter, at } = about;
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: {
      name,
      namespace: regarding.namespace,
      labels: { 'app.kubernetes.io/managed-by': 'holdfast' },
    },
    eventTime: microTime(at),
    reportingController: 'holdfast',
    reportingInstance: plainLine(reporter, 128) || 'holdfast',
    action: actions[kind],
    reason: codeOf(reason),
    regarding,
    note: plainLine(`${control}: ${message}`, 300),
    type: kind === 'fixed' ? 'Normal' : 'Warning',
  };
}

/** How often it came by now, as a patch. */
export function seriesPatch(count: number, at: number): string {
  return JSON.stringify({ series: { count, lastObservedTime: microTime(at) } });
}

/** The API wants six decimals. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

/** CamelCase of at most 128 letters, whatever a custom control calls its reason. */
function codeOf(reason: string): string {
  const code = reason.replace(/[^A-Za-z0-9]+/g, '').slice(0, 128);
  return code === '' ? 'Unnamed' : code;
}
