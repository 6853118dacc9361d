import type { StackMatch, StackPart } from '../observability/stack.js';
import type { HttpAccess } from './notify.js';

/** One server of a stack, read-only. */
export interface StackApi {
  /** Without the path of the API: `https://cos.example/cos-prometheus-0`. */
  readonly url: string;
  readonly access: HttpAccess;
  /** Whose data, on a server that keeps several tenants apart (`X-Scope-OrgID`); absent: it does not. */
  readonly tenant?: string;
}

/** An observability stack that may be asked, and what it watches. */
export interface WatchedStack {
  /** As reports, metrics and logs call it. */
  readonly name: string;
  /** Patterns of what it watches; absent ones match all. */
  readonly match: StackMatch;
  readonly servers: Partial<Readonly<Record<StackPart, StackApi>>>;
  /** Seconds between two readings. */
  readonly interval: number;
  /** Seconds without an answer after which what was said is no longer believed. */
  readonly maxAge: number;
}

/** What a stack has of what the policy does not say. */
export const stackDefaults = { match: {}, interval: 120, maxAge: 600 } as const;
