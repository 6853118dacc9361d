import { join } from 'node:path';
import { firstAudit } from './commands.ts';
import {
  ms,
  ratioOf,
  sampleOf,
  times,
  timesInTurns,
  type Ratio,
  type Result,
  type Sample,
} from './measure.ts';
import { audit, auditToJson, cisOf, controls } from './program.ts';
import type { Files } from './files.ts';

/** Audits of 500 applications with 500 units, against parsing the same bytes. */
export function auditResults({ folder, large, text }: Files, rounds: number): readonly Result[] {
  const works = {
    parse: () => JSON.parse(text) as unknown,
    audit: () => audit(text),
    toJson: () => auditToJson(text),
    cis: () => cisOf(text),
  };
  timesInTurns(works, 30);
  const { parse, audit: whole, toJson, cis } = timesInTurns(works, rounds);
  const cold = Array.from({ length: 10 }, () => firstAudit(large, join(folder, 'cache'))).slice(1);
  const firsts = cold.map((one) => one.audit);
  const size = `${Math.round(text.length / 1000)} kB, ${controls} controls`;
  const warm = sampleOf(parse);
  return [
    against(
      ['audit-warm', `audit of 500 applications (${size}), warm`],
      { ratio: ratioOf(whole, parse), sample: warm },
      3,
    ),
    against(['audit-json', 'the same, with the report as JSON'], {
      ratio: ratioOf(toJson, parse),
      sample: warm,
    }),
    against(
      ['audit-first', 'the first in a fresh process, to a warm JSON.parse'],
      {
        ratio: ratioOf(
          firsts,
          firsts.map(() => warm.median),
        ),
        sample: sampleOf(firsts),
      },
      15,
    ),
    against(['audit-first-to-first', 'the same, to the first JSON.parse in a fresh process'], {
      ratio: ratioOf(
        firsts,
        cold.map((one) => one.parse),
      ),
      sample: sampleOf(cold.map((one) => one.parse)),
    }),
    cisResult(sampleOf(cis)),
  ];
}

/** A ratio to `JSON.parse` of the same bytes; `sample` is what that is made of. */
function against(
  [id, what]: readonly [string, string],
  { ratio, sample }: { readonly ratio: Ratio; readonly sample: Sample },
  most?: number,
): Result {
  const measured = `${times(ratio)} JSON.parse`;
  if (most === undefined) return { id, what, measured, budget: 'none', figures: { ratio, sample } };
  const within = ratio.median <= most;
  return { id, what, measured, budget: `≤ ${most} ×`, within, figures: { ratio, sample } };
}

function cisResult(sample: Sample): Result {
  const what = 'the guide cis-etcd on the 10 etcd among them, in process';
  return {
    id: 'cis',
    what,
    measured: ms(sample),
    budget: '≤ 5 ms',
    within: sample.median <= 5,
    figures: { sample },
  };
}
