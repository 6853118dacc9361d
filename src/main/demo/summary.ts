import type { DaemonEvent } from '../../controller/daemon.js';
import type { Remediation } from '../../core/ports/index.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { isGrave } from './first-look.js';
import { isSeenAtPorts, type Narrator } from './narrator.js';

interface Ended {
  readonly report: Report;
  readonly events: readonly DaemonEvent[];
  /** Where the page is; undefined where it ends with the story. */
  readonly address: string | undefined;
}

/** The last lines: what was put right on each product, how long drift lasted, and where the report is. */
export function tellSummary(tell: Narrator, { report, events, address }: Ended): void {
  tell.chapter('In short');
  const changes = changesIn(events);
  for (const product of products) tellProduct(tell, product, { changes, events, report });
  tell.note('changed', `${changes.length} changes made and verified through the juju command line`);
  const drifts = events.flatMap((event) =>
    event.type === 'resolved' && event.wasDrift ? [event.seconds] : [],
  );
  if (drifts.length > 0)
    tell.note(
      'drift',
      `${drifts.length} findings drifted and came right again; the longest was open for ${Math.max(...drifts).toFixed(1)} s`,
    );
  const { score, bySeverity } = report.summary;
  tell.note(
    'left',
    `${bySeverity.critical} critical, ${bySeverity.high} high, ${bySeverity.medium} medium; score ${score ?? '-'}`,
  );
  const ourselves = report.findings.find(
    ({ control, outcome }) => control === 'JUJU-SELF-01' && outcome === 'fail',
  );
  if (ourselves !== undefined) tell.note('ourselves', ourselves.message);
  if (address !== undefined)
    tell.note(
      'report',
      `http://${address}/ (HTML), http://${address}/report.json, http://${address}/metrics`,
    );
}

/** A product with the beginnings of its controls. */
interface Product {
  readonly name: string;
  readonly prefixes: readonly string[];
}

const products: readonly Product[] = [
  { name: 'juju', prefixes: ['JUJU-'] },
  { name: 'etcd', prefixes: ['ETCD-', 'EBP-'] },
  { name: 'postgresql', prefixes: ['PG-'] },
  { name: 'pgbouncer', prefixes: ['PGB-'] },
  { name: 'zookeeper', prefixes: ['ZK-'] },
  { name: 'kafka', prefixes: ['KAFKA-'] },
];

interface Happened {
  readonly changes: readonly Remediation[];
  readonly events: readonly DaemonEvent[];
  readonly report: Report;
}

function tellProduct(tell: Narrator, { name, prefixes }: Product, happened: Happened): void {
  const isOurs = (control: string): boolean => prefixes.some((prefix) => control.startsWith(prefix));
  const changes = happened.changes.filter(({ controls }) => controls.some(isOurs));
  if (changes.length === 0) return;
  tell.note(name, repeated(changes.map(({ message }) => message)).join('; '));
  const seen = happened.events.flatMap((event) =>
    event.type === 'resolved' && isOurs(event.finding.control.id) && isSeenAtPorts(event.finding)
      ? [{ control: event.finding.control.id, target: event.finding.target }]
      : [],
  );
  if (seen.length > 0) tell.note('', `seen at the ports: ${byApplication(seen)}`);
  const left = leftOn(changes, happened.report, isOurs);
  if (left.length > 0) tell.note('', `still open: ${byApplication(left)}`);
}

type Said = Pick<ReportFinding, 'control' | 'target'>;

/** `pg14 PG-ENC-03, PG-ENC-06; pg16 PG-ENC-03`. */
function byApplication(said: readonly Said[]): string {
  const controls = new Map<string, Set<string>>();
  for (const { control, target } of said) {
    const name = target.application ?? '';
    controls.set(name, (controls.get(name) ?? new Set()).add(control));
  }
  return [...controls]
    .map(([name, ids]) => `${name} ${[...ids].sort().join(', ')}`.trim())
    .sort()
    .join('; ');
}

/** What is grave still where changes were made: a person has to choose, or the charm cannot do better. */
function leftOn(
  changes: readonly Remediation[],
  { findings }: Report,
  isOurs: (control: string) => boolean,
): readonly Said[] {
  const touched = new Set(changes.map(({ target }) => placeOf(target)));
  return findings.filter(
    (finding) => isGrave(finding) && isOurs(finding.control) && touched.has(placeOf(finding.target)),
  );
}

function placeOf({ controller = '', model = '' }: Remediation['target']): string {
  return `${controller}:${model}`;
}

function changesIn(events: readonly DaemonEvent[]): readonly Remediation[] {
  return events.flatMap((event) =>
    event.type === 'remediation' && event.remediation.state === 'Succeeded' ? [event.remediation] : [],
  );
}

/** Each text once, with how often it came. */
function repeated(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
}
