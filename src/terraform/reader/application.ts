import { newDict } from '../../core/dict.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ApplicationState, Charm, ConfigOption, Exposure, Relation } from '../../core/snapshot.js';
import { branch, branches, isBranch, listed, text, type Branch } from '../json.js';
import { notPlanned } from './gaps.js';
import { gapAt, type Resource } from './resources.js';

/** An application as Terraform wants it: what runs, and which endpoints the charm has, a plan cannot tell. */
export function applicationFrom(
  reading: Reading,
  name: string,
  resource: Resource,
  relations: Fact<readonly Relation[]>,
): ApplicationState {
  const running = notPlanned(reading, 'what is running');
  return {
    name,
    charm: charmOf(reading, resource),
    status: running,
    exposure: judged(reading, resource, 'expose', exposureOf),
    bindings: notPlanned(reading, "the charm's endpoints"),
    relations,
    units: notPlanned(reading, 'the units that run'),
    upgrade: known(reading, { to: '' }),
    config: configOf(reading, resource),
    trust: judged(reading, resource, 'trust', (value) => value === true),
    probes: notPlanned(reading, "what the units' ports answer"),
    workload: newDict(),
  };
}

function judged<T>(reading: Reading, resource: Resource, key: string, read: (value: unknown) => T): Fact<T> {
  const gap = gapAt(resource, key);
  return gap === undefined ? known(reading, read(resource.values[key])) : unknown(reading, gap);
}

function charmOf(reading: Reading, resource: Resource): Fact<Charm> {
  const [charm] = branches(resource.values['charm']);
  const name = text(charm?.['name']);
  if (charm === undefined || name === undefined)
    return unknown(reading, gapAt(resource, 'charm') ?? `${resource.address} does not name its charm`);
  const isLocal = text(charm['local_path']) !== undefined;
  const { revision } = charm;
  const base = text(charm['base']);
  return known(reading, {
    name,
    subordinateTo: [],
    origin: isLocal ? 'local' : 'charmhub',
    ...(typeof revision === 'number' && Number.isSafeInteger(revision) ? { revision } : {}),
    ...(base === undefined ? {} : { base }),
    ...channelOf(charm),
  });
}

const risks: ReadonlySet<string> = new Set(['stable', 'candidate', 'beta', 'edge']);

/** A channel without a track means `latest`, one without a risk `stable`. */
function channelOf(charm: Branch): Pick<Charm, 'channel' | 'track' | 'risk'> {
  const channel = text(charm['channel']);
  if (channel === undefined) return {};
  const [first = '', second] = channel.split('/');
  return risks.has(first)
    ? { channel, track: 'latest', risk: first }
    : { channel, track: first, risk: second ?? 'stable' };
}

/** An empty block exposes everything to everyone, as `juju expose` does. */
function exposureOf(value: unknown): Exposure {
  const [block] = branches(value);
  if (block === undefined) return { exposed: false };
  const endpoints = newDict<{ cidrs: readonly string[]; spaces: readonly string[] }>();
  const named = listed(block['endpoints']);
  const to = { cidrs: listed(block['cidrs']), spaces: listed(block['spaces']) };
  for (const endpoint of named.length === 0 ? [''] : named) endpoints[endpoint] = to;
  return { exposed: true, endpoints };
}

/**
 * Options that Terraform does not set have the charm's defaults on an application that it makes now; on one that is
 * there already somebody may have set them by hand.
 */
function configOf(reading: Reading, resource: Resource): ApplicationState['config'] {
  const gap = gapsWithin(resource) ?? gapAt(resource, 'config');
  if (gap !== undefined) return unknown(reading, gap);
  if (!resource.isNew)
    return notPlanned(reading, 'options that were set by hand on an application that is there already');
  const options = newDict<ConfigOption>();
  const values = branch(resource.values['config']);
  for (const name of Object.keys(values)) options[name] = { value: plain(values[name]), source: 'user' };
  return known(reading, options);
}

/** Names the options of which something is not known, so that a person sees at once what to do about them. */
function gapsWithin({ address, later, sensitive }: Resource): string | undefined {
  const hidden = [...marked(later['config']), ...marked(sensitive['config'])];
  return hidden.length === 0
    ? undefined
    : `options of ${address} are not known or sensitive: ${hidden.join(', ')}`;
}

function marked(mark: unknown): readonly string[] {
  return isBranch(mark) ? Object.keys(mark).filter((key) => mark[key] === true) : [];
}

/** The provider gives all options as texts. */
function plain(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return value;
}
