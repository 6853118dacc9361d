/** Worlds around Charmed etcd for tests: an application `etcd` of two units in the model `data` of the controller `prod`. */
import { commandLine, argvOf } from '../../src/core/action/argv.js';
import type { Control, Guide } from '../../src/core/control.js';
import type { Dict } from '../../src/core/dict.js';
import type { Finding } from '../../src/core/finding.js';
import type { PortProbe, RemoteApplication, Snapshot, Unit } from '../../src/core/snapshot.js';
import { judge, type Judging } from './judge.js';
import {
  application,
  controller,
  estate,
  model,
  unit,
  type ApplicationSpec,
  type ControllerSpec,
  type ModelSpec,
} from './world.js';

const endpoints = [
  'azure-credentials',
  'client-cas',
  'client-certificates',
  'cos-agent',
  'etcd-client',
  'juju-info',
  'peer-certificates',
  's3-credentials',
];

export interface EtcdWorld extends ModelSpec {
  readonly etcd?: ApplicationSpec;
  readonly prod?: ControllerSpec;
  /** Controllers besides `prod`. */
  readonly others?: Dict<ReturnType<typeof controller>>;
}

/** The estate with etcd in it; what is not said is as the world builder has it. */
export function etcdWorld({ etcd = {}, prod = {}, others = {}, ...data }: EtcdWorld = {}): Snapshot {
  const charm = { name: 'charmed-etcd', track: '3.6' };
  const app = application({ charm, endpoints, units: 2, ...etcd });
  const models = {
    data: model({ ...data, applications: { etcd: app, ...data.applications } }),
    ...prod.models,
  };
  return estate({ controllers: { prod: controller({ ...prod, models }), ...others } });
}

/** What one control of a guide says of the application `etcd`. @throws Error when it says something else than one thing. */
export function findingOn(guide: Guide, id: string, world: Snapshot, judging: Judging = {}): Finding {
  const control = controlOf(guide, id);
  const found = judge(control, world, judging).filter(
    ({ target }) => target.application === 'etcd' && target.model === 'data',
  );
  const [finding, ...more] = found;
  if (finding === undefined || more.length > 0) throw new Error(`${id} says ${found.length} things of etcd`);
  const { outcome, reason } = finding.judgement;
  if (!isExplained(control, reason))
    throw new Error(`${id} gives ${outcome} ${reason} and does not explain it`);
  return finding;
}

/** Whether the control says what the reason means, or it is one that all controls give. */
export function isExplained(control: Control, reason: string): boolean {
  return (
    ['AsRequired', 'Attested', 'NotObserved', 'PermissionMissing'].includes(reason) ||
    Object.hasOwn(control.reasons, reason)
  );
}

export function controlOf(guide: Guide, id: string): Control {
  const control = guide.controls.find((candidate) => candidate.id === id);
  if (control === undefined) throw new Error(`${guide.id} has no ${id}`);
  return control;
}

/** `outcome Reason`, for tables. */
export function saysOn(guide: Guide, id: string, world: Snapshot, judging: Judging = {}): string {
  const { outcome, reason } = findingOn(guide, id, world, judging).judgement;
  return `${outcome} ${reason}`;
}

/** The remedies as a person would type them. */
export function linesOf({ remedies }: Finding): readonly string[] {
  return remedies.map(({ action }) => commandLine(argvOf(action)));
}

/** The lines that would undo the remedies, in the same order. */
export function undoLinesOf({ remedies }: Finding): readonly string[] {
  return remedies.flatMap(({ undo }) =>
    'inverse' in undo
      ? undo.inverse.map((action) => commandLine(argvOf(action)))
      : [`never: ${undo.irreversible}`],
  );
}

export type Answer = PortProbe['answer'];

/** Answers by unit: of the client port, then of the peer port. */
export function probes(answers: Dict<readonly (Answer | Omit<PortProbe, 'port'>)[]>): Dict<Dict<PortProbe>> {
  const ports = [2379, 2380];
  const byUnit = Object.entries(answers).map(([name, given]) => [
    name,
    Object.fromEntries(
      given.map((answer, n) => {
        const port = ports[n] ?? 0;
        return [String(port), typeof answer === 'string' ? { port, answer } : { port, ...answer }];
      }),
    ),
  ]);
  return Object.fromEntries(byUnit) as Dict<Dict<PortProbe>>;
}

/** Both ports of both units answer alike. */
export function allAnswer(answer: Answer | Omit<PortProbe, 'port'>): Dict<Dict<PortProbe>> {
  return probes({ 'etcd/0': [answer, answer], 'etcd/1': [answer, answer] });
}

/** A subordinate's units beside etcd's, with what their status says; `undefined`: none beside that unit. */
export function beside(
  subordinate: string,
  ...says: readonly (string | Partial<Unit> | undefined)[]
): Dict<Unit> {
  const units = says.flatMap((say, n) => {
    if (say === undefined) return [];
    const status = typeof say === 'string' ? { workloadMessage: say } : say;
    const name = `${subordinate}/${n}`;
    return [[name, unit(name, { principal: `etcd/${n}`, ...status })] as const];
  });
  return Object.fromEntries(units);
}

/** An offer of another model, consumed. */
export function remote(
  name: string,
  offerUrl: string,
  end: RemoteApplication['endpoints'][number],
): RemoteApplication {
  return { name, offerUrl, endpoints: [end], status: 'active' };
}

/** The three offers of COS, in the model `cos` of a controller (`''`: the same one). */
export function cosOffers(controllerName = ''): Dict<RemoteApplication> {
  const at = (offer: string) => `${controllerName === '' ? '' : `${controllerName}:`}admin/cos.${offer}`;
  return {
    prometheus: remote('prometheus', at('prometheus'), {
      name: 'receive-remote-write',
      interface: 'prometheus_remote_write',
      role: 'provider',
    }),
    loki: remote('loki', at('loki'), { name: 'logging', interface: 'loki_push_api', role: 'provider' }),
    grafana: remote('grafana', at('grafana'), {
      name: 'grafana-dashboard',
      interface: 'grafana_dashboard',
      role: 'requirer',
    }),
  };
}
