import { beforeEach, describe, expect, it } from '@jest/globals';
import { sampleView } from '../../test/support/report-samples.js';

import type { KubeHealth, WatchHealth } from '../core/ports/index.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { createMetrics } from './metrics.js';

const counts = { lists: 1, reconnects: 2, silences: 0, changes: 5 };
const watch = (resource: string, namespace: string, more: Partial<WatchHealth> = {}): WatchHealth => ({
  resource,
  namespace,
  ...counts,
  ...more,
});

let health: KubeHealth[];
let lines: () => Promise<readonly string[]>;

beforeEach(() => {
  health = [];
  const view = sampleView({ clusters: () => health });
  const metrics = createMetrics(() => view, virtualClock());
  lines = async () => (await metrics.text()).split('\n').filter((line) => line.startsWith('holdfast_kube_'));
});

describe('metrics of clusters', () => {
  it('tell how old the view is, and that one never had is infinitely old', async () => {
    health = [
      { cluster: 'a', connected: true, ageSeconds: 12.5, watches: [] },
      { cluster: 'b', connected: false, watches: [] },
    ];
    expect(await lines()).toEqual([
      'holdfast_kube_view_age_seconds{cluster="a"} 12.5',
      'holdfast_kube_view_age_seconds{cluster="b"} +Inf',
      'holdfast_kube_connected{cluster="a"} 1',
      'holdfast_kube_connected{cluster="b"} 0',
    ]);
  });

  it('add watches up by resource, and never name a namespace or a trouble', async () => {
    const trouble = 'pods is forbidden: User "x"';
    health = [
      { cluster: 'a', connected: true, watches: [watch('pods', 'data'), watch('pods', 'web', { trouble })] },
    ];
    const told = await lines();
    const labels = '{cluster="a",resource="pods"}';
    expect(told).toEqual(
      expect.arrayContaining([
        `holdfast_kube_watches${labels} 2`,
        `holdfast_kube_watches_in_trouble${labels} 1`,
        `holdfast_kube_lists_total${labels} 2`,
        `holdfast_kube_reconnects_total${labels} 4`,
        `holdfast_kube_silences_total${labels} 0`,
        `holdfast_kube_changes_total${labels} 10`,
      ]),
    );
    expect(told.join()).not.toMatch(/data|web|forbidden/);
  });

  it('count on where a namespace is no longer followed, and where a watch begins anew', async () => {
    const changes = async (): Promise<string | undefined> =>
      (await lines()).find((line) => line.startsWith('holdfast_kube_changes_total'))?.split(' ')[1];
    const show = (...watches: readonly WatchHealth[]): void => {
      health = [{ cluster: 'a', connected: true, watches }];
    };
    show(watch('pods', 'data'), watch('pods', 'web', { changes: 7 }));
    expect(await changes()).toBe('12');
    show(watch('pods', 'data', { changes: 6 }));
    expect(await changes()).toBe('13');
    show(watch('pods', 'data', { changes: 6 }), watch('pods', 'web', { changes: 2 }));
    expect(await changes()).toBe('15');
    show(watch('pods', 'data', { changes: 1 }), watch('pods', 'web', { changes: 2 }));
    expect(await changes()).toBe('16');
  });
});
