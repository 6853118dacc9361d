import { join } from 'node:path';
import type { Environment } from '../config/environment.js';

/** Where answers of Charmhub are kept. */
export function shelfFolder({ cacheDir }: Pick<Environment, 'cacheDir'>): string {
  return join(cacheDir, 'charmhub');
}
