import type { DaemonEvent } from '../../controller/daemon.js';
import type { Report } from '../../core/report/types.js';
import type { Narrator } from './narrator.js';

/** The last lines: what was put right, how long drift lasted, and where the report is. */
export function tellSummary(
  tell: Narrator,
  report: Report,
  events: readonly DaemonEvent[],
  address: string,
): void {
  const { score, bySeverity } = report.summary;
  tell.chapter('In short');
  tell.say('changed', `${changes(events)} changes made and verified through the juju command line`);
  const drifts = events.filter((event) => event.type === 'resolved' && event.wasDrift);
  const seconds = drifts.flatMap((event) => (event.type === 'resolved' ? [event.seconds] : []));
  if (seconds.length > 0)
    tell.say(
      'drift',
      `${seconds.length} findings drifted; the longest was open for ${Math.max(...seconds).toFixed(1)} s`,
    );
  tell.say(
    'left',
    `${bySeverity.critical} critical, ${bySeverity.high} high, ${bySeverity.medium} medium; score ${score ?? '-'}`,
  );
  tell.say('report', `http://${address}/ (HTML), http://${address}/report.json, http://${address}/metrics`);
}

function changes(events: readonly DaemonEvent[]): number {
  return events.filter((event) => event.type === 'remediation' && event.remediation.state === 'Succeeded')
    .length;
}
