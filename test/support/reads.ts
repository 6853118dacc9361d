/** Which kinds of evidence a control looks at while it judges, told from the cells of the views that it reads. */
import type { Control } from '../../src/core/control.js';
import { ClustersView, ClusterView, NamespaceView } from '../../src/core/evaluate/cluster-view.js';
import { Node } from '../../src/core/evaluate/node.js';
import { StacksView, StackView, TelemetryView } from '../../src/core/evaluate/stack-view.js';
import { ApplicationView, ControllerView, ModelView } from '../../src/core/evaluate/view.js';
import type { EvidenceKind } from '../../src/core/outcome.js';

/** What Juju's status does not show at all, and what it shows in part. */
const byCalls: ReadonlySet<string> = new Set([
  ...['config', 'trust', 'users', 'clouds', 'self', 'blocks', 'secrets', 'sshKeys', 'credential'],
  ...['secretBackend', 'operations'],
]);
const byBoth: ReadonlySet<string> = new Set(['info', 'exposure', 'machines', 'offers']);

function kindsOf(node: object, cell: string): readonly EvidenceKind[] {
  if ([ClustersView, ClusterView, NamespaceView].some((view) => node instanceof view)) return ['K'];
  if ([StacksView, StackView, TelemetryView].some((view) => node instanceof view)) return ['O'];
  if (![ApplicationView, ModelView, ControllerView].some((view) => node instanceof view)) return [];
  if (cell === 'workload') return ['W'];
  if (cell === 'probes') return ['P'];
  if (cell === 'rotations' || cell === 'deeds') return ['N'];
  if (byBoth.has(cell)) return ['S', 'J'];
  return byCalls.has(cell) ? ['J'] : ['S'];
}

let reading: Set<EvidenceKind> | undefined;

/** The same control, which tells after each judgement what it has read for it. */
export function telling(control: Control, told: (kinds: ReadonlySet<EvidenceKind>) => void): Control {
  listen();
  return {
    ...control,
    evaluate: (subject, context) => {
      reading = new Set();
      try {
        return control.evaluate(subject, context);
      } finally {
        told(reading);
        reading = undefined;
      }
    },
  };
}

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the node below
  const { get } = Node.prototype;
  Node.prototype.get = function (this: Node<object>, cell: never) {
    for (const kind of kindsOf(this, cell)) reading?.add(kind);
    return get.call(this, cell) as never;
  };
}
