import { z } from 'zod';
import type { Control } from '../../core/control.js';
import { notApplicable } from '../../core/judgement.js';
import { check } from './check.js';
import { documents } from './documents.js';
import { fileReasons, modeWithin, ownedBy } from './file-verdict.js';

const section = '1.1 Control Plane Node Configuration Files';
const references = [documents.benchmark, documents.kubeBench] as const;

const file = '/var/snap/charmed-etcd/current/etcd.conf.yml';
const data = '/var/snap/charmed-etcd/common/var/lib/etcd';
const stat = (path: string) => `'juju exec -m MODEL --application ETCD -- stat -c "%a %U:%G" ${path}'`;
const setByCharm = ['What is set by hand lasts until the charm sets it again.'] as const;

const mode = check(section, {
  id: 'CIS-1.1.7',
  title: "etcd's configuration file is readable by its owner only",
  severity: 'medium',
  rationale:
    'The benchmark means the pod specification; here the file that etcd reads at start takes its place.',
  references,
  manual: `Run ${stat(file)}: 600 or stricter is asked. The charm writes the file with wider rights, and it holds no password: report it to the charm, and waive it as mitigated by who may log in to the machine (JUJU-MODEL-06). Without a charm: 'chmod 600 FILE'.`,
  hazards: setByCharm,
  fixableBy: 'charm',
  reasons: {
    ...fileReasons.mode,
    NoConfigurationFile: 'etcd reads no configuration file, so that there is none to protect.',
  },
  judge: (app) => modeWithin(app, 'configurationFile', 0o600),
});

const owner = check(section, {
  id: 'CIS-1.1.8',
  title: "etcd's pod specification belongs to root",
  severity: 'low',
  rationale: 'Whoever may write the specification of a pod decides what runs in it.',
  references,
  manual:
    'Nothing is to be done: a snap runs Charmed etcd, not a pod, so that there is no such file. Its configuration belongs by design to the user snap_daemon, under which etcd runs.',
  hazards: ['Giving the configuration to root by hand keeps the charm from writing it.'],
  fixableBy: 'none',
  reasons: {
    NoPodSpecification: 'No pod runs this etcd: there is no pod specification that could belong to anybody.',
  },
  judge: (app) =>
    notApplicable('NoPodSpecification', `no pod runs ${app.name}, so there is no pod specification to own`),
});

const directory = check(section, {
  id: 'CIS-1.1.11',
  title: "etcd's data directory is open to its owner only",
  severity: 'medium',
  rationale: 'The data directory holds every key and value, readable by any tool.',
  references,
  manual: `Run ${stat(data)}: 700 or stricter is asked. The charm sets 750 whenever storage is attached: report it to the charm, and waive it as mitigated (JUJU-MODEL-06): the group is root. Without a charm: 'chmod 700 DIR'.`,
  hazards: setByCharm,
  fixableBy: 'charm',
  reasons: fileReasons.mode,
  judge: (app) => modeWithin(app, 'dataDirectory', 0o700),
});

const directoryOwner = check(section, {
  id: 'CIS-1.1.12',
  title: "etcd's data directory belongs to the user that runs etcd, and to nobody else",
  severity: 'medium',
  rationale: 'A directory that belongs to another user or group can be read and changed by it.',
  references,
  manual: `Run ${stat(data)}. The benchmark asks for etcd:etcd; the snap runs etcd as snap_daemon, and the charm gives the directory to snap_daemon and the group root. After a look at who is in that group, name snap_daemon:root by the parameter owner, or waive the difference as mitigated (JUJU-MODEL-06). Without a charm: 'chown etcd:etcd DIR', or name the user that runs etcd by the parameter owner.`,
  hazards: setByCharm,
  fixableBy: 'charm',
  reasons: fileReasons.owner,
  params: z.object({
    owner: z
      .string()
      .regex(/^[^\s:]+:[^\s:]+$/, 'has to be USER:GROUP')
      .default('etcd:etcd')
      .meta({ description: 'User and group that the data directory has to belong to, as in etcd:etcd.' }),
  }),
  judge: (app, { owner }) => ownedBy(app, 'dataDirectory', owner),
});

export const files: readonly Control[] = [mode, owner, directory, directoryOwner];
