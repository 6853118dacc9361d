/**
 * Makes the text of a `juju status --format json` of any size, with the proportions of real estates: about one
 * relation in two applications, one application in five a subordinate, one in fifty an etcd, a machine for each
 * principal unit, a few applications of other models. Deterministic.
 */

export interface EstateSize {
  /** Applications; every one has one unit. */
  readonly applications: number;
  readonly model?: string;
  readonly controller?: string;
}

type Json = Record<string, unknown>;

const since = '22 Nov 2026 03:33:00Z';

/** One group in five has an etcd where the others have a document store. */
const etcd = { role: 'base', charm: 'charmed-etcd', channel: '3.6/stable', version: '3.6.14' } as const;

/** Roles in a group of ten applications; subordinates name the role that they stand beside. */
const roles = [
  { role: 'base', charm: 'mongodb', channel: '6/stable', version: '6.0.6' },
  { role: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
  { role: 'collector', charm: 'opentelemetry-collector', channel: '2/stable', beside: 'base' },
  { role: 'db', charm: 'postgresql', channel: '14/stable', version: '14.15' },
  { role: 'pool', charm: 'pgbouncer', channel: '1/stable', beside: 'web' },
  { role: 'web', charm: 'hello-juju', channel: 'latest/stable' },
  { role: 'worker', charm: 'ubuntu', channel: 'latest/stable' },
  { role: 'cache', charm: 'redis', channel: 'latest/edge' },
  { role: 'store', charm: 's3-integrator', channel: '2/stable' },
  { role: 'proxy', charm: 'haproxy', channel: '2.8/stable' },
] as const;

type Role = (typeof roles)[number] | typeof etcd;

function hasEtcd(group: number): boolean {
  return group % 5 === 3;
}

interface Link {
  readonly ends: readonly [readonly [string, string], readonly [string, string]];
  readonly interface: string;
  readonly scope: 'global' | 'container';
}

const links: readonly Link[] = [
  {
    ends: [
      ['base', 'peer-certificates'],
      ['ca', 'certificates'],
    ],
    interface: 'tls-certificates',
    scope: 'global',
  },
  {
    ends: [
      ['base', 'cos-agent'],
      ['collector', 'cos-agent'],
    ],
    interface: 'cos_agent',
    scope: 'container',
  },
  {
    ends: [
      ['web', 'database'],
      ['pool', 'database'],
    ],
    interface: 'postgresql_client',
    scope: 'container',
  },
  {
    ends: [
      ['pool', 'backend-database'],
      ['db', 'database'],
    ],
    interface: 'postgresql_client',
    scope: 'global',
  },
  {
    ends: [
      ['db', 's3-parameters'],
      ['store', 's3-credentials'],
    ],
    interface: 's3',
    scope: 'global',
  },
];

/** The status as one line of JSON, as `juju` prints it. */
export function generateStatus(size: EstateSize): string {
  return JSON.stringify(statusOf(size));
}

/** The same as a value, for tests that change it before it is written. */
export function statusOf({ applications, model = 'fleet', controller = 'prod' }: EstateSize): Json {
  const members = Array.from({ length: applications }, (_, index) => member(index));
  return {
    model: {
      name: model,
      type: 'iaas',
      controller,
      cloud: 'stack',
      region: 'north',
      version: '3.6.21',
      'model-status': { current: 'available', since },
      sla: 'unsupported',
    },
    machines: Object.fromEntries(
      members.filter(isPrincipal).map(({ index }) => [String(index), machine(index)]),
    ),
    applications: Object.fromEntries(members.map((one) => [one.name, application(one, applications)])),
    'application-endpoints': { 'cos-metrics': remote(controller) },
    storage: {},
    controller: { timestamp: '03:34:02Z' },
  };
}

interface Member {
  readonly index: number;
  readonly group: number;
  readonly name: string;
  readonly role: Role;
}

function member(index: number): Member {
  const group = Math.floor(index / roles.length);
  const usual = roles[index % roles.length]!;
  const role = usual.role === 'base' && hasEtcd(group) ? etcd : usual;
  return { index, group, name: nameOf(role.role, group), role };
}

function nameOf(role: string, group: number): string {
  const name = role === 'base' && hasEtcd(group) ? 'etcd' : role;
  return `${name}-g${group}x`;
}

function isPrincipal({ role }: Member): boolean {
  return !('beside' in role);
}

function application(one: Member, count: number): Json {
  const { role, group, index } = one;
  const beside = 'beside' in role ? nameOf(role.beside, group) : undefined;
  return {
    charm: role.charm,
    base: { name: 'ubuntu', channel: '24.04' },
    'charm-origin': 'charmhub',
    'charm-name': role.charm,
    'charm-rev': 100 + (index % 7),
    'charm-channel': role.channel,
    exposed: role.role === 'proxy' && group % 5 === 0,
    life: 'alive',
    'application-status': { current: 'active', since },
    relations: relationsOf(one, count),
    ...(beside === undefined
      ? { units: { [`${one.name}/0`]: unit(one, count) } }
      : { 'subordinate-to': [beside] }),
    ...('version' in role ? { version: role.version } : {}),
    'endpoint-bindings': Object.fromEntries(
      ['', ...endpointsOf(role)].map((endpoint) => [endpoint, 'alpha']),
    ),
  };
}

function endpointsOf({ role, charm }: Role): string[] {
  const own = links.flatMap(({ ends }) =>
    ends.filter(([name]) => name === role).map(([, endpoint]) => endpoint),
  );
  return charm === 'charmed-etcd' ? [...own, 'client-certificates', 'etcd-client', 'etcd-peers'] : own;
}

function relationsOf({ role, group, name }: Member, count: number): Json {
  const relations: Record<string, Json[]> =
    role.charm === 'charmed-etcd'
      ? { 'etcd-peers': [{ 'related-application': name, interface: 'etcd_peers', scope: 'global' }] }
      : {};
  for (const { ends, interface: interfaceName, scope } of links) {
    for (const [mine, other] of [ends, [ends[1], ends[0]]] as const) {
      if (mine[0] !== role.role || !exists(other[0], group, count)) continue;
      (relations[mine[1]] ??= []).push({
        'related-application': nameOf(other[0], group),
        interface: interfaceName,
        scope,
      });
    }
  }
  return relations;
}

function exists(role: string, group: number, count: number): boolean {
  return group * roles.length + roles.findIndex((candidate) => candidate.role === role) < count;
}

function unit(one: Member, count: number): Json {
  const { index, role, group } = one;
  const guests = roles.filter(
    (guest) => 'beside' in guest && guest.beside === role.role && exists(guest.role, group, count),
  );
  const subordinates = guests.map((guest) => [`${nameOf(guest.role, group)}/0`, status(index)] as const);
  return {
    ...status(index),
    leader: true,
    machine: String(index),
    ...(role.charm === 'charmed-etcd' ? { 'open-ports': ['2379/tcp', '2380/tcp'] } : {}),
    ...(subordinates.length === 0 ? {} : { subordinates: Object.fromEntries(subordinates) }),
  };
}

function status(index: number): Json {
  return {
    'workload-status': { current: 'active', since },
    'juju-status': { current: 'idle', since, version: '3.6.21' },
    'public-address': addressOf(index),
  };
}

function addressOf(index: number): string {
  return `10.${77 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
}

function machine(index: number): Json {
  return {
    'juju-status': { current: 'started', since, version: '3.6.21' },
    hostname: `juju-${index}`,
    'dns-name': addressOf(index),
    'ip-addresses': [addressOf(index)],
    'instance-id': `i-${index}`,
    'machine-status': { current: 'running', message: 'ACTIVE', since },
    'modification-status': { current: 'idle', since },
    base: { name: 'ubuntu', channel: '24.04' },
    constraints: 'arch=amd64',
    hardware: 'arch=amd64 cores=2 mem=8192M root-disk=20480M',
  };
}

function remote(controller: string): Json {
  return {
    url: `${controller}:admin/cos.prometheus`,
    endpoints: { 'receive-remote-write': { interface: 'prometheus_remote_write', role: 'provider' } },
    life: 'alive',
    'application-status': { current: 'active', since },
    relations: { 'receive-remote-write': [nameOf('collector', 0)] },
  };
}
