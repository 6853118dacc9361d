/** The documents whose sections the controls cite, with their headings. */
import type { Publication } from '../../core/handbook.js';

const manual = 'https://documentation.ubuntu.com';

/** The anchors that the documentation's builder makes of headings. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function anchored(...headings: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(headings.map((heading) => [heading, slug(heading)]));
}

function bare(...headings: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(headings.map((heading) => [heading, '']));
}

const environment = ['Environment', 'Juju', 'Cloud credentials', 'Juju users', 'Applications'];

export const jujuHardening: Publication = {
  title: 'Juju: harden your deployment',
  url: `${manual}/juju/3.6/howto/manage-your-juju-deployment/harden-your-juju-deployment/`,
  headings: anchored(
    ...['Harden the cloud', 'Harden the client and the agent binaries', 'Harden the controller(s)'],
    ...['Harden the user(s)', 'Harden the model(s)', 'Harden the applications', 'Audit and observe'],
  ),
};

export const etcdGuide: Publication = {
  title: 'Charmed etcd: security hardening guide',
  url: `${manual}/charmed-etcd/explanation/security/`,
  headings: {
    ...anchored(
      ...environment,
      ...['Cloud', 'Operating system', 'Security upgrades', 'Encryption', 'Authentication'],
      ...['Monitoring and auditing', 'Additional Resources'],
    ),
    // Named among the topics of its section on applications, without a heading of its own.
    Authorisation: 'applications',
  },
};

export const etcdArticle: Publication = {
  title: 'etcd Security: Best Practices & Deep Dive',
  url: 'https://brixwellgroup.com.au/blog/etcd-security-best-practices-and',
  headings: bare(
    'Understanding the Importance of etcd Security',
    'Authentication: Verifying Identities',
    'Authorization: Controlling Access',
    'Encryption: Protecting Data in Transit and at Rest',
    'Network Security: Isolating the Cluster',
    'Monitoring and Auditing: Detecting and Responding to Threats',
    'Regular Updates and Patching: Staying Ahead of Vulnerabilities',
  ),
};

export const postgresqlGuide: Publication = {
  title: 'Charmed PostgreSQL K8s: security hardening guide',
  url: `${manual}/charmed-postgresql-k8s/14/explanation/security/`,
  headings: anchored(
    ...environment,
    ...['Kubernetes', 'Base images', 'Charmed operator security upgrades', 'Encryption'],
    ...['Authentication', 'Monitoring and auditing', 'Additional Resources'],
  ),
};

export const kafkaGuide: Publication = {
  title: 'Charmed Kafka K8s: security hardening guide',
  url: `${manual}/charmed-kafka-k8s/3/explanation/security/`,
  headings: anchored(
    ...environment,
    ...['Kubernetes', 'Base images', 'Charmed operator security upgrades', 'Wire Encryption'],
    ...['Authentication', 'Monitoring and auditing', 'Additional Resources'],
  ),
};

/** Its page serves machines, too, where some headings differ: those of Kubernetes only are cited without an anchor. */
export const mysqlGuide: Publication = {
  title: 'Charmed MySQL K8s: security hardening guide',
  url: `${manual}/charmed-mysql/8.0/explanation/security/`,
  headings: {
    ...anchored(...environment, 'Encryption', 'Authentication', 'Additional Resources'),
    ...bare('Kubernetes', 'Base images', 'Charmed operator security upgrades', 'Monitoring and auditing'),
  },
};

export const cisBenchmark: Publication = {
  title: 'CIS Kubernetes Benchmark',
  url: 'https://www.cisecurity.org/benchmark/kubernetes',
  headings: bare('1.1 Control Plane Node Configuration Files', '2 etcd'),
};
