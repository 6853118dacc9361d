import { describe, expect, it } from '@jest/globals';
import type { Cut } from './flow-life.js';
import { cutsOf, flowRun, type FlowResult } from './flow-matrix.js';
import { flowTable } from './flow-table.js';
import { flows, type Flow } from './flows.js';
import { unexplained } from './house.js';
import { legend } from './outcome.js';
import { put } from './put.js';
import { commandIn } from './write-label.js';

/** All takes most of an hour: without CRASH_MATRIX=all one write of two flows. */
const isWhole = process.env['CRASH_MATRIX'] === 'all';
const decisive: Readonly<Record<string, Cut>> = {
  'own password': { side: 'before', label: 'change-user-password: exited', nth: 1 },
  'undone change': { side: 'after', label: 'undo model-config: exited', nth: 1 },
};
const chosen = flows.filter(({ name }) => isWhole || name in decisive);
/** Most of their time is waiting. */
const atOnce = 3;
const tables: string[] = [];

describe('a daemon that is killed on the way of a flow', () => {
  it.each(chosen)(
    '$name, at any of its writes, brings it to its end, and repeats nothing that may not be',
    async (flow) => {
      const cuts = isWhole ? await cutsOf(flow) : [decisive[flow.name]].filter((cut) => cut !== undefined);
      const own = await inTurns(cuts, (cut) => flowRun(flow, cut));
      tables.push(flowTable(flow.name, own));
      if (isWhole) put('flows', ['## Flows of several processes', '', ...tables, legend].join('\n'));
      expect(own.flatMap(wrongWith)).toEqual([]);
    },
    3_600_000,
  );
});

async function inTurns<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<readonly R[]> {
  const left = [...all.entries()];
  const ends: R[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) ends[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ends;
}

/** One sentence for each thing that may not be. */
function wrongWith(result: FlowResult): readonly string[] {
  const { flow, cut, killed, chain, steps, faults, callsBefore, callsAfter } = result;
  const calls = [...callsBefore, ...callsAfter].map(withoutFile);
  const known = steps.map((step) => ({ ...step, argv: withoutFile(step.argv.join(' ')).split(' ') }));
  const wrong = [
    ...(killed ? [] : ['it was not killed']),
    ...(chain === 'whole' ? [] : [`the audit trail is ${chain}`]),
    ...(faults.length === 0 ? [] : faults),
    ...unexplained(calls, known),
    ...repeated(flow, calls),
    ...unfinished(result),
  ];
  return wrong.map((what) => `${cut?.side ?? ''} ${cut?.label ?? ''} ${cut?.nth ?? ''}: ${what}`);
}

/** What is handed to `juju` lies in a file of another name each time. */
function withoutFile(call: string): string {
  return call.replace(/--file \S+/, '--file');
}

function repeated({ once }: Flow, calls: readonly string[]): readonly string[] {
  return once.flatMap((command) => {
    const made = calls.filter((call) => commandIn(['juju', ...call.split(' ')]) === command).length;
    return made > 1 ? [`${command} was called ${made} times`] : [];
  });
}

/** Only what may not be repeated is left to a person. */
function unfinished({ flow, remediations }: FlowResult): readonly string[] {
  return remediations.flatMap(({ state, reason, message, action, argv }) => {
    if (state === flow.ends || state === 'Outdated') return [];
    const mayBe = state === 'NeedsReview' && (!action.repeatable || flow.ends === 'RolledBack');
    return mayBe ? [] : [`${commandIn(argv)} is ${state} (${reason}: ${message})`];
  });
}
