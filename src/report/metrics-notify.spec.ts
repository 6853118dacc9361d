import { describe, expect, it } from '@jest/globals';
import { sampleView } from '../../test/support/report-samples.js';
import { parseScrape } from '../../test/support/scrape.js';
import type { NotifierHealth } from '../core/ports/notifier.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { createMetrics } from './metrics.js';

const well: NotifierHealth = {
  target: 'oncall',
  type: 'webhook',
  waiting: 0,
  open: 2,
  delivered: 7,
  failed: 1,
  refused: 0,
  dropped: 0,
};

async function shown(...health: readonly NotifierHealth[]): Promise<ReadonlyMap<string, number>> {
  const view = sampleView({ notifiers: () => health });
  const { samples } = parseScrape(await createMetrics(() => view, virtualClock()).text());
  const ours = samples.filter(({ name }) => name.startsWith('holdfast_notify_'));
  return new Map(ours.map(({ name, labels, value }) => [[name, ...Object.values(labels)].join(' '), value]));
}

describe('metrics of who is told', () => {
  it('count what is delivered and what is not, by target', async () => {
    expect(Object.fromEntries(await shown(well))).toEqual({
      'holdfast_notify_waiting oncall webhook': 0,
      'holdfast_notify_open_alerts oncall webhook': 2,
      'holdfast_notify_trouble oncall webhook': 0,
      'holdfast_notify_messages_total oncall webhook delivered': 7,
      'holdfast_notify_messages_total oncall webhook failed': 1,
      'holdfast_notify_messages_total oncall webhook refused': 0,
      'holdfast_notify_messages_total oncall webhook dropped': 0,
    });
  });

  it('show a target out of reach, and since when messages wait, without the reason', async () => {
    const trouble = 'connect ECONNREFUSED secret.example';
    const told = await shown({ ...well, waiting: 3, oldest: 1_795_000_000_000, trouble });
    expect(told.get('holdfast_notify_trouble oncall webhook')).toBe(1);
    expect(told.get('holdfast_notify_waiting oncall webhook')).toBe(3);
    expect(told.get('holdfast_notify_oldest_waiting_timestamp_seconds oncall webhook')).toBe(1_795_000_000);
    expect([...told.keys()].join(' ')).not.toContain('secret');
  });

  it('are absent where nobody is to be told', async () => {
    expect(await shown()).toEqual(new Map());
  });
});
