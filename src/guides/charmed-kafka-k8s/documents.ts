/** Pages that the controls of the Kafka guide refer to. */
const three = 'https://documentation.ubuntu.com/charmed-kafka-k8s/3';
const four = 'https://documentation.ubuntu.com/charmed-kafka-k8s/4';
const apache = 'https://kafka.apache.org/documentation';

export const documents = {
  guide: `${three}/explanation/security/`,
  cryptography: `${four}/explanation/cryptography/`,
  explanation: `${four}/explanation/`,
  howToThree: `${three}/how-to/`,
  howToFour: `${four}/how-to/`,
  referenceThree: `${three}/reference/`,
  referenceFour: `${four}/reference/`,
  kafkaSecurity: `${apache}/#security`,
  zookeeperAdmin: 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html',
  hydra: 'https://charmhub.io/hydra',
  cos: 'https://documentation.ubuntu.com/observability/',
  charmCertificates: 'https://charmhub.io/topics/security-with-x-509-certificates',
  s3Integrator: 'https://charmhub.io/s3-integrator',
  landscape: 'https://documentation.ubuntu.com/landscape/',
  pro: 'https://documentation.ubuntu.com/pro/',
  releaseCycle: 'https://ubuntu.com/about/release-cycle',
  networkPolicies: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
} as const;
