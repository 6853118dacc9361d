/** What the store answers when a charm is to be refreshed, and what the controller makes of it. */
import { JujuError } from '../errors.js';
import { charmUrl } from '../world/charm-url.js';
import { touch, type SimApplication } from '../world/state.js';
import { beginRefresh } from './engine.js';
import { isOnKubernetes } from './flow.js';

/** Where a client wants an application to be. */
export interface Wanted {
  readonly revision?: number;
  readonly channel?: string;
}

/** The revision that the store holds for this wish. @throws JujuError when it holds none */
export function resolved(application: SimApplication, { revision, channel }: Wanted): number {
  const { newest, charm } = application;
  if (revision !== undefined && (revision < 1 || revision > newest))
    throw new JujuError(`revision ${revision} of charm "${charm.name}" not found`, 'not found');
  if (revision !== undefined) return revision;
  // Of other channels nothing is known here but that they are there.
  return channel === undefined || channel === application.channel ? newest : application.revision;
}

export interface Chosen {
  readonly revision: number;
  readonly channel: string;
  /** Whether the client asked for the revision by its number, and whether it named the image that goes with it. */
  readonly byNumber: boolean;
  readonly withImage: boolean;
}

/** Gives the application the charm that was chosen. */
export function setCharm(application: SimApplication, chosen: Chosen): void {
  if (chosen.channel !== '') application.channel = chosen.channel;
  if (chosen.revision !== application.revision) {
    const isMismatched = isOnKubernetes(application) && chosen.byNumber && !chosen.withImage;
    beginRefresh(application, { revision: chosen.revision, isMismatched });
  }
  showNewest(application);
  touch(application.model);
}

/** A newer revision comes out. */
export function publish(application: SimApplication, revision: number): void {
  application.newest = revision;
  showNewest(application);
  touch(application.model);
}

/** Juju names the newest revision it knows of while another one is in place. */
function showNewest(application: SimApplication): void {
  const { newest, revision } = application;
  application.canUpgradeTo = newest > revision ? charmUrl({ ...application, revision: newest }) : '';
}
