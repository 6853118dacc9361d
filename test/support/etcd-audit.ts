/** Audits of an etcd without Juju, by the command line with its real guides and roads. */
import { guides } from '../../src/guides/index.js';
import { roads } from '../../src/main/roads.js';
import { runCli } from './cli.js';

interface ReportedFinding {
  readonly control: string;
  readonly outcome: string;
  readonly reason: string;
  readonly message: string;
  readonly evidence?: readonly { readonly seen: string }[];
}

export interface EtcdAudit {
  readonly code: number;
  readonly err: string;
  /** `outcome Reason` by control. */
  readonly says: Readonly<Record<string, string>>;
  readonly findings: readonly ReportedFinding[];
}

export async function auditEtcd(...options: readonly string[]): Promise<EtcdAudit> {
  const argv = ['audit', '--format', 'json', '--all', ...options];
  const { code, out, err } = await runCli(argv, {
    services: { guides: () => Promise.resolve(guides), roads, now: () => Date.now() },
  });
  const { findings } = out === '' ? { findings: [] } : (JSON.parse(out) as { findings: ReportedFinding[] });
  const says = Object.fromEntries(
    findings.map(({ control, outcome, reason }) => [control.replace('CIS-', ''), `${outcome} ${reason}`]),
  );
  return { code, err, says, findings };
}

/** The checks, in the order of a table's columns. */
export const checks: readonly string[] = [
  ...['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '1.1.7', '1.1.8', '1.1.11', '1.1.12'],
];

/** What each check says, in one word each: the cells of a table. */
export function shortly(says: EtcdAudit['says']): readonly string[] {
  return checks.map((id) => (says[id] ?? '-').split(' ', 1).join('').replace('not-applicable', 'n/a'));
}

/** `2.1 2.2 fail UrlInPlainText; 2.7 manual CaNotSeen`: what does not pass, and why. */
export function notPassing(says: EtcdAudit['says']): string {
  const others = checks.filter((id) => says[id] !== undefined && !/^(?:pass|not-app)/.test(says[id]));
  const byWords = [...Map.groupBy(others, (id) => says[id] ?? '')];
  return byWords.map(([words, ids]) => `${ids.join(' ')} ${words}`).join('; ') || 'all pass';
}
