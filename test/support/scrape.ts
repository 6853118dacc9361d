/** Reading what Prometheus would scrape. */

export interface Scrape {
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** Reads Prometheus' text format; throws for a line that is none of it. */
export function parseScrape(text: string): Scrape {
  const types = new Map<string, string>();
  const samples: Scrape['samples'][number][] = [];
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const type = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (type !== null) types.set(type[1]!, type[2]!);
    if (line.startsWith('#')) continue;
    const sample = /^([a-z_:][\w:]*)(?:\{((?:[a-z_]\w*="(?:[^"\\]|\\.)*",?)*)\})? (\S+)$/i.exec(line);
    if (sample === null) throw new Error(`not a sample: ${line}`);
    const pairs = [...(sample[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    const value = sample[3] === '+Inf' ? Infinity : Number(sample[3]);
    samples.push({ name: sample[1]!, labels: Object.fromEntries(pairs.map((p) => [p[1]!, p[2]!])), value });
  }
  return { types, samples };
}
