/** A snapshot that holds one etcd and nothing else: of everything that Juju would tell it says that nobody asked. */
import { dictOf, newDict, type Dict } from '../../core/dict.js';
import type { CertificateFacts, EtcdMember } from '../../core/evidence/etcd.js';
import { known, unknown, type Reading } from '../../core/fact.js';
import type { ApplicationState, ModelState, Snapshot, Unit } from '../../core/snapshot.js';

/** Files with CAs of others, by their path. */
export type OtherCas = Dict<readonly CertificateFacts[]>;

export function etcdSnapshot(members: Dict<EtcdMember>, others: OtherCas, reading: Reading): Snapshot {
  const etcd = {
    ...blank('etcd', reading),
    charm: known(reading, { name: 'etcd', subordinateTo: [] }),
    units: known(reading, dictOf(Object.keys(members).map((name) => [name, unitNamed(name)]))),
    workload: { etcdMembers: known(reading, members) },
  };
  const applications = dictOf([
    ...Object.entries(others).map(([file, cas]): [string, ApplicationState] => [
      file,
      { ...blank(file, reading), workload: { certificateAuthorities: known(reading, cas) } },
    ]),
    ['etcd', etcd] as [string, ApplicationState],
  ]);
  const gap = notAsked(reading);
  const controller = {
    name: '',
    info: gap,
    config: gap,
    users: gap,
    clouds: gap,
    self: gap,
    models: dictOf([['host', modelOf(applications, reading)]]),
  };
  return { kind: 'Snapshot', version: 'v1', takenAt: reading.at, controllers: dictOf([['', controller]]) };
}

function notAsked(reading: Reading) {
  return unknown(reading, 'only etcd itself was looked at');
}

function unitNamed(name: string): Unit {
  return { name, agent: '', agentMessage: '', workload: '', workloadMessage: '' };
}

function blank(name: string, reading: Reading): ApplicationState {
  const gap = notAsked(reading);
  return {
    name,
    charm: gap,
    status: gap,
    exposure: gap,
    bindings: gap,
    relations: gap,
    units: gap,
    upgrade: gap,
    config: gap,
    trust: gap,
    probes: gap,
    workload: newDict(),
  };
}

function modelOf(applications: Dict<ApplicationState>, reading: Reading): ModelState {
  const gap = notAsked(reading);
  return {
    name: 'host',
    controller: '',
    info: gap,
    applications,
    machines: gap,
    relations: gap,
    remoteApplications: gap,
    offers: gap,
    users: gap,
    config: gap,
    blocks: gap,
    secrets: gap,
    sshKeys: gap,
    credential: gap,
    secretBackend: gap,
    operations: gap,
  };
}
