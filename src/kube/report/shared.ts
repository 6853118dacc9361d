import type { ReportPlaces } from '../../core/openreports/types.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import type { KubeClient } from '../access/client.js';
import type { ReportSettings } from './settings.js';

/** What belongs to this cluster at present, and which reports may be taken away. */
export interface SinkPlaces extends ReportPlaces {
  /**
   * Controllers of which all models are known: reports on models that they have no longer are taken away. Those of all
   * others are left alone; they may be another Holdfast's.
   */
  readonly known: readonly string[];
  /** Of these controllers: models that are there all the same, and, without a model, themselves. */
  readonly others?: readonly { readonly controller: string; readonly model?: string }[];
}

/** What the parts of one sink have in common. */
export interface SinkParts {
  readonly cluster: string;
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: ReportSettings;
  readonly instance: string;
  readonly places: () => SinkPlaces;
  /** Ends every request. */
  readonly signal: AbortSignal;
}
