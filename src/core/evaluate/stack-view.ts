import type { Dict } from '../dict.js';
import type { ModelTelemetry, StackState } from '../observability/stack.js';
import type { Recorder } from './cell.js';
import { Node, type ChildPlan } from './node.js';

interface Stacks {
  /** Whether the policy names any. */
  readonly given: boolean;
  readonly stacks: Dict<StackState>;
}

/** The observability stacks beside the estate. They are no targets: controls read them, each cell by itself. */
export class StacksView extends Node<Stacks> {
  private readonly sharedRecorder: Recorder;

  constructor(stacks: Dict<StackState> | undefined, recorder: Recorder) {
    super('', stateOf(stacks), recorder);
    this.sharedRecorder = recorder;
  }

  /** The next snapshot's stacks. */
  show(stacks: Dict<StackState> | undefined): void {
    this.update(stateOf(stacks));
  }

  stacks(): readonly StackView[] | undefined {
    if (!this.get('given')) return undefined;
    return this.childList() as unknown as readonly StackView[];
  }

  protected override childPlan(): ChildPlan<Stacks> {
    return {
      key: 'stacks',
      childrenOf: ({ stacks }) => stacks,
      make: (name, state) => populated(new StackView(name, state as StackState, this.sharedRecorder)),
      removed: nothing,
    };
  }
}

/** One observability stack, as controls read it. */
export class StackView extends Node<StackState> {
  private readonly sharedRecorder: Recorder;

  constructor(name: string, state: StackState, recorder: Recorder) {
    super(name, state, recorder);
    this.sharedRecorder = recorder;
  }

  /** What it holds of a model, by its `telemetryKey`. */
  telemetry(key: string): TelemetryView | undefined {
    return this.child(key) as TelemetryView | undefined;
  }

  protected override childPlan(): ChildPlan<StackState> {
    return {
      key: 'models',
      childrenOf: ({ models }) => models,
      make: (name, state) => populated(new TelemetryView(name, state as ModelTelemetry, this.sharedRecorder)),
      removed: nothing,
    };
  }
}

/** What one stack holds of one model. */
export class TelemetryView extends Node<ModelTelemetry> {
  protected override childPlan(): undefined {
    return undefined;
  }
}

const noStacks: Dict<StackState> = {};

function stateOf(stacks: Dict<StackState> | undefined): Stacks {
  return { given: stacks !== undefined, stacks: stacks ?? noStacks };
}

function populated<S extends object>(node: Node<S>): Node<object> {
  node.populate();
  return node as unknown as Node<object>;
}

function nothing(): void {
  // Nobody keeps anything for a stack or what it holds of a model: those who read it are told by its cells.
}
