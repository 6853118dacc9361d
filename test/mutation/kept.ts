/** Mutants that no test can or should notice, each with why. Found again by file and text, wherever the line has gone. */
export interface Kept {
  readonly file: string;
  /** The line it begins on, without blanks around it. */
  readonly source: string;
  readonly was: string;
  readonly became: string;
  readonly why: string;
}

export const kept: readonly Kept[] = [
  {
    file: 'src/core/rails/calendar.ts',
    source: 'for (let n = 0; n < mostSteps && moment !== undefined; n += 1) {',
    was: '0',
    became: '1',
    why: 'The bound only ends a search that finds nothing; nobody relies on where.',
  },
  {
    file: 'src/core/rails/calendar.ts',
    source: 'for (let n = 0; n < mostSteps && moment !== undefined; n += 1) {',
    was: '1',
    became: '2',
    why: 'The bound only ends a search that finds nothing; nobody relies on where.',
  },
  {
    file: 'src/core/rails/calendar.ts',
    source: 'const next = shut.flatMap((window) => nextBeginning(window, moment) ?? []);',
    was: 'nextBeginning(window, moment) ?? []',
    became: 'nextBeginning(window, moment)',
    why: 'A window that never begins again is refused with the policy.',
  },
  {
    file: 'src/core/rails/blast-radius.ts',
    source: 'const { n = 1, of = 1 } = part.plan.partOf ?? {};',
    was: '1',
    became: '2',
    why: 'A part always says which one it is; the value is for the type.',
  },
  {
    file: 'src/core/rails/blast-radius.ts',
    source: 'const { n = 1, of = 1 } = part.plan.partOf ?? {};',
    was: 'part.plan.partOf ?? {}',
    became: 'part.plan.partOf',
    why: 'A part always says which one it is; the value is for the type.',
  },
  {
    file: 'src/core/rails/breaker.ts',
    source: 'const views = past.length === marks.length ? [marks] : [marks, past];',
    was: 'past.length === marks.length',
    became: 'false',
    why: 'Both views are the same then, and the same is found twice.',
  },
  {
    file: 'src/core/rails/holds.ts',
    source: "return { state: 'Quarantined', reason, message, ...(until === undefined ? {} : { until }) };",
    was: 'until === undefined',
    became: 'false',
    why: 'A property that is undefined is left out of what is written, as one that is not there.',
  },
  {
    file: 'src/core/rails/marks.ts',
    source: "const of = mark.finding ?? '';",
    was: "mark.finding ?? ''",
    became: 'mark.finding',
    why: 'All marks without a finding share one key, whichever it is.',
  },
  {
    file: 'src/core/rails/marks.ts',
    source: "else if (mark.kind === 'refused' && last !== undefined) refused.add(last);",
    was: "mark.kind === 'refused' && last !== undefined",
    became: "mark.kind === 'refused'",
    why: 'A set that holds undefined refuses no mark; the comparison is for the type.',
  },
  {
    file: 'src/core/rails/order-neighbours.ts',
    source: "const url = offerOf((model && valueOf(model.remoteApplications))?.[saas]?.offerUrl ?? '');",
    was: "(model && valueOf(model.remoteApplications))?.[saas]?.offerUrl ?? ''",
    became: '(model && valueOf(model.remoteApplications))?.[saas]?.offerUrl',
    why: 'The pattern fits the text "undefined" as little as an empty one.',
  },
  {
    file: 'src/core/rails/order-neighbours.ts',
    source:
      "const [, controller, model = '', offer = ''] = /^(?:([^:]+):)?[^/]+\\/([^.]+)\\.(.+)$/.exec(url) ?? [];",
    was: '/^(?:([^:]+):)?[^/]+\\/([^.]+)\\.(.+)$/',
    became: '/^(?:([^:]+):)?[^/]+\\/([^.]+)\\.(.+)/',
    why: 'The last part takes all that is left; an offer has no line breaks.',
  },
  {
    file: 'src/core/rails/order-settling.ts',
    source: "if (application === undefined || kind === 'drift') continue;",
    was: "application === undefined || kind === 'drift'",
    became: "kind === 'drift'",
    why: 'There is no application named undefined.',
  },
  {
    file: 'src/core/rails/preflight-backup.ts',
    source: 'if (!isKnown(operations)) return undefined;',
    was: '!isKnown(operations)',
    became: 'false',
    why: 'Its caller has looked; the comparison is for the type.',
  },
  {
    file: 'src/core/rails/preflight-certificates.ts',
    source: "const since = expired.certificate?.notAfter ?? '';",
    was: "expired.certificate?.notAfter ?? ''",
    became: 'expired.certificate?.notAfter',
    why: 'What expired has an end; the value is for the type.',
  },
  {
    file: 'src/core/rails/schedule.ts',
    source: 'if (known !== undefined) return known;',
    was: 'known !== undefined',
    became: 'false',
    why: 'What is kept is only made again.',
  },
  {
    file: 'src/core/rails/schedule.ts',
    source: 'for (let n = 0; n < mostBeginnings; n += 1) {',
    was: 'n < mostBeginnings',
    became: 'n <= mostBeginnings',
    why: 'The bound only ends a search that finds nothing; nobody relies on where.',
  },
  {
    file: 'src/core/rails/schedule.ts',
    source: 'for (let n = 0; n < mostBeginnings; n += 1) {',
    was: '1',
    became: '2',
    why: 'The bound only ends a search that finds nothing; nobody relies on where.',
  },
  {
    file: 'src/core/rails/schedule.ts',
    source: 'const mostBeginnings = 400;',
    was: '400',
    became: '4000',
    why: 'The bound only ends a search that finds nothing; nobody relies on where.',
  },
  {
    file: 'src/core/rails/schedule.ts',
    source:
      "return new Cron(cron, { timezone, paused: true, mode: '5-part', fixedTimeRule: 'no-wildcard' });",
    was: 'true',
    became: 'false',
    why: 'Paused or not, it has nothing to call: it is only asked for moments.',
  },
  {
    file: 'src/core/rails/pause.ts',
    source: 'const ends = pauses.map(({ until }) => (until === undefined ? Infinity : millis(until)));',
    was: 'until === undefined',
    became: 'false',
    why: 'A time that is none is not finite either.',
  },
  {
    file: 'src/core/rails/window.ts',
    source:
      "const message = `outside of window ${names}; ${first === undefined ? '' : openingText(calendar, first, now)}`;",
    was: 'first === undefined',
    became: 'false',
    why: 'A list of windows that are shut has one; the comparison is for the type.',
  },
];
