/** Pages that the controls of the benchmark refer to. */
export const documents = {
  benchmark: 'https://www.cisecurity.org/benchmark/kubernetes',
  kubeBench: 'https://github.com/aquasecurity/kube-bench/tree/main/cfg/cis-1.12',
  charmGuide: 'https://documentation.ubuntu.com/charmed-etcd/explanation/security/',
  enableTls: 'https://documentation.ubuntu.com/charmed-etcd/how-to/tls/enable-tls/',
  etcdSecurity: 'https://etcd.io/docs/v3.6/op-guide/security/',
  etcdConfiguration: 'https://etcd.io/docs/v3.6/op-guide/configuration/',
} as const;
