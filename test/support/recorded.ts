import { readFileSync } from 'node:fs';

/** One recorded `juju` call. */
export interface RecordedCall {
  readonly argv: readonly string[];
  readonly exit: number | 'timeout';
  readonly stdout: string;
  readonly stderr: string;
}

/** The file under test/fixtures with this path, as text. */
export function fixtureText(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
}

/** A recorded call by its path under test/fixtures, without the ending. */
export function recordedCall(path: string): RecordedCall {
  return JSON.parse(fixtureText(`${path}.json`)) as RecordedCall;
}

/** One recorded call of a captured estate, such as `3-hardened/cli/status`. */
export function captured(path: string): RecordedCall {
  return recordedCall(`captures/real/${path}`);
}
