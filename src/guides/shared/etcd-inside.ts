/** What etcd itself tells from within its units, and what its volume is made of (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { EtcdPeer } from '../../core/evidence/units.js';
import { isKnown } from '../../core/fact.js';
import { manual, type Judgement } from '../../core/judgement.js';
import type { Unit } from '../../core/snapshot.js';
import { filesPrivate } from './files.js';
import { fine, insideJudgement, insideReasons, nothing, wrong } from './inside.js';

/** The reasons that the judgements of what etcd tells give, by what they ask. */
export const etcdInsideReasons = {
  authentication: {
    ...insideReasons,
    AuthenticationOff: 'Authentication is off: whoever reaches the port may do everything.',
  },
  members: {
    ...insideReasons,
    StrangeMember: 'The cluster has a member that is no unit of the application.',
    MemberMissing: 'A unit is no member of the cluster.',
  },
  volume: {
    ...insideReasons,
    NoCryptLayer:
      'No layer of the volume below the data encrypts; whether the cloud does below it, a person has to state.',
    VolumeNotTold: 'Of which layers the volume consists is not told.',
  },
} as const;

/** Whether etcd asks who its users are. */
export function authenticationOn(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'etcdAuthentication',
    what: `whether authentication of ${app.name} is on`,
    wanted: 'authentication on',
    met: `authentication of ${app.name} is on`,
    verdict: ({ state, shown }) =>
      state === 'on' ? fine(shown) : wrong('AuthenticationOff', 'has authentication off', shown),
  });
}

/** Whether the members of the cluster are the units of the application. */
export function membersAreUnits(app: ApplicationView): Judgement {
  const units = app.get('units');
  const all = isKnown(units) ? Object.values(units.value) : [];
  return insideJudgement(app, {
    kind: 'etcdPeers',
    what: `which members the cluster of ${app.name} has`,
    wanted: 'the units of the application, and no other member',
    met: `the members of ${app.name} are its units`,
    verdict: (peers) => {
      const seen = peers
        .map(({ name, peerUrls }) => `${name === '' ? '(not started)' : name} ${peerUrls.join(' ')}`)
        .join(', ');
      const stranger = peers.find((peer) => !all.some((unit) => isOf(peer, unit)));
      if (stranger !== undefined)
        return wrong(
          'StrangeMember',
          `lists the member ${stranger.name} at ${stranger.peerUrls.join(' ')}`,
          seen,
        );
      const missing = all.find((unit) => !peers.some((peer) => isOf(peer, unit)));
      if (missing !== undefined)
        return wrong('MemberMissing', `does not list ${missing.name} as a member`, seen);
      return all.length === 0 ? nothing('UnitNotSeen', 'has no units to compare with', seen) : fine(seen);
    },
  });
}

/** By its address, which is what members are reached by; the charm names them after their units. */
function isOf({ name, peerUrls }: EtcdPeer, unit: Unit): boolean {
  const hosts = peerUrls.map((url) =>
    /^https?:\/\/(\[[^\]]*\]|[^:/]*)/.exec(url)?.[1]?.replace(/^\[|\]$/g, ''),
  );
  return unit.address === undefined ? name === unit.name.replace('/', '') : hosts.includes(unit.address);
}

/** Whether a layer of the volume below the data encrypts. */
export function encryptedVolume(app: ApplicationView): Judgement {
  const judged = insideJudgement(app, {
    kind: 'disk',
    what: 'whether the data directory is on an encrypted volume',
    wanted: 'a crypt layer below the data directory',
    met: 'the data directory of every unit is on an encrypted volume',
    verdict: ({ device, layers }) => {
      const seen = `${device}: ${layers.join(' on ')}`;
      if (layers.length === 0)
        return nothing('VolumeNotTold', `has its data on ${device}, whose layers are not told`, seen);
      return layers.includes('crypt') ? fine(seen) : wrong('NoCryptLayer', `has its data on ${seen}`, seen);
    },
  });
  // Below a virtual machine the cloud may encrypt, which only its owner can say.
  return judged.reason === 'NoCryptLayer'
    ? manual(judged.reason, judged.message, ...judged.evidence)
    : judged;
}

/** Whether keys and configuration are private on disk. */
export function keysPrivate(app: ApplicationView): Judgement {
  return filesPrivate(app, {
    what: `how private the keys and the configuration of ${app.name} are`,
    wanted: 'keys with mode 600 or stricter, and a configuration without rights for others',
    forbidden: (path) =>
      path.endsWith('.key') ? 0o177 : path.endsWith('/etcd.conf.yml') ? 0o007 : undefined,
  });
}
