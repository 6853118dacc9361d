import { partStates, type SharingView } from '../core/ports/sharing.js';
import type { Sample, Sampled } from './metrics-sampled.js';

/** How units share the estate, as this one sees it; no parts where it is the only one. */
export function sharingMetrics(): readonly Sampled[] {
  return [
    {
      name: 'parts',
      help: 'Parts of the estate: held, opening and closing here; other: held by another unit; free: held by nobody.',
      labelNames: ['state'],
      read: ({ sharing }) => (sharing === undefined ? [] : partSamples(sharing())),
    },
    {
      name: 'members',
      help: 'Units that live, this one among them.',
      labelNames: [],
      read: ({ sharing }) => [{ labels: {}, value: sharing?.().members.length ?? 1 }],
    },
    {
      name: 'sharing_trouble',
      help: '1 while this unit begins nothing, or parts are not moved between units.',
      labelNames: [],
      read: ({ sharing }) => [{ labels: {}, value: Number(sharing?.().trouble !== undefined) }],
    },
  ];
}

function partSamples({ states }: SharingView): readonly Sample[] {
  return partStates.map((state) => ({ labels: { state }, value: states[state] }));
}
