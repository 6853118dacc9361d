/**
 * What the guides ask, sentence by sentence in words of our own, with the controls that look after it. The headings are
 * the guides'; what a guide repeats of another stands once.
 */

/** Heading to what stands below it and who looks after it: ids, with a family's beginning before `*`. */
type Advice = Readonly<Record<string, readonly (readonly [asks: string, by: string])[]>>;

export const etcdAdvice: Advice = {
  Cloud: [['the cloud has a security guide of its own', 'JUJU-CLOUD-01']],
  'Cloud credentials': [
    ['users of the cloud have the permissions that their work needs', 'JUJU-CRED-04'],
    ['credentials are valid, of a good kind, and changed', 'JUJU-CRED-01 JUJU-CRED-02 JUJU-CRED-03'],
  ],
  'Juju users': [
    ['users have the least permissions', 'JUJU-USER-01 JUJU-USER-02 JUJU-USER-06 JUJU-SELF-01'],
    ['credentials are stored securely', 'JUJU-USER-05'],
    ['credentials are rotated', 'JUJU-USER-03 JUJU-USER-04 JUJU-USER-07'],
  ],
  'Operating system': [
    ['the machines run Ubuntu 24.04', 'ETCD-OS-03'],
    ['a Landscape client manages security upgrades', 'ETCD-OS-01 ETCD-OS-04'],
    ['Ubuntu Pro is attached', 'ETCD-OS-02'],
  ],
  'Security upgrades': [
    ['the charm pins the snap', 'ETCD-UPG-02'],
    ['the snap is patched regularly, and the charm refreshed', 'ETCD-UPG-01 ETCD-UPG-03'],
  ],
  Encryption: [
    ['clients and members are encrypted by a TLS provider', 'ETCD-ENC-01 ETCD-ENC-02 ETCD-ENC-03'],
    ['the provider suits the use', 'ETCD-ENC-04 ETCD-ENC-05'],
    ['backups are encrypted on their way to the store', 'ETCD-ENC-07 ETCD-BKP-01'],
    ['the cryptography is as its own page says', 'ETCD-ENC-06'],
  ],
  Authentication: [
    ['passwords are checked', 'ETCD-AUTH-01 ETCD-AUTH-03'],
    ['clients authenticate by certificate', 'ETCD-AUTH-02'],
  ],
  Authorisation: [['each client is limited to what is its own', 'ETCD-AUTHZ-01 ETCD-AUTHZ-02']],
  'Monitoring and auditing': [
    ['etcd is integrated with COS', 'ETCD-MON-01'],
    ['COS is in an environment of its own', 'ETCD-MON-02'],
    ['logs are kept, rotated and shipped', 'ETCD-MON-03'],
  ],
  'Additional Resources': [['the CIS checks for etcd are met', 'CIS-*']],
};

export const articleAdvice: Advice = {
  'Authentication: Verifying Identities': [
    ['certificates of clients are preferred', 'EBP-AUTHN-01'],
    ['passwords go over TLS and are strong', 'EBP-AUTHN-02 EBP-AUTHN-03'],
    ['keys are managed with care', 'EBP-AUTHN-04'],
  ],
  'Authorization: Controlling Access': [['users have roles, and these are enforced', 'EBP-AUTHZ-01']],
  'Encryption: Protecting Data in Transit and at Rest': [
    ['traffic is encrypted', 'EBP-AUTHN-02'],
    ['data at rest are encrypted', 'EBP-REST-01'],
    ['the key of the encryption is kept and managed', 'EBP-REST-02'],
  ],
  'Network Security: Isolating the Cluster': [
    ['firewalls admit authorised clients only', 'EBP-NET-02 EBP-NET-04'],
    ['the network is private and apart from others', 'EBP-NET-03'],
    ['etcd listens on given addresses for clients and members', 'EBP-NET-01'],
    ['members that are not authorised are kept out', 'EBP-NET-06'],
    ['a policy says so, and is reviewed', 'EBP-NET-05'],
  ],
  'Monitoring and Auditing: Detecting and Responding to Threats': [
    ['latency, errors and resources are measured', 'EBP-MON-01'],
    ['access is recorded', 'EBP-MON-02'],
    ['alerts exist', 'EBP-MON-03'],
    ['audits are held', 'EBP-MON-04'],
    ['the records are reviewed, and kept in a secure place', 'EBP-MON-05 EBP-MON-06'],
  ],
  'Regular Updates and Patching: Staying Ahead of Vulnerabilities': [
    ['announcements are followed', 'EBP-UPD-01'],
    ['updates are tried before production', 'EBP-UPD-02'],
    ['updates are automated', 'EBP-UPD-03'],
    ['there is a way back', 'EBP-UPD-04'],
    ['the process is reviewed', 'EBP-UPD-05'],
  ],
};

export const postgresqlAdvice: Advice = {
  Kubernetes: [
    ['the distribution has a security guide of its own', 'K8S-DIST-01'],
    [
      'its guide is followed in pods, namespaces, network and secrets',
      'K8S-POD-01 K8S-NS-01 K8S-NET-* K8S-SEC-01',
    ],
  ],
  'Cloud credentials': [
    ['Juju has what it needs in the cluster, admin as a rule', 'K8S-RBAC-01 K8S-RBAC-02'],
  ],
  'Base images': [
    ['rocks from the registry run, on the base of the track', 'PG-IMG-* PGB-IMG-* K8S-IMG-01 K8S-IMG-02'],
  ],
  'Charmed operator security upgrades': [['charms are refreshed regularly', 'PG-UPG-01 PGB-UPG-01']],
  Encryption: [
    ['all connections are encrypted by a TLS provider', 'PG-ENC-01 PG-ENC-02 PG-ENC-03 PG-ENC-06 PGB-ENC-*'],
    ['the provider suits the use', 'PG-ENC-05'],
    ['backups are encrypted on their way to the store', 'PG-ENC-04 PG-BKP-01'],
  ],
  Authentication: [
    ['clients and members authenticate by SCRAM', 'PG-AUTH-01 PG-AUTH-02 PG-AUTH-03'],
    ['PgBouncer does, too', 'PGB-AUTH-01'],
    ['passwords of the system are changed', 'PG-AUTH-04'],
  ],
  'Monitoring and auditing': [
    ['COS is integrated, with alert rules and tracing', 'PG-MON-01 PG-MON-04 PGB-MON-01'],
    ['COS is in an environment of its own', 'PG-MON-02'],
    ['logs are kept and shipped', 'PG-MON-03'],
  ],
};

export const kafkaAdvice: Advice = {
  'Base images': [['rocks run that their charm pins', 'KAFKA-IMG-01 ZK-IMG-01']],
  'Charmed operator security upgrades': [['charms are refreshed regularly', 'KAFKA-UPG-01 ZK-UPG-01']],
  'Wire Encryption': [
    ['Kafka and ZooKeeper are related to a TLS provider', 'KAFKA-ENC-01 ZK-ENC-01'],
    ['nothing is left in clear', 'KAFKA-ENC-02 ZK-ENC-02'],
    ['the provider suits the use', 'KAFKA-ENC-03'],
  ],
  Authentication: [
    [
      'SCRAM, certificates or OAuth on the listener for each',
      'KAFKA-AUTH-01 KAFKA-AUTH-02 KAFKA-AUTH-03 ZK-AUTH-01',
    ],
    [
      'who is let in is authorised, and the passwords are changed',
      'KAFKA-AUTH-04 KAFKA-AUTH-05 KAFKA-FILE-01',
    ],
  ],
  'Monitoring and auditing': [
    ['COS is integrated', 'KAFKA-MON-01 ZK-MON-01'],
    ['COS is in an environment of its own', 'KAFKA-MON-02'],
    ['denied and allowed accesses are logged as wanted, and reach Loki', 'KAFKA-AUD-*'],
  ],
};

export const mysqlAdvice: Advice = {
  'Base images': [['rocks that their charm pins run, on the base of the track', 'MYSQL-IMG-*']],
  'Charmed operator security upgrades': [['charms are refreshed regularly', 'MYSQL-UPG-01']],
  Encryption: [
    ['clients are encrypted by a TLS provider, members always', 'MYSQL-ENC-01 MYSQL-ENC-02 MYR-ENC-01'],
    ['the provider suits the use', 'MYSQL-ENC-04'],
    ['backups are encrypted on their way to the store', 'MYSQL-ENC-03 MYSQL-BKP-01'],
    ['connections from outside the cluster are declared', 'MYSQL-NET-01 MYR-NET-01'],
  ],
  Authentication: [
    ['accounts authenticate by caching_sha2_password', 'MYSQL-AUTH-03'],
    ["passwords are changed, and nobody has the rights of MySQL's root", 'MYSQL-AUTH-01 MYSQL-AUTH-02'],
  ],
  'Monitoring and auditing': [
    ['COS is integrated', 'MYSQL-MON-01'],
    ['COS is in an environment of its own', 'MYSQL-MON-02'],
    ['the plugin that records logins is on', 'MYSQL-MON-03'],
  ],
};

export const jujuAdvice: Advice = {
  'Harden the cloud': [['the cloud is hardened first', 'JUJU-CLOUD-01']],
  'Harden the client and the agent binaries': [['versions are patched', 'JUJU-CTRL-04']],
  'Harden the controller(s)': [
    ['no stored cloud key where there is another way', 'JUJU-CRED-01'],
    ['few ports are open, to known networks', 'JUJU-CTRL-06'],
    ['the bootstrap password is changed', 'JUJU-USER-07'],
    ['it is highly available and backed up', 'JUJU-CTRL-07 JUJU-CTRL-10'],
    ['agents are limited, identities come safely, no flags', 'JUJU-CTRL-05 JUJU-CTRL-08 JUJU-CTRL-09'],
  ],
  'Harden the user(s)': [
    ['few rights, and none for those who are gone', 'JUJU-USER-01 JUJU-USER-02 JUJU-USER-03'],
  ],
  'Harden the model(s)': [
    ['tenants are apart', 'JUJU-MODEL-08'],
    ['dangerous commands are blocked', 'JUJU-MODEL-01'],
    ['settings of models are safe', 'JUJU-MODEL-02 JUJU-MODEL-03 JUJU-MODEL-04 JUJU-MODEL-05 JUJU-MODEL-06'],
  ],
  'Harden the applications': [
    ['charms are reviewed, stable, fresh and not retired', 'JUJU-APP-03 JUJU-APP-04 JUJU-APP-06 JUJU-APP-07'],
    ['few are trusted', 'JUJU-APP-01'],
    [
      'few are exposed, offers are for those meant',
      'JUJU-APP-02 JUJU-OFFER-01 ETCD-NET-01 PG-NET-01 PGB-NET-01',
    ],
    ['brokers, too', 'KAFKA-NET-01 ZK-NET-01'],
    ['secrets are used, rotated and kept in a good backend', 'JUJU-APP-05 JUJU-MODEL-07'],
  ],
  'Audit and observe': [['the audit log is on and whole', 'JUJU-CTRL-01 JUJU-CTRL-02 JUJU-CTRL-03']],
};

/** Headings below which the guides give no advice: they introduce others, or only link. */
export const withoutAdvice: ReadonlySet<string> = new Set([
  ...['Environment', 'Juju', 'Applications', 'Additional Resources'],
  'Understanding the Importance of etcd Security',
]);
