import { relationsOf } from '../world/relation-rules.js';
import type { SimApplication, SimRelation } from '../world/state.js';
import type { PortSigner } from '../world/unit-ports.js';

export interface ProviderQuery {
  readonly application: SimApplication;
  readonly relation: SimRelation;
}

/** Who signs for this endpoint; undefined without a relation. A provider of another model goes by its local name. */
export function certificateProvider(application: SimApplication, endpoint: string): PortSigner | undefined {
  const [relation] = relationsOf(application.model, application.name, endpoint);
  return relation && signerOf({ application, relation });
}

/** The signer of a relation that is joined and stays; `waiting` while it has not signed. */
export function signerAt(application: SimApplication, endpoint: string): PortSigner | 'waiting' | undefined {
  const relations = relationsOf(application.model, application.name, endpoint);
  const relation = relations.find(({ status, dying }) => status === 'joined' && !dying);
  if (relation === undefined) return undefined;
  const query = { application, relation };
  return hasCertificates(query) && signsFor(query) ? signerOf(query) : 'waiting';
}

/** A provider signs only while it is active. */
export function hasCertificates(query: ProviderQuery): boolean {
  const provider = query.application.model.applications.get(otherEnd(query));
  if (provider === undefined) return true;
  return provider.units.some(({ workload }) => workload.status === 'active');
}

/** An ACME provider signs no IP addresses, which the charms ask for unless an option spares them (Kafka, ZooKeeper). */
function signsFor({ application, relation }: ProviderQuery): boolean {
  const provider = application.model.applications.get(otherEnd({ application, relation }));
  if (provider?.charm.name !== 'lego') return true;
  return ['certificate_include_ip_sans', 'certificate-include-ip-sans'].some(
    (option) => application.settings.get(option) === false,
  );
}

function signerOf(query: ProviderQuery): PortSigner {
  const name = otherEnd(query);
  const { model } = query.application;
  return { id: `${model.uuid}/${name}`, commonName: commonName(query.application, name) };
}

function otherEnd({ application, relation }: ProviderQuery): string {
  const other = relation.sides.find((side) => side.application !== application.name);
  return other?.application ?? '';
}

function commonName({ model }: SimApplication, name: string): string {
  const provider = model.applications.get(name);
  const set = provider?.settings.get('ca-common-name') ?? provider?.charm.options['ca-common-name']?.[1];
  return typeof set === 'string' ? set : name;
}
