import type { ModelSpec } from '../../src/simulator/world/spec.js';

/** The model of COS, with what it offers. */
export const cosModel: ModelSpec = {
  name: 'cos',
  users: { observer: 'read' },
  applications: [
    { name: 'prometheus', charm: 'prometheus-k8s' },
    { name: 'loki', charm: 'loki-k8s' },
    { name: 'grafana', charm: 'grafana-k8s' },
  ],
  offers: [
    { application: 'prometheus', endpoint: 'receive-remote-write', name: 'prometheus' },
    { application: 'loki', endpoint: 'logging', name: 'loki' },
    { application: 'grafana', endpoint: 'grafana-dashboard', name: 'grafana' },
  ],
};

/** A model with etcd whose metrics, logs and dashboards are related all the way to COS. */
export function watchedEtcd(name: string, units: number): ModelSpec {
  return {
    name,
    users: { observer: 'read', remediator: 'admin' },
    applications: [
      { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units },
      { name: 'otel', charm: 'opentelemetry-collector', channel: '2/stable' },
    ],
    relations: [
      ['etcd:cos-agent', 'otel:cos-agent'],
      ['otel:send-remote-write', 'prometheus:receive-remote-write'],
      ['otel:send-loki-logs', 'loki:logging'],
      ['otel:grafana-dashboards-provider', 'grafana:grafana-dashboard'],
    ],
    consumes: ['prometheus', 'loki', 'grafana'].map((offer) => ({ model: 'cos', offer })),
  };
}
