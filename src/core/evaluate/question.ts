import type { Context, Control, Guide } from '../control.js';
import type { Settings } from '../policy/resolve.js';
import { controlParams } from './params.js';

/** A control of a guide with the policy that holds for it on one target. */
export class Question {
  readonly guide: Guide;
  readonly control: Control;
  readonly settings: Settings;
  /** What its control was given last: mostly the next target's is the same. */
  last: Context<unknown> | undefined;
  private parsed: { readonly params: unknown } | undefined;

  /** @throws InputError naming control and parameter when the policy gives a wrong value. */
  constructor(guide: Guide, control: Control, settings: Settings) {
    this.guide = guide;
    this.control = control;
    this.settings = settings;
    this.last = undefined;
    const isDefault = Object.keys(settings.params).length === 0;
    this.parsed = isDefault ? undefined : { params: controlParams(control, settings.params) };
  }

  /** The control's parameters. Defaults, of which nothing can be wrong, are made when a control first reads them. */
  get params(): unknown {
    this.parsed ??= { params: controlParams(this.control, this.settings.params) };
    return this.parsed.params;
  }
}
