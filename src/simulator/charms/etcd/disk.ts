import { canary, fileOf, snapRow, systemPrograms, type SimFile, type UnitDisk } from '../disk.js';
import type { SimUnit } from '../../world/state.js';
import { configText, dataFolder, configFile, folder } from './shell.js';
import { providerOf, sides } from './tls-state.js';

const owner = '584788';

/** The snaps that revisions of the charm pin, each up to a revision (charm facts, section 2); the newest from there on. */
const snaps = [
  { upTo: 120, snap: 25 },
  { upTo: 144, snap: 27 },
  { upTo: Infinity, snap: 38 },
] as const;

function snapOf({ refreshed, handSnap }: SimUnit): number {
  return handSnap ?? snaps.find(({ upTo }) => refreshed <= upTo)?.snap ?? 0;
}

/** What lies on a unit of Charmed etcd: keys are as open as the charm leaves them. */
export function etcdDisk(unit: SimUnit): UnitDisk {
  const secured = sides.filter((side) => providerOf(unit, side) !== undefined);
  const tls = secured.flatMap((side) => [
    fileOf(
      `${folder}/tls/${side}.key`,
      ['-----BEGIN PRIVATE KEY-----', canary, '-----END PRIVATE KEY-----'],
      0o644,
      owner,
    ),
    fileOf(`${folder}/tls/${side}.pem`, ['no certificate is simulated on disk'], 0o644, owner),
  ]);
  const data: SimFile = { path: dataFolder, text: '', mode: 0o750, owner, group: 'root', isFolder: true };
  // etcd reads no such key: it stands for whatever a person may have written there.
  const config = fileOf(
    configFile,
    [configText(unit).trimEnd(), `initial-cluster-token: ${canary}`],
    0o644,
    owner,
  );
  return {
    files: [{ ...config, group: 'root' }, data, ...tls],
    programs: {
      'etcd-authentication': 'Authentication Status: true\n',
      'packet-filter': 'none\n',
      'etcd-members': JSON.stringify({ members: unit.application.units.map(memberOf) }),
      'snap charmed-etcd': snapRow('charmed-etcd', unit.application.workloadVersion, snapOf(unit)),
      'etcd-disk': JSON.stringify({
        device: '/dev/vda1',
        tree: {
          blockdevices: [
            {
              name: 'vda',
              kname: 'vda',
              type: 'disk',
              children: [{ name: 'vda1', kname: 'vda1', type: 'part' }],
            },
          ],
        },
      }),
      ...systemPrograms(unit),
    },
  };
}

function memberOf(unit: SimUnit): object {
  const scheme = providerOf(unit, 'peer') === undefined ? 'http' : 'https';
  return { name: unit.name.replace('/', ''), peerURLs: [`${scheme}://${unit.address}:2380`] };
}
