import type { ApplicationView, ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, type Evidence } from '../../core/judgement.js';
import { gapsIn, together, type Audited, type Excess } from './self-audit.js';
import { clusterAudited } from './self-cluster.js';

/** As `charmcraft.yaml` names it. */
const ownCharm = 'holdfast-k8s';

/** Our own charm wherever it is deployed on the controller, with its pods and their rights where the cluster is seen. */
export function charmsAudited(view: ControllerView): Audited {
  const own = view.models().flatMap((model) => model.deployed(ownCharm));
  return together(own.flatMap((app) => [charmAudited(app), clusterAudited(app)]));
}

function charmAudited(app: ApplicationView): Audited {
  const name = `${app.model.name}/${app.name}`;
  const found = [...fromUnstable(app), ...whereTrusted(app), ...whereExposed(app)];
  return {
    excesses: found.map((what): Excess => ({
      reason: 'OwnCharmTooOpen',
      message: `our charm ${name} ${what}`,
    })),
    evidence: [channelSeen(app)],
    gaps: gapsIn([app.get('charm'), app.get('trust'), app.get('exposure')]),
  };
}

function channelSeen(app: ApplicationView): Evidence {
  const fact = app.get('charm');
  const seen = isKnown(fact) ? (fact.value.channel ?? fact.value.origin ?? 'not shown') : 'not seen';
  return evidenceOf(fact, `our charm from ${seen}`, 'stable, not trusted, not exposed');
}

function fromUnstable(app: ApplicationView): readonly string[] {
  const { risk, channel } = valueOf(app.get('charm')) ?? {};
  return risk === undefined || risk === 'stable' ? [] : [`comes from ${channel ?? risk}`];
}

function whereTrusted(app: ApplicationView): readonly string[] {
  return valueOf(app.get('trust')) === true ? ['is trusted, which it does not need'] : [];
}

function whereExposed(app: ApplicationView): readonly string[] {
  return valueOf(app.get('exposure'))?.exposed === true ? ['is exposed'] : [];
}
