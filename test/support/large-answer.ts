/** The answer to `Client.FullStatus` for a model of any size, as Juju 3.6 gives it. */
export interface AnswerSize {
  readonly applications: number;
  readonly unitsEach: number;
}

type Json = Record<string, unknown>;

const since = '2026-11-22T03:33:00.123456789Z';

/** All applications are of one charm, each related to the next. */
export function largeAnswer({ applications, unitsEach }: AnswerSize, name = 'data'): Json {
  const names = Array.from({ length: applications }, (_, n) => `app-n${n}x`);
  return {
    model: {
      name,
      type: 'iaas',
      'cloud-tag': 'cloud-stack',
      version: '3.6.21',
      'model-status': statusNow('available'),
    },
    machines: Object.fromEntries(
      Array.from({ length: applications * unitsEach }, (_, n) => [String(n), machine(n)]),
    ),
    applications: Object.fromEntries(names.map((own, n) => [own, application(own, n, unitsEach)])),
    'remote-applications': {},
    offers: {},
    relations: names.slice(1).map((own, n) => relation(n, own, names[n]!)),
    'controller-timestamp': since,
    branches: {},
  };
}

function statusNow(status: string): Json {
  return { status, info: '', data: {}, since, kind: '', version: '3.6.21', life: '', err: null };
}

function application(name: string, index: number, units: number): Json {
  const own = Array.from({ length: units }, (_, n) => [`${name}/${n}`, unit(index * units + n, n === 0)]);
  return {
    err: null,
    charm: 'ch:amd64/noble/haproxy-75',
    'charm-version': '',
    'charm-channel': '2.8/stable',
    base: { name: 'ubuntu', channel: '24.04/stable' },
    exposed: false,
    life: '',
    relations: {},
    'can-upgrade-to': '',
    'subordinate-to': [],
    units: Object.fromEntries(own) as Json,
    status: statusNow('active'),
    'endpoint-bindings': { '': 'alpha', website: 'alpha', backend: 'alpha' },
    'workload-version': '2.8.5',
  };
}

function unit(index: number, leader: boolean): Json {
  return {
    'agent-status': statusNow('idle'),
    'workload-status': statusNow('active'),
    'workload-version': '2.8.5',
    machine: String(index),
    'opened-ports': ['80/tcp'],
    'public-address': addressOf(index),
    charm: '',
    subordinates: null,
    ...(leader ? { leader } : {}),
  };
}

function machine(index: number): Json {
  return {
    'agent-status': statusNow('started'),
    'instance-status': statusNow('running'),
    'dns-name': addressOf(index),
    'ip-addresses': [addressOf(index)],
    'instance-id': `i-${index}`,
    base: { name: 'ubuntu', channel: '24.04/stable' },
    id: String(index),
    containers: {},
    hardware: 'arch=amd64 cores=2 mem=8192M root-disk=20480M',
    'has-vote': false,
  };
}

function addressOf(index: number): string {
  return `10.${77 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
}

function relation(id: number, requirer: string, provider: string): Json {
  return {
    id,
    key: `${requirer}:backend ${provider}:website`,
    interface: 'http',
    scope: 'global',
    endpoints: [
      { application: requirer, name: 'backend', role: 'requirer', subordinate: false },
      { application: provider, name: 'website', role: 'provider', subordinate: false },
    ],
    status: statusNow('joined'),
  };
}
