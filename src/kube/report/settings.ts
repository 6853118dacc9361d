export interface ReportSettings {
  /** Milliseconds between two looks at the report: the same object is written once within them at most. */
  readonly everyMs: number;
  /** Milliseconds after which is looked anew at what the cluster serves, allows and holds. */
  readonly lookMs: number;
  /** Milliseconds between two requests that change something. */
  readonly betweenMs: number;
  /** Milliseconds after the first failure; doubled with each that follows. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Events that may be made at once, and milliseconds until there may be one more. */
  readonly eventBurst: number;
  readonly eventEveryMs: number;
  /** Milliseconds within which the same event again is counted, not made; and between two such counts. */
  readonly seriesMs: number;
  readonly countEveryMs: number;
  /** Objects of one page of a list. */
  readonly pageSize: number;
}

export const reportDefaults: ReportSettings = {
  everyMs: 30_000,
  lookMs: 600_000,
  betweenMs: 50,
  firstRetryMs: 5000,
  longestRetryMs: 300_000,
  eventBurst: 50,
  eventEveryMs: 20_000,
  seriesMs: 1_800_000,
  countEveryMs: 60_000,
  pageSize: 500,
};
