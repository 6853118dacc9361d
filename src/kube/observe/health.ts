import type { KubeHealth, KubeStage } from '../../core/ports/kube.js';
import { present } from '../raw.js';
import type { Sources } from './sources.js';

/**
 * What may not be read is no trouble of the connection: it shows in the facts, with the permission named. Where nothing
 * at all may be read, it is.
 */
export function healthOf(cluster: string, sources: Sources): KubeHealth {
  const all = [...sources.all()];
  const allowed = all.filter((source) => source.isAllowed());
  const shown = allowed.length > 0 ? allowed : all;
  const troubles = shown.flatMap((source) => source.health().trouble ?? []);
  const ages = allowed.map((source) => source.ageSeconds());
  const heard = ages.filter((age) => age !== undefined);
  return {
    cluster,
    connected: troubles.length === 0 && heard.length > 0 && heard.length === ages.length,
    ...present({
      trouble: troubles[0],
      ageSeconds: heard.length > 0 && heard.length === ages.length ? Math.max(...heard) : undefined,
    }),
    watches: all.map((source) => source.health()),
  };
}

/** The least of all. */
export function stageOf(stages: readonly KubeStage[]): KubeStage {
  if (stages.includes('reading')) return 'reading';
  return stages.includes('troubled') ? 'troubled' : 'read';
}
