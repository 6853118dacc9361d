/** What the answers of `npm audit --json` and `pip-audit --format json` come to. */

export type Verdict =
  | { readonly says: 'clean'; readonly packages: number }
  | { readonly says: 'holes'; readonly holes: readonly string[] }
  | { readonly says: 'not asked'; readonly why: string };

/** `text` is what was printed, whatever the exit code. */
export function npmVerdict(text: string): Verdict {
  const answer = read(text) as NpmAnswer | undefined;
  if (answer?.metadata === undefined)
    return { says: 'not asked', why: answer?.message ?? 'npm printed no answer' };
  const { vulnerabilities: found, dependencies } = answer.metadata;
  if (found.total === 0) return { says: 'clean', packages: dependencies.prod };
  const holes = Object.values(answer.vulnerabilities ?? {});
  return { says: 'holes', holes: holes.map(({ name, severity }) => `${name} (${severity})`) };
}

interface NpmAnswer {
  readonly message?: string;
  readonly metadata?: {
    readonly vulnerabilities: { readonly total: number };
    readonly dependencies: { readonly prod: number };
  };
  readonly vulnerabilities?: Readonly<Record<string, { readonly name: string; readonly severity: string }>>;
}

/** A package that was skipped was not audited: pip-audit itself calls that clean. */
export function pipVerdict(text: string): Verdict {
  const answer = read(text) as { readonly dependencies?: readonly PipAnswer[] } | undefined;
  const all = answer?.dependencies ?? [];
  if (all.length === 0) return { says: 'not asked', why: 'pip-audit printed no answer' };
  const holes = all.flatMap(({ name, vulns = [] }) => vulns.map(({ id }) => `${name} (${id})`));
  if (holes.length > 0) return { says: 'holes', holes };
  const [skipped, ...more] = all.flatMap(({ skip_reason: why }) => why ?? []);
  if (skipped !== undefined) return { says: 'not asked', why: `${skipped}; ${more.length} more likewise` };
  return { says: 'clean', packages: all.length };
}

interface PipAnswer {
  readonly name: string;
  readonly skip_reason?: string;
  readonly vulns?: readonly { readonly id: string }[];
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
