/** What the registry of controls is held against: the ids of the catalogue, and why some outcomes cannot be seen. */

/** How many controls each family of the catalogue has; those of the benchmark bear its own numbers. */
export const series: Readonly<Record<string, number>> = {
  'JUJU-USER': 7,
  'JUJU-OFFER': 1,
  'JUJU-CRED': 4,
  'JUJU-CTRL': 10,
  'JUJU-CLOUD': 1,
  'JUJU-MODEL': 8,
  'JUJU-APP': 7,
  'JUJU-SELF': 1,
  'K8S-RBAC': 2,
  'K8S-POD': 1,
  'K8S-DIST': 1,
  'K8S-NS': 1,
  'K8S-NET': 2,
  'K8S-IMG': 2,
  'K8S-SEC': 1,
  'ETCD-OS': 4,
  'ETCD-UPG': 3,
  'ETCD-ENC': 7,
  'ETCD-AUTH': 3,
  'ETCD-AUTHZ': 2,
  'ETCD-MON': 3,
  'ETCD-BKP': 1,
  'ETCD-NET': 1,
  'ETCD-DBG': 1,
  'ETCD-FILE': 1,
  'EBP-AUTHN': 4,
  'EBP-AUTHZ': 1,
  'EBP-REST': 2,
  'EBP-NET': 6,
  'EBP-MON': 6,
  'EBP-UPD': 5,
  'PG-IMG': 2,
  'PG-UPG': 1,
  'PG-ENC': 6,
  'PG-FILE': 1,
  'PG-AUTH': 4,
  'PG-MON': 4,
  'PG-BKP': 1,
  'PG-NET': 1,
  'PG-OS': 3,
  'PGB-IMG': 2,
  'PGB-UPG': 1,
  'PGB-ENC': 2,
  'PGB-AUTH': 1,
  'PGB-MON': 1,
  'PGB-NET': 1,
  'KAFKA-IMG': 1,
  'KAFKA-UPG': 1,
  'KAFKA-ENC': 3,
  'KAFKA-AUTH': 5,
  'KAFKA-FILE': 1,
  'KAFKA-MON': 2,
  'KAFKA-AUD': 3,
  'KAFKA-NET': 1,
  'KAFKA-OS': 3,
  'ZK-IMG': 1,
  'ZK-UPG': 1,
  'ZK-ENC': 2,
  'ZK-AUTH': 1,
  'ZK-MON': 1,
  'ZK-BKP': 1,
  'ZK-NET': 1,
  'MYSQL-IMG': 2,
  'MYSQL-UPG': 1,
  'MYSQL-ENC': 4,
  'MYSQL-AUTH': 3,
  'MYSQL-MON': 3,
  'MYSQL-BKP': 1,
  'MYSQL-NET': 1,
  'MYR-ENC': 1,
  'MYR-NET': 1,
};

type Reasons = Readonly<Record<string, string>>;

/** The same reason for several controls, whose ids are given in one text: `JUJU-APP-01 02 JUJU-SELF-01`. */
function because(why: string, ids: string): Reasons {
  let family = '';
  const entries = ids.split(' ').map((word) => {
    const id = /^\d+$/.test(word) ? `${family}-${word}` : word;
    family = id.slice(0, id.lastIndexOf('-'));
    return [id, why] as const;
  });
  return Object.fromEntries(entries);
}

/** Controls that neither pass nor fail, and why they cannot. */
export const waiting: Reasons = {
  ...because('MySQL tells its accounts to its administrators only', 'MYSQL-AUTH-03'),
  ...because('it never applies: a snap has no pod specification', 'CIS-1.1.8'),
};

/** For the controls that judge: outcomes that no test can see, and why. */
export const neverSeen = {
  pass: {
    ...because('half of it is seen inside the units only', 'MYSQL-BKP-01'),
    ...because('that the charm took new passwords over is not shown', 'KAFKA-AUTH-05'),
  },
  fail: {
    ...because('what encrypts below the machine only a person knows', 'EBP-REST-01'),
    ...because('a plain URL is not wrong behind a firewall, and firewalls are not read', 'EBP-NET-04'),
    ...because('a kind of cloud that is not known is for a person to look at: manual', 'JUJU-CLOUD-01'),
    ...because('a person looks for a way back that nobody recorded', 'EBP-UPD-04'),
    ...because('a weak password is not to be seen, only who set it', 'EBP-AUTHN-03'),
  },
  unknown: {
    ...because(
      "without a look the charm's own template is known: metrics in the clear, manual",
      'EBP-NET-04',
    ),
    ...because('somebody has stated it, or nobody has', 'EBP-REST-02 EBP-NET-05 EBP-MON-04 05 EBP-UPD-05'),
  },
  'not-applicable': {
    ...because(
      'judged on a controller, which has users, its administrator at least',
      'JUJU-USER-01 03 04 06 07',
    ),
    ...because('judged on a model, which has users, its owner at least', 'JUJU-USER-02'),
    ...because('judged on a model, and Juju makes none without a credential', 'JUJU-CRED-02'),
    ...because('judged on options: an application without any has no password among them', 'JUJU-USER-05'),
    ...because(
      'every controller has these settings, by default where nobody set them',
      'JUJU-CTRL-01 02 03 05 08',
    ),
    ...because('every controller has a version, an API and a cloud', 'JUJU-CTRL-04 06 10 JUJU-CLOUD-01'),
    ...because('every controller has nodes or units to be counted', 'JUJU-CTRL-07'),
    ...because('every model has these settings, by default where nobody set them', 'JUJU-MODEL-01 04 05 07'),
    ...because(
      'a model without keys or secrets passes: none is strange, none overdue',
      'JUJU-MODEL-06 JUJU-APP-05',
    ),
    ...because('every application has trust, exposure and a charm', 'JUJU-APP-01 02 03 04 06 07'),
  },
} as const satisfies Readonly<Record<string, Reasons>>;

/** Evidence that a control names and does not look at in the snapshot: `CONTROL kind` to where it comes from. */
export const unreadEvidence: Reasons = {
  'EBP-UPD-04 N':
    "the history that counts is Juju's own list of operations, where our checks stand with everybody's",
};

/**
 * Reasons of judgements that several controls share: a test shows them for one of these, and they stand on the pages of
 * all. Every other reason that a control explains is shown by a test of that very control.
 */
export const sharedReasons: ReadonlySet<string> = new Set([
  ...['FamilyNotShown', 'NoUnits', 'UnitsDiffer', 'LocalCharm', 'OptionNotShown', 'KeyNotReported'],
  // Inside the units.
  ...['WorkloadEvidenceOff', 'UnitNotSeen', 'MemberNotSeen', 'ConfigurationNotSeen', 'ConfigurationRefused'],
  ...['TlsNotSetUp', 'PlainUrlSetUp', 'DemandNotSetUp', 'FileNotSeen'],
  ...[
    'SnapNotPinned',
    'SnapNotHeld',
    'SnapPinNotKnown',
    'BaseUnsupported',
    'BaseNotShown',
    'SupportNotKnown',
  ],
  // Ports.
  ...['NotReachedFromHere', 'NotProbedYet', 'PortClosed', 'AnswerNotUnderstood'],
  ...['TlsNotInEffect', 'PlainListener'],
  // The benchmark: settings and ports of both sides.
  ...['PlainTextServed', 'NotServing', 'CertificateMadeUp', 'AutoTlsDropsDemand', 'UrlInPlainText'],
  ...['PublicRootsTrusted', 'VersionDecides', 'NameNotTaken'],
  // Refreshes and versions.
  ...['TrackUnmaintained', 'RefreshUnderway', 'RefreshPaused', 'RefreshHangs', 'RefreshFailed'],
  ...['VersionNotUnderstood', 'NoFloorKnown'],
  // What Charmhub holds, and statements of persons.
  ...['CharmhubNotReached', 'NotOnCharmhub', 'ChannelNotListed', 'RevisionNotInChannel', 'KnowledgeStale'],
  ...['AdvisoryApplies', 'AttestationOld'],
  // Companions of the machines.
  ...['RelationDown', 'UnitWithout', 'NotRegistered', 'NotAttached', 'EsmServiceOff', 'ServicesNotShown'],
  // TLS providers and certificates.
  ...['EndpointNotShown', 'ProviderNotSeen', 'IpSansNotSeen'],
  ...['CertificateExpired', 'CertificateNotSeen', 'LifetimeNotSeen'],
  // The way to COS, and what arrives there.
  ...['CollectorNotKnown', 'CollectorRelationDown', 'SignalsNotSeen', 'SignalsNotShipped'],
  ...['EffectNotYetSeen', 'StackNotAsked', 'NoTarget', 'TargetDown', 'UnitsNotTold', 'NoRecentLogs'],
  ...['AlertRoutesNotClear', 'AlertsSilenced'],
  // Backups.
  ...['NoBackup', 'TwoBackupStores', 'EndpointRedacted'],
  // Exposure, passwords, images, clusters.
  ...['Exposed', 'ExposureNotShown', 'FirewallNotSeen', 'NoFirewall', 'OpenToMoreThanDeclared'],
  ...['UserNotTaken', 'TakeOverNotSeen', 'NoWorkloadContainers'],
  ...['PinNotKnown', 'PinnedByTag', 'PinOfOtherRevision', 'ContainerNotStarted', 'AnotherImage'],
  'NamespaceNotSeen',
]);
