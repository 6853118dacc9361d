import { fileURLToPath } from 'node:url';
import type { Snapshot } from '../../src/core/snapshot.js';
import { readRecording } from '../../src/juju/recording/read-recording.js';

/** A captured state of the estate of real Juju, such as `3-hardened`, as its administrator sees it. */
export function capturedEstate(state: string): Promise<Snapshot> {
  return readRecording(fileURLToPath(new URL(`../fixtures/captures/real/${state}`, import.meta.url)));
}
