import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { duration, Match, text } from './parts.js';

/** A real API server gives a sign of life about every minute: below this, every pause would be taken for silence. */
const shortest = 120;
const subject = /^(self|User:\S(.*\S)?|Group:\S(.*\S)?|ServiceAccount:[a-z\d-]+\/[a-z\d.-]+)$/;

/** One entry of `clusters`. */
export const Cluster = z
  .strictObject({
    name: text.meta({ description: 'How reports, metrics and logs call the cluster.' }),
    kubeconfig: text.exactOptional().meta({
      description:
        'File with the way to the cluster; relative to the policy file. Of mode 0600 where it holds secrets.',
    }),
    context: text
      .exactOptional()
      .meta({ description: 'A context of the kubeconfig; its current one where it is left out.' }),
    inCluster: z.literal(true).exactOptional().meta({
      description: 'Use the service account of the pod that Holdfast runs in.',
    }),
    match: Match.pick({ controller: true, model: true }).exactOptional().meta({
      description: 'Controllers and models whose namespaces are looked for here; all where it is left out.',
    }),
    jujuUser: z
      .array(z.string().regex(subject, 'write User:NAME, ServiceAccount:NAMESPACE/NAME, Group:NAME, or self'))
      .min(1, 'names nobody')
      .exactOptional()
      .meta({
        description:
          "Who Juju is there: a user or a service account with the groups that it has, or self where Holdfast uses Juju's own credential. Without it nobody asks what Juju may do.",
      }),
    maxAge: duration
      .refine((given) => atLeast(given, shortest), { error: `should be at least ${shortest / 60}m` })
      .exactOptional()
      .meta({
        description: 'Silence of the cluster after which what it said is not believed; 10m unless given.',
      }),
    scope: z.enum(['namespaced', 'cluster']).exactOptional().meta({
      description:
        'Whether namespaces are listed one by one (nine connections each), or all at once, which needs a right to everything.',
    }),
    reports: z.boolean().exactOptional().meta({
      description:
        'Write reports (OpenReports, or PolicyReport where only that is installed) and Events into the cluster; false unless given.',
    }),
  })
  .refine(({ kubeconfig, inCluster }) => (kubeconfig === undefined) !== (inCluster === undefined), {
    path: ['kubeconfig'],
    error: 'give either a kubeconfig or inCluster: true',
  })
  .refine(({ kubeconfig, context }) => context === undefined || kubeconfig !== undefined, {
    path: ['context'],
    error: 'goes with a kubeconfig',
  })
  .refine(({ jujuUser = [] }) => isOnePerson(jujuUser), {
    path: ['jujuUser'],
    error: 'name one User or ServiceAccount and its Groups, or self alone',
  });

export type ClusterEntry = z.output<typeof Cluster>;

function isOnePerson(subjects: readonly string[]): boolean {
  const persons = subjects.filter((name) => !name.startsWith('Group:'));
  if (subjects.includes('self')) return subjects.length === 1;
  return subjects.length === 0 || persons.length === 1;
}

/** What is no duration at all is said elsewhere. */
function atLeast(given: string, least: number): boolean {
  try {
    return seconds(given) >= least;
  } catch {
    return true;
  }
}
