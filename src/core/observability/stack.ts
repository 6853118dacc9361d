/** What an observability stack (Prometheus, Loki, Alertmanager) shows of the models that it watches. */
import type { Dict } from '../dict.js';
import type { Fact, Instant } from '../fact.js';
import type { RuleMatch } from '../policy/policy.js';

/** The servers of a stack that can be asked. */
export const stackParts = ['prometheus', 'loki', 'alertmanager'] as const;
export type StackPart = (typeof stackParts)[number];

/**
 * One stack. A fact is unknown where the policy names no server for it, where that server did not answer for too long,
 * and where it may not be asked; one that did not change keeps its identity.
 */
export interface StackState {
  /** As the policy calls it. */
  readonly name: string;
  /** What the policy says that the stack watches. */
  readonly match: StackMatch;
  /** The servers that the policy names, and whether they are reached over https. */
  readonly servers: Fact<Dict<StackServer>>;
  readonly metricsRetention: Fact<Retention>;
  readonly logRetention: Fact<Retention>;
  /** Alertmanagers that Prometheus sends alerts to at present. */
  readonly alertmanagers: Fact<number>;
  readonly routing: Fact<AlertRouting>;
  /** Those in force. */
  readonly silences: Fact<readonly Silence[]>;
  /** Rules that name neither a model nor an application: they are about whatever has the metric. */
  readonly generalRules: Fact<readonly AlertRule[]>;
  /** What it holds of each model, by `telemetryKey`. */
  readonly models: Dict<ModelTelemetry>;
}

export type StackMatch = Pick<RuleMatch, 'controller' | 'model' | 'application'>;

export interface StackServer {
  /** Host and port, for people. */
  readonly host: string;
  readonly transport: 'https' | 'http' | 'loopback';
}

/** What it holds of one model; the names in it are applications. */
export interface ModelTelemetry {
  readonly name: string;
  readonly rules: Fact<Dict<readonly AlertRule[]>>;
  readonly targets: Fact<Dict<readonly MetricsTarget[]>>;
  readonly logs: Fact<Dict<LogStreams>>;
}

/** An alert rule that Prometheus has loaded. Its expression is not kept. */
export interface AlertRule {
  readonly name: string;
  /** `ok`; `err`: it cannot be evaluated, and never fires; `unknown`: not evaluated yet. */
  readonly health: string;
  readonly labels: Dict<string>;
  /** Why it cannot be evaluated, cut short. */
  readonly trouble?: string;
}

/** What is measured at one place. Several of them may be at one unit. */
export interface MetricsTarget {
  /** Absent where the series name none. */
  readonly unit?: string;
  readonly job: string;
  /** Whether it answered at least once within the last minutes. */
  readonly up: boolean;
  /** Why it is down, in Prometheus' words, cut short; absent where Prometheus does not scrape it itself. */
  readonly trouble?: string;
}

/** The logs of one application. Lines are never kept. */
export interface LogStreams {
  /** Of the last line; absent where there was none within `logWindow`. */
  readonly newest?: Instant;
  /** Units that have written within the last day. */
  readonly units: readonly string[];
}

/** How long something is kept, in seconds. */
export interface Retention {
  /** `for-ever`: nothing is deleted for its age; `not-shown`: the server does not tell it. */
  readonly kept: 'seconds' | 'for-ever' | 'not-shown';
  readonly seconds?: number;
  /** A size beyond which older data go sooner, as the server writes it. */
  readonly orSize?: string;
}

/** How Alertmanager hands alerts on. Secrets, addresses and texts of its configuration are never kept. */
export interface AlertRouting {
  readonly root: AlertRoute;
  /** Receiver to the kinds of places that it tells (`webhook`, `email`, …); none: it tells nobody. */
  readonly receivers: Dict<readonly string[]>;
}

export interface AlertRoute {
  readonly receiver: string;
  /** All must hold; none: every alert. */
  readonly matchers: readonly LabelMatcher[];
  /** Whether routes after it are tried, too. */
  readonly goesOn: boolean;
  readonly routes: readonly AlertRoute[];
}

export interface LabelMatcher {
  readonly label: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export interface Silence {
  readonly id: string;
  readonly endsAt: Instant;
  readonly matchers: readonly LabelMatcher[];
}

/** How far back a last line is looked for, in seconds. */
export const logWindow = 7 * 86_400;

/** Key of what a stack holds of a model. */
export function telemetryKey(controller: string, model: string): string {
  return `${controller}:${model}`;
}
