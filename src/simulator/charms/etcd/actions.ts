import type { ActionCall } from '../behaviour.js';
import type { ActionAnswer } from '../charm.js';
import { commonAction } from '../common-actions.js';

const components = ['cluster', 'tls', 'config', 'backup', 'external_clients'];

/** The actions of Charmed etcd that need more than the common ones. */
export function etcdAction(call: ActionCall): ActionAnswer | undefined {
  if (call.action === 'status-detail') return statusDetail(call);
  return commonAction(call);
}

/** One object for each component; the shape of the charm's advanced statuses. */
function statusDetail({ unit }: ActionCall): ActionAnswer {
  const { status, message } = unit.workload;
  const healthy = { status: 'active', message: '', check: '', action: '' };
  const shown = components.map((name) => [
    name,
    [name === 'tls' ? { ...healthy, status, message } : healthy],
  ]);
  return { status: 'completed', output: { 'json-output': JSON.stringify(Object.fromEntries(shown)) } };
}
