/**
 * Every control that can be put right, put right: in a world in which it fails, its plan is carried out by the real
 * executor under all rails, on a simulated controller, and it passes. A second time there is nothing to do, and the
 * world stays as it was to the letter.
 */
import { afterAll, describe, expect, it, test } from '@jest/globals';
import { isViolation } from '../../src/core/outcome.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { guides } from '../../src/guides/index.js';
import type { RemedyCase, RemedyRow } from '../support/remedies/case.js';
import { withFlavour } from '../support/remedies/estates.js';
import { RemedyStage, type Round } from '../support/remedies/stage.js';
import { etcdRemedies } from './remedies/etcd.js';
import { jujuRemedies } from './remedies/juju.js';
import { jujuFourRemedies } from './remedies/juju-4.js';
import { kafkaRemedies, kafkaVariants } from './remedies/kafka.js';
import { mysqlRemedies, mysqlVariants } from './remedies/mysql.js';
import { postgresqlRemedies, postgresqlVariants } from './remedies/postgresql.js';

const products = { ...etcdRemedies, ...postgresqlRemedies, ...kafkaRemedies, ...mysqlRemedies };
const cases: Readonly<Record<string, RemedyCase>> = { ...jujuRemedies, ...products };

/** What is Juju's own is put right on both of its major versions. */
const rows: readonly RemedyRow[] = [
  ...Object.entries(jujuRemedies).map(([id, given]) => onJuju('3.6', id, given)),
  ...Object.entries({ ...jujuRemedies, ...jujuFourRemedies }).map(([id, given]) => onJuju('4.0', id, given)),
  ...Object.entries({ ...products, ...postgresqlVariants, ...kafkaVariants, ...mysqlVariants }),
];

function onJuju(flavour: '3.6' | '4.0', id: string, given: RemedyCase): RemedyRow {
  return [`${id} on Juju ${flavour}`, { ...given, estate: withFlavour(given.estate, flavour) }];
}

const began = Date.now();
const shown: string[] = [];
afterAll(() => {
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  const total = `${shown.length} of ${rows.length} rows for ${Object.keys(cases).length} controls in ${seconds} s`;
  process.stdout.write(`\n${[...shown, total].join('\n')}\n`);
});

function told({ control, target, outcome, reason }: ReportFinding): string {
  const { controller = '', model = '', application = '', user = '' } = target;
  return `${control} ${controller}:${model}/${application} ${user} ${outcome} ${reason}`;
}

/** What is said now and was not said before, passes left out. */
function news({ before, after }: Round): readonly string[] {
  const known = new Set(before.filter(({ outcome }) => !isViolation(outcome)).map(told));
  return after
    .filter(({ outcome }) => outcome !== 'pass')
    .map((finding) => [told(finding), finding.reason] as const)
    .flatMap(([text, reason]) => (known.has(text) ? [] : [reason]));
}

describe('the controls that can be put right', () => {
  it('are all in the table, and no other is', () => {
    const mending = guides.flatMap(({ controls }) => controls.filter((control) => 'remediate' in control));
    expect(Object.keys(cases).sort()).toEqual(mending.map(({ id }) => id).sort());
  });

  test.each(rows)('%s is put right once, and then is left alone', async (name, given) => {
    const { arrange, ends = { state: 'Succeeded' }, ...options } = given;
    const [control = ''] = name.split(' ');
    const stage = new RemedyStage({ control, ...options });
    await stage.settled();
    arrange?.(stage);
    await stage.settled();

    const first = await stage.round();
    expect(first.before.filter(({ outcome }) => isViolation(outcome))).not.toEqual([]);
    expect(first.remediations.map(({ state }) => state).filter((state) => state !== 'Succeeded')).toEqual(
      ends.state === 'Succeeded' ? [] : [ends.state],
    );
    expect(first.remediations).not.toEqual([]);
    expect(news(first)).toEqual(ends.reason === undefined ? [] : [ends.reason]);
    expect(first.after.map(({ outcome }) => outcome)).toContain(
      ends.reason === undefined ? 'pass' : 'unknown',
    );

    stage.forget();
    const second = await stage.round();
    expect([second.plans, second.remediations]).toEqual([[], []]);
    expect(second.text).toBe(first.text);
    expect(second.after.map(told)).toEqual(first.after.map(told));
    shown.push(
      `${name.padEnd(26)} ${first.remediations.length} done, ends as ${ends.reason ?? 'pass'}, ${ends.state}`,
    );
  });
});
