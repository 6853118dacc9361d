import { tmpdir } from 'node:os';
import type { Look, Roads } from '../cli/services.js';
import { InputError } from '../core/input-error.js';
import type { Policy } from '../core/policy/policy.js';
import type { JujuCli } from '../core/ports/index.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Recorder } from '../juju/record/recorder.js';
import type { OwnJuju } from '../juju/status/with-juju.js';
import { shelfFolder } from './shelf-folder.js';
import { systemClock } from './system.js';

/** The roads to a snapshot, each loaded when it is taken. */
export const roads: Roads = {
  status: async (content, origin) =>
    (await import('../juju/status/read-status.js')).readStatusText(content, origin),
  bundle: async (content, origin) =>
    (await import('../juju/status/read-bundle.js')).readBundleText(content, origin),
  terraform: async (content, origin) =>
    (await import('../terraform/reader/read-plan.js')).readTerraformText(content, origin),
  recording: async (folder) => (await import('./recorded-inside.js')).readRecordingWithInside(folder),
  juju: async ({ environment, progress, raw, policy }) => {
    const { readLoggedIn } = await import('../juju/status/with-juju.js');
    const { listingShelf } = await import('../juju/charmhub/shelf.js');
    const recorder = raw === undefined ? undefined : await recorderFor(raw);
    const { searchPath, jujuVariables } = environment;
    const heard = recorder === undefined ? {} : { listen: (cli: JujuCli) => recorder.cli(cli) };
    const inside =
      policy?.workload === undefined ? {} : { inside: await insideOf(policy, { progress, environment }) };
    const charmhub = { policy: policy?.charmhub, shelf: listingShelf(shelfFolder(environment)) };
    const own = { searchPath, environment: jujuVariables, temporaryDirectory: tmpdir(), charmhub };
    const snapshot = await readLoggedIn({ ...own, ...heard, ...inside, clock: systemClock, progress });
    recorder?.write();
    return snapshot;
  },
  controllers: async (policy, look) => {
    const { lookOnce } = await import('./look-once.js');
    if (look.raw === undefined)
      return withRest(await lookOnce(policy, { ...look, clock: systemClock }), policy, look);
    const only = onlyController(policy);
    const recorder = await recorderFor(look.raw, only);
    const snapshot = await lookOnce(policy, { ...look, clock: systemClock, record: recorder.api });
    const whole = await withRest(snapshot, policy, look, recorder);
    recorder.write();
    return whole;
  },
  etcd: async (request) => (await import('./etcd/read-etcd.js')).readEtcd(request, systemClock),
  clusters: async (clusters, look) => {
    const { readClusters } = await import('./read-clusters.js');
    return readClusters(clusters, { ...look, clock: systemClock });
  },
  stacks: async (stacks, look) => {
    const { readStacks } = await import('./read-stacks.js');
    return readStacks(stacks, { ...look, clock: systemClock });
  },
};

/** With what is asked besides the controllers, where the policy says so. */
async function withRest(
  snapshot: Snapshot,
  policy: Policy,
  look: Look,
  recorder?: Recorder,
): Promise<Snapshot> {
  const listed = await withCharmhub(snapshot, policy, look, recorder);
  return withProber(listed, policy, look);
}

async function withCharmhub(
  snapshot: Snapshot,
  { charmhub: policy }: Policy,
  { environment, progress }: Look,
  recorder?: Recorder,
): Promise<Snapshot> {
  if (policy?.mode !== 'live') return snapshot;
  const { charmhubCli } = await import('./charmhub.js');
  const { withListings } = await import('../juju/charmhub/ask-once.js');
  const { charmhubOverJuju } = await import('../juju/charmhub/over-juju.js');
  const { listingShelf } = await import('../juju/charmhub/shelf.js');
  const own = charmhubCli(environment, systemClock);
  const charmhub = charmhubOverJuju(recorder?.cli(own) ?? own, systemClock);
  const shelf = listingShelf(shelfFolder(environment));
  return withListings(snapshot, { policy, charmhub, shelf, clock: systemClock, progress });
}

/** Where the policy asks for it, the units are looked into by the prober identities that it names. */
async function withProber(
  snapshot: Snapshot,
  policy: Policy,
  { environment, progress }: Look,
): Promise<Snapshot> {
  if (policy.workload === undefined) return snapshot;
  const { followedOnce, insideAs, withInside } = await import('./inside.js');
  const { readerFor } = insideAs({
    environment,
    clock: systemClock,
    followed: followedOnce(snapshot, policy),
  });
  return withInside(snapshot, policy, { readerFor, clock: systemClock, progress });
}

/** The same by the caller's own login, who has to be admin of the model. */
async function insideOf(
  policy: Policy,
  { progress, environment }: Pick<Look, 'progress' | 'environment'>,
): Promise<NonNullable<OwnJuju['inside']>> {
  const { byCaller } = await import('./inside.js');
  return byCaller(policy, { clock: systemClock, progress, environment });
}

async function recorderFor(folder: string, controller?: string): Promise<Recorder> {
  return (await import('../juju/record/recorder.js')).recorderInto(folder, systemClock, controller);
}

/** A recording is of one controller. @throws InputError */
function onlyController({ controllers }: Policy): string {
  const [first, second] = controllers;
  if (first !== undefined && second === undefined) return first.name;
  throw new InputError(
    `--raw records one controller, and the policy names ${controllers.length}: give it a policy with one`,
  );
}
