import { expect, it } from '@jest/globals';
import { sampleView } from '../../test/support/report-samples.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { createMetrics } from './metrics.js';

it('tells how well the observability stacks are seen, and never a trouble', async () => {
  const trouble = 'loki answers /config with 403';
  const view = sampleView({
    stacks: () => [
      {
        stack: 'cos',
        ageSeconds: 12.5,
        parts: [
          { part: 'prometheus', reachable: true, requests: 7, errors: 0 },
          { part: 'loki', reachable: false, trouble, requests: 5, errors: 2 },
        ],
      },
      { stack: 'new', parts: [] },
    ],
  });
  const text = await createMetrics(() => view, virtualClock()).text();
  expect(text.split('\n').filter((line) => line.startsWith('holdfast_observability_'))).toEqual([
    'holdfast_observability_view_age_seconds{stack="cos"} 12.5',
    'holdfast_observability_view_age_seconds{stack="new"} +Inf',
    'holdfast_observability_reachable{stack="cos",part="prometheus"} 1',
    'holdfast_observability_reachable{stack="cos",part="loki"} 0',
    'holdfast_observability_requests_total{stack="cos",part="prometheus"} 7',
    'holdfast_observability_requests_total{stack="cos",part="loki"} 5',
    'holdfast_observability_errors_total{stack="cos",part="prometheus"} 0',
    'holdfast_observability_errors_total{stack="cos",part="loki"} 2',
  ]);
  expect(text).not.toContain(trouble);
});
