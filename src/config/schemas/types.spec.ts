import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { Action, Precondition } from '../../core/action/action.js';
import type { KnowledgeTables } from '../../core/knowledge.js';
import type { Plan } from '../../core/plan.js';
import type { Pace } from '../../core/policy/policy.js';
import type { Rehearsal } from '../../core/rehearsal.js';
import type { Report } from '../../core/report/types.js';
import type { paceDurations } from '../policy/words.js';
import type { ActionDocument, PreconditionDocument } from './action.js';
import { actionTypes, ActionDocument as actions } from './action.js';
import type { KnowledgeTablesDocument } from './knowledge.js';
import type { PlanDocument } from './plan.js';
import type { RehearsalDocument } from './rehearsal.js';
import type { ReportDocument } from './report.js';

/** Without `readonly`, which schemas do not speak of, and with the tags of unions last. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Same<A, B> = [Plain<A>] extends [Plain<B>] ? ([Plain<B>] extends [Plain<A>] ? true : false) : false;

/** Held by the compiler: a schema and its type say the same, in both directions. */
const same: {
  report: Same<z.output<typeof ReportDocument>, Report>;
  plan: Same<z.output<typeof PlanDocument>, Plan>;
  rehearsal: Same<z.output<typeof RehearsalDocument>, Rehearsal>;
  action: Same<z.output<typeof ActionDocument>, Action>;
  precondition: Same<z.output<typeof PreconditionDocument>, Precondition>;
  knowledge: Same<z.output<typeof KnowledgeTablesDocument>, KnowledgeTables>;
  pace: Same<(typeof paceDurations)[number], keyof Pace>;
} = {
  report: true,
  plan: true,
  rehearsal: true,
  action: true,
  precondition: true,
  knowledge: true,
  pace: true,
};

test('schemas and types say the same', () => {
  expect(Object.values(same)).not.toContain(false);
});

test('the list of action types names each one that has a schema', () => {
  expect([...actionTypes].sort()).toEqual(actions.options.map(({ shape }) => shape.type.value).sort());
});
