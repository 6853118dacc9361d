import type { Status } from '../world/state.js';
import { wireTime } from './times.js';

interface Detail {
  readonly data?: object | null;
  readonly version?: string;
  readonly life?: string;
}

/** The wire form of a status. */
export function detailed(
  { status, message, since }: Status,
  { data = {}, version = '', life = '' }: Detail = {},
): object {
  return { status, info: message, data, since: wireTime(since), kind: '', version, life };
}

/** The wire form of a status that was never set. */
export const noStatus = { status: '', info: '', data: null, since: null, kind: '', version: '', life: '' };
