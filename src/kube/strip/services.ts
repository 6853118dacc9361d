import type { Endpoint, EndpointSlice, Service, ServicePort } from '../../core/kube/network.js';
import { branch, dict, flag, items, number, present, text, texts, type Raw } from '../raw.js';
import { metaOf } from './meta.js';

export function serviceOf(raw: Raw): Service {
  const spec = branch(raw, 'spec');
  return {
    ...metaOf(raw),
    type: text(spec, 'type') ?? 'ClusterIP',
    selector: dict(spec, 'selector'),
    ports: items(spec, 'ports').map(servicePort),
    clusterIps: texts(spec, 'clusterIPs'),
    externalIps: texts(spec, 'externalIPs'),
    ...present({ externalName: text(spec, 'externalName') }),
    loadBalancerSourceRanges: texts(spec, 'loadBalancerSourceRanges'),
    loadBalancerAddresses: balancerAddresses(branch(raw, 'status')),
  };
}

function balancerAddresses(status: Raw): readonly string[] {
  const given = items(branch(status, 'loadBalancer'), 'ingress');
  return given.flatMap((address) => text(address, 'ip') ?? text(address, 'hostname') ?? []);
}

function servicePort(port: Raw): ServicePort {
  return {
    protocol: text(port, 'protocol') ?? 'TCP',
    port: number(port, 'port') ?? 0,
    ...present({
      name: text(port, 'name'),
      targetPort: number(port, 'targetPort') ?? text(port, 'targetPort'),
      nodePort: number(port, 'nodePort'),
    }),
  };
}

export function endpointSliceOf(raw: Raw): EndpointSlice {
  const meta = metaOf(raw);
  return {
    ...meta,
    ...present({ service: meta.labels['kubernetes.io/service-name'] }),
    addressType: text(raw, 'addressType') ?? '',
    ports: items(raw, 'ports').map((port) =>
      present({ name: text(port, 'name'), protocol: text(port, 'protocol'), port: number(port, 'port') }),
    ),
    endpoints: items(raw, 'endpoints').map(endpointOf),
  };
}

function endpointOf(endpoint: Raw): Endpoint {
  const target = branch(endpoint, 'targetRef');
  const pod = text(target, 'kind') === 'Pod' ? text(target, 'name') : undefined;
  return {
    addresses: texts(endpoint, 'addresses'),
    ready: flag(branch(endpoint, 'conditions'), 'ready') ?? true,
    ...present({ pod, nodeName: text(endpoint, 'nodeName') }),
  };
}
