import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { ConfigOption } from '../../core/snapshot.js';
import type { Product } from './product.js';

/** The option as this charm spells it: Kafka 3 with underscores, Kafka 4 and ZooKeeper with hyphens. */
export function spelled(option: string, { component, generation }: Product): string {
  return component === 'kafka' && generation === 3 ? option.replaceAll('-', '_') : option;
}

/** Whether IP addresses are asked for in certificates; Kafka 4 has no option to leave them out. */
const includeIpSans = 'certificate-include-ip-sans';

export interface IpSansOption {
  readonly key: string;
  readonly option: ConfigOption;
}

/** The option that leaves IP addresses out of certificates, where the charm has it and it was read. */
export function ipSansOption(app: ApplicationView, product: Product): IpSansOption | undefined {
  const key = spelled(includeIpSans, product);
  const option = valueOf(app.get('config'))?.[key];
  return option && { key, option };
}

/** Whether the application leaves IP addresses out of the certificates that it asks for. */
export function leavesOutIpSans(app: ApplicationView, product: Product): boolean {
  return ipSansOption(app, product)?.option.value === false;
}
