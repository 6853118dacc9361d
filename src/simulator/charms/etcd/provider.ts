import { relationsOf } from '../../world/relation-rules.js';
import type { SimApplication, SimRelation } from '../../world/state.js';
import type { CertificateProvider, Side } from './tls-state.js';

export interface ProviderQuery {
  readonly application: SimApplication;
  readonly relation: SimRelation;
}

/** Who signs for this side; undefined without a relation. A provider of another model goes by its local name. */
export function certificateProvider(
  application: SimApplication,
  side: Side,
): CertificateProvider | undefined {
  const [relation] = relationsOf(application.model, application.name, `${side}-certificates`);
  if (relation === undefined) return undefined;
  const name = otherEnd({ application, relation });
  return { id: `${application.model.uuid}/${name}`, commonName: commonName(application, name) };
}

/** A provider signs only while it is active. */
export function hasCertificates(query: ProviderQuery): boolean {
  const provider = query.application.model.applications.get(otherEnd(query));
  if (provider === undefined) return true;
  return provider.units.some(({ workload }) => workload.status === 'active');
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
