import { expect, test } from '@jest/globals';
import { samplePlan } from '../../../test/support/report-samples.js';
import { renderPlans } from './plan.js';
import { width } from './text.js';

/** What has to be copied whole: a hash, or an argument with the backslash behind it. */
const whole = /^\s*(hash )?\S+( \\)?$/;

test.each([40, 60, 80, 120, 200])('plans in a terminal of %i columns are nowhere wider', (columns) => {
  const text = renderPlans([samplePlan], { byHand: 12, observed: 3 }, { columns, color: false });
  const wide = text.split('\n').filter((line) => width(line) > columns && !whole.test(line));
  expect(wide).toEqual([]);
  expect(text).toContain('clients without TLS');
});
