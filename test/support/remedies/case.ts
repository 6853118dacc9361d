import type { RemediationState } from '../../../src/core/ports/index.js';
import type { RemedyStage, StageOptions } from './stage.js';

/** A world in which a control fails, and what is declared for it to be put right. */
export interface RemedyCase extends Omit<StageOptions, 'control'> {
  /** What happened before anybody looked. */
  readonly arrange?: (stage: RemedyStage) => void;
  /** How the last change ended, and the reason that stands afterwards where it is not seen to pass. */
  readonly ends?: { readonly reason?: string; readonly state: RemediationState };
}

/** A row of a test: its name begins with the control. */
export type RemedyRow = readonly [name: string, given: RemedyCase];
