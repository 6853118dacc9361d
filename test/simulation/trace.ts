/** What happened in a run, line by line, for people and for comparing two runs. */
import { createHash } from 'node:crypto';
import { instant } from '../../src/core/time.js';
import type { Kernel } from './kernel.js';

/** Of a long run the end tells more than the beginning. */
const most = 5000;

export class Trace {
  readonly lines: string[] = [];
  readonly #kernel: Kernel;
  readonly #hash = createHash('sha256');

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  add(text: string): void {
    const now = this.#kernel.now();
    this.#hash.update(`${now} ${text}\n`);
    if (this.lines.length >= most) this.lines.splice(0, most / 5);
    this.lines.push(`${instant(now)} ${text}`);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
