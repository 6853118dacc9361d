/** The actions of a refresh, in the words of the charms' libraries. */
import type { ActionAnswer } from '../charms/charm.js';
import type { SimApplication, SimUnit } from '../world/state.js';
import { unreadyReason } from './checks.js';
import { goOn } from './engine.js';
import { flowOf, isOnKubernetes } from './flow.js';

export function refreshAction(unit: SimUnit, action: string): ActionAnswer | undefined {
  switch (action) {
    case 'pre-refresh-check':
      return preRefreshCheck(unit);
    case 'pre-upgrade-check':
      return preUpgradeCheck(unit);
    case 'resume-refresh':
      return resumeRefresh(unit);
    case 'resume-upgrade':
      return resumeUpgrade(unit);
    default:
      return undefined;
  }
}

const fail = (message: string): ActionAnswer => ({ status: 'failed', message });

function preRefreshCheck(unit: SimUnit): ActionAnswer {
  const { application } = unit;
  if (!unit.leader) return fail(mustBeLeader(application, 'pre-refresh-check'));
  if (application.refresh !== undefined) return fail('Refresh already in progress');
  const reason = unreadyReason(application);
  if (reason !== undefined)
    return fail(`Charm is not ready for refresh. Pre-refresh check failed: ${reason}`);
  const copy = isOnKubernetes(application) ? ' (copy this down in case you need it later)' : '';
  const result = [
    `Charm is ready for refresh. For refresh instructions, see https://charmhub.io/${application.charm.name}`,
    `After the refresh has started, use this command to rollback${copy}:`,
    `\`${rollbackOf(application)}\``,
  ].join('\n');
  return { status: 'completed', output: { result } };
}

function rollbackOf(application: SimApplication): string {
  const { name, revision, charm } = application;
  const back = `juju refresh ${name} --revision ${revision}`;
  if (!isOnKubernetes(application)) return back;
  const image = `${charm.name.replace(/-k8s$/, '')}-image`;
  const digest = revision.toString(16).padStart(64, '0');
  return `${back} --resource ${image}=registry.jujucharms.com/charm/${charm.name}/${image}@sha256:${digest}`;
}

function mustBeLeader({ name }: SimApplication, action: string): string {
  return `Must run action on leader unit. (e.g. \`juju run ${name}/leader ${action}\`)`;
}

function preUpgradeCheck({ application, leader }: SimUnit): ActionAnswer {
  if (!leader) return fail('Action must be ran on the Juju leader.');
  if (application.refresh !== undefined) return fail('Upgrade already in progress');
  const reason = unreadyReason(application);
  if (reason !== undefined) return fail(reason);
  application.ready = application.revision;
  return { status: 'completed' };
}

function resumeUpgrade({ application, leader }: SimUnit): ActionAnswer {
  const { refresh } = application;
  if (flowOf(application) === 'new') return fail('No upgrade in progress');
  if (!leader) return fail('Action can be ran only on leader unit');
  if (refresh === undefined) return fail('Nothing to resume, upgrade stack unset');
  const [next] = refresh.queue;
  if (refresh.resumes > 0 || refresh.done.length === 0 || next === undefined)
    return fail('Upgrade can be resumed only once after juju refresh is called.');
  resume(application);
  return { status: 'completed', output: { message: `Upgrade will resume on unit ${next.number}` } };
}

/** On Kubernetes the leader lets the next pod be replaced; on machines the next unit itself begins. */
function resumeRefresh(unit: SimUnit): ActionAnswer {
  const { application } = unit;
  const { refresh } = application;
  const next = refresh?.queue[0];
  if (refresh === undefined || next === undefined) return fail('No refresh in progress');
  if (isOnKubernetes(application) && !unit.leader) return fail(mustBeLeader(application, 'resume-refresh'));
  if (!isOnKubernetes(application) && unit !== next) return fail(`Must run action on unit ${next.number}`);
  const unwell = [...refresh.done, ...(refresh.running ? [refresh.running] : [])].find(
    ({ workload, agent }) => workload.status !== 'active' || agent.status === 'lost',
  );
  if (unwell !== undefined) return fail(`Unit ${unwell.number} is not healthy. Refresh will not resume.`);
  resume(application);
  return {
    status: 'completed',
    output: { result: `Refresh resumed. Unit ${next.number} is refreshing next` },
  };
}

function resume(application: SimApplication): void {
  const { refresh } = application;
  if (refresh === undefined) return;
  refresh.resumes += 1;
  const { clock } = application.model.controller.world;
  clock.after(500, () => {
    goOn(application, refresh);
  });
}
