import { dictOf, newDict } from '../../core/dict.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type {
  ApplicationState,
  CloudCredential,
  ConfigValue,
  ModelInfo,
  ModelState,
  Offer,
  Relation,
  RemoteApplication,
} from '../../core/snapshot.js';
import { branch, branches, text, texts } from '../json.js';
import { applicationFrom } from './application.js';
import { endsOf, type Ends } from './ends.js';
import { notPlanned, onlyTerraforms } from './gaps.js';
import { applicationName, offeredApplication, offeredEndpoints, offerName, type Place } from './places.js';
import type { References } from './references.js';
import { gapAt, type Resource } from './resources.js';

/** All resources of one model. */
export interface Planned {
  readonly place: Place;
  readonly resources: readonly Resource[];
  /** Of the whole document: credentials, clouds and grants on offers are in no model. */
  readonly all: readonly Resource[];
  readonly references: References;
}

/** A model as Terraform wants it. */
export function modelFrom(reading: Reading, planned: Planned): ModelState {
  const { place } = planned;
  const integrations = of(planned.resources, 'juju_integration').map((resource) => ({
    resource,
    ends: endsOf(resource, planned.references),
  }));
  const relations = relationsOf(reading, integrations);
  return {
    name: place.key,
    controller: '',
    info: known(reading, infoOf(planned)),
    applications: applicationsOf(reading, planned, relations),
    machines: notPlanned(reading, 'running machines'),
    relations,
    remoteApplications: known(reading, remotesOf(integrations)),
    offers: offersOf(reading, planned),
    users: onlyTerraforms(reading, 'the access to models', grantsIn(planned.resources)),
    config: configOf(reading, planned),
    blocks: notPlanned(reading, 'disabled commands'),
    secrets: onlyTerraforms(reading, 'the secrets', secretsIn(planned.resources)),
    sshKeys: notPlanned(reading, 'SSH keys'),
    credential: credentialOf(reading, planned),
    secretBackend: notPlanned(reading, 'the secret backend'),
    operations: notPlanned(reading, 'what was run on units'),
  };
}

function of(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type && !resource.isData);
}

function infoOf(planned: Planned): ModelInfo {
  const { resource } = planned.place;
  if (resource === undefined) return {};
  const type = typeOf(resource, planned);
  const cloud = text(branches(resource.values['cloud'])[0]?.['name']);
  const uuid = text(resource.values['uuid']);
  return {
    ...(type === undefined ? {} : { type }),
    ...(cloud === undefined ? {} : { cloud }),
    ...(uuid === undefined ? {} : { uuid }),
  };
}

/** Of a model that is made now, the cloud decides. */
function typeOf(resource: Resource, { all, references }: Planned): ModelInfo['type'] {
  const type = text(resource.values['type']);
  if (type === 'iaas' || type === 'caas') return type;
  const cloud = text(branches(resource.values['cloud'])[0]?.['name']);
  const kubernetes = of(all, 'juju_kubernetes_cloud');
  const isNamed = cloud !== undefined && kubernetes.some(({ values }) => values['name'] === cloud);
  const credential = references.of(resource, 'credential');
  return isNamed || credential?.type === 'juju_kubernetes_cloud' ? 'caas' : undefined;
}

function applicationsOf(
  reading: Reading,
  { resources }: Planned,
  relations: Fact<readonly Relation[]>,
): Record<string, ApplicationState> {
  const applications = newDict<ApplicationState>();
  for (const resource of of(resources, 'juju_application')) {
    const usual = applicationName(resource);
    const name = usual in applications ? `${usual} (${resource.address})` : usual;
    const own =
      'value' in relations
        ? known(
            reading,
            relations.value.filter((relation) => joins(relation, name)),
          )
        : relations;
    applications[name] = applicationFrom(reading, name, resource, own);
  }
  return applications;
}

function joins({ ends }: Relation, name: string): boolean {
  return ends.some((end) => end.application === name && end.remote !== true);
}

interface Integration {
  readonly resource: Resource;
  readonly ends: Ends | undefined;
}

/** One end that is not known could be the end of any application: then none is known to be without relations. */
function relationsOf(reading: Reading, integrations: readonly Integration[]): Fact<readonly Relation[]> {
  const relations: Relation[] = [];
  for (const { resource, ends } of integrations) {
    if (ends === undefined)
      return unknown(
        reading,
        `${gapAt(resource, 'application') ?? `what ${resource.address} joins is not known`}; run terraform plan again once its applications exist`,
      );
    relations.push({ interface: '', ends: [ends[0].end, ends[1].end] });
  }
  return known(reading, relations);
}

function remotesOf(integrations: readonly Integration[]): Record<string, RemoteApplication> {
  const remotes = newDict<RemoteApplication>();
  for (const { end, offerUrl } of integrations.flatMap(({ ends }) => ends ?? [])) {
    const name = end.application;
    if (end.remote === true) remotes[name] = { name, offerUrl: offerUrl ?? '', endpoints: [], status: '' };
  }
  return remotes;
}

/** On a model that is made now, Terraform makes all that there is. */
function offersOf(reading: Reading, planned: Planned): Fact<Record<string, Offer>> {
  const offers = of(planned.resources, 'juju_offer').map((resource) => offerFrom(resource, planned));
  return known(reading, dictOf(offers.map((offer) => [offer.name, offer])));
}

function offerFrom(resource: Resource, { references, all }: Planned): Offer {
  const url = text(resource.values['url']);
  const name = offerName(resource, references);
  const grants = of(all, 'juju_access_offer').filter(
    (grant) =>
      references.of(grant, 'offer_url') === resource ||
      (url !== undefined && text(grant.values['offer_url']) === url),
  );
  const users = newDict<string>();
  for (const { values } of grants)
    for (const level of ['read', 'consume', 'admin'])
      for (const user of texts(values[level])) users[user] = level;
  return {
    name,
    application: offeredApplication(resource, references) ?? '',
    endpoints: offeredEndpoints(resource).map((endpoint) => ({ name: endpoint, interface: '' })),
    ...(url === undefined ? {} : { url }),
    // Of an offer that is there already, others may hold access that Terraform does not know of.
    ...(resource.isNew ? { users } : {}),
  };
}

function grantsIn(resources: readonly Resource[]): readonly string[] {
  return of(resources, 'juju_access_model').map(({ values }) => {
    const names = texts(values['users']);
    return `${text(values['access']) ?? 'some level'} for ${names.length === 0 ? 'users not known yet' : names.join(', ')}`;
  });
}

function secretsIn(resources: readonly Resource[]): readonly string[] {
  return of(resources, 'juju_secret').map(({ values, address }) => text(values['name']) ?? address);
}

/** Settings that Terraform does not make have Juju's defaults on a model that it makes now. */
function configOf(reading: Reading, { place }: Planned): ModelState['config'] {
  const { resource } = place;
  if (resource?.isNew !== true)
    return notPlanned(reading, 'model settings that were made by hand on a model that is there already');
  const gap = gapAt(resource, 'config');
  if (gap !== undefined) return unknown(reading, gap);
  const values = branch(resource.values['config']);
  const settings = newDict<ConfigValue>();
  for (const key of Object.keys(values)) settings[key] = { value: values[key], source: 'model' };
  return known(reading, settings);
}

function credentialOf(reading: Reading, { place, all, references }: Planned): Fact<CloudCredential> {
  const { resource } = place;
  const name = text(resource?.values['credential']);
  const made =
    resource === undefined
      ? undefined
      : (references.of(resource, 'credential') ??
        of(all, 'juju_credential').find(({ values }) => name !== undefined && values['name'] === name));
  if (made?.type !== 'juju_credential') return notPlanned(reading, 'the cloud credential');
  const { values } = made;
  const authType = text(values['auth_type']);
  return known(reading, {
    name: text(values['name']) ?? '',
    owner: '',
    cloud: text(branches(values['cloud'])[0]?.['name']) ?? '',
    ...(authType === undefined ? {} : { authType }),
  });
}
