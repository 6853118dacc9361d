/** What a view is given, and what it gives. */
import type { Guide } from '../../../core/control.js';
import type { Journal } from '../../../core/ports/index.js';
import type { Principal } from '../access/principal.js';
import type { Entry } from '../../exports/catalogue.js';
import type { Html } from '../../html-template.js';
import type { Query } from '../form.js';
import type { Shown } from '../shown.js';
import type { TrendPoint } from '../trend.js';
import type { Verification } from '../verification.js';

export interface ViewContext {
  readonly shown: Shown;
  readonly who: Principal;
  /** For the forms of whoever may decide; absent for everybody else. */
  readonly csrf: string | undefined;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Query;
  readonly guides: readonly Guide[];
  readonly entryOf: (control: string) => Entry | undefined;
  /** Absent: nothing can be decided, and nothing is known of what was. */
  readonly journal: Journal | undefined;
  readonly verification: Verification | undefined;
  readonly trend: readonly TrendPoint[];
  /** ms. */
  readonly now: number;
}

/** A page without what all pages have. */
export interface Sheet {
  readonly title: string;
  /** Pages above it, outermost first. */
  readonly trail?: readonly Link[];
  readonly body: Html;
}

export interface Link {
  readonly to: string;
  readonly text: string;
}

/** Undefined: there is no such thing. */
export type View = (context: ViewContext) => Sheet | undefined | Promise<Sheet | undefined>;
