import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { generateStatus, statusOf } from '../support/generate-status.ts';

/** What the commands under test read. */
export interface Files {
  readonly folder: string;
  /** 500 applications, as JSON. */
  readonly large: string;
  readonly text: string;
  /** The same as YAML. */
  readonly yaml: string;
  /** 10 applications. */
  readonly small: string;
}

export function writeFiles(folder: string): Files {
  mkdirSync(folder, { recursive: true });
  const files = { folder, large: join(folder, 'large.json'), yaml: join(folder, 'large.yaml') };
  const small = join(folder, 'small.json');
  const text = generateStatus({ applications: 500 });
  writeFileSync(files.large, text);
  writeFileSync(files.yaml, stringify(statusOf({ applications: 500 })));
  writeFileSync(small, generateStatus({ applications: 10 }));
  return { ...files, small, text };
}
