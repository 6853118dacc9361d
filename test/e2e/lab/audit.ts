import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One request as the API server wrote it down. */
interface Entry {
  readonly stage: string;
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: { readonly resource?: string; readonly apiGroup?: string };
  readonly responseStatus?: { readonly code?: number };
}

/** How often what was asked for: keyed as in `patch reports.openreports.io`, with ` 403` after what was refused. */
type Counts = Readonly<Record<string, number>>;

/** The API server's own record of who asked it for what. */
export class AuditLog {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<AuditLog> {
    const log = new AuditLog(await mkdtemp(join(tmpdir(), 'holdfast-audit-')));
    const rules = [{ level: 'Metadata', omitStages: ['RequestReceived'] }];
    const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules };
    await writeFile(log.#file('policy.yaml'), JSON.stringify(policy));
    await writeFile(log.#file('log'), '');
    return log;
  }

  /** With which the API server writes it. */
  get flags(): readonly string[] {
    return [`--audit-policy-file=${this.#file('policy.yaml')}`, `--audit-log-path=${this.#file('log')}`];
  }

  /** What Holdfast's service account asked for while something was done. */
  async during(act: () => Promise<void>): Promise<Counts> {
    const before = (await this.#entries()).length;
    await act();
    const counts: Record<string, number> = {};
    for (const entry of (await this.#entries()).slice(before)) {
      if (entry.user.username !== 'system:serviceaccount:holdfast:holdfast') continue;
      const key = keyOf(entry);
      if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
    }
    return Object.fromEntries(Object.entries(counts).sort());
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #entries(): Promise<readonly Entry[]> {
    const lines = (await readFile(this.#file('log'), 'utf8')).split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Entry);
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
}

/** A watch is written down when it begins and when it ends; its beginning counts. */
function keyOf({ verb, stage, objectRef, responseStatus }: Entry): string | undefined {
  const code = responseStatus?.code ?? 0;
  if (objectRef?.resource === undefined) return undefined;
  if (verb === 'watch' && stage !== 'ResponseStarted' && code < 400) return undefined;
  const { resource, apiGroup } = objectRef;
  return `${verb} ${apiGroup === undefined ? resource : `${resource}.${apiGroup}`}${code === 403 ? ' 403' : ''}`;
}
