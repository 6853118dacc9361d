/** What the demonstration sets out to have put right, and how far it is. */
import type { Report } from '../../core/report/types.js';

/** Controls by `controller:model/application`; a place without `/` is the controller itself. */
const goals: Readonly<Record<string, readonly string[]>> = {
  prod: ['JUJU-USER-01', 'JUJU-CTRL-01', 'JUJU-CTRL-02'],
  'prod:data/etcd': ['ETCD-ENC-01', 'ETCD-ENC-02', 'ETCD-ENC-03', 'ETCD-MON-01'],
  'prod:postgres/pg14': ['PG-ENC-01', 'PG-ENC-02', 'PG-ENC-03', 'PG-ENC-06'],
  'prod:postgres/pg16': ['PG-ENC-01', 'PG-ENC-02', 'PG-ENC-03', 'PG-ENC-06', 'PG-AUTH-01'],
  'prod:postgres/pgbouncer': ['PGB-ENC-01'],
  edge: ['JUJU-USER-01'],
  'edge:streams/zookeeper': ['ZK-ENC-01'],
  'edge:streams/kafka3': ['KAFKA-ENC-01', 'KAFKA-ENC-02'],
  'edge:streams/kafka4': ['KAFKA-ENC-01', 'KAFKA-ENC-02', 'KAFKA-AUD-01'],
};

/** Whether every goal passes: all that is said of it, and something is. */
export function isReached(report: Report): boolean {
  const said = outcomesByGoal(report);
  return Object.entries(goals).every(([place, controls]) =>
    controls.every((control) => {
      const outcomes = said.get(`${place} ${control}`) ?? [];
      return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'pass');
    }),
  );
}

function outcomesByGoal({ findings }: Report): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, string[]>();
  for (const { control, target, outcome } of findings) {
    const { controller = '', model, application } = target;
    const place = model === undefined ? controller : `${controller}:${model}/${application ?? ''}`;
    const goal = `${place} ${control}`;
    const outcomes = said.get(goal);
    if (outcomes === undefined) said.set(goal, [outcome]);
    else outcomes.push(outcome);
  }
  return said;
}
