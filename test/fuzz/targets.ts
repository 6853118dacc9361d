/** Everything of Holdfast that reads what others wrote, in one list. The charm's readers have a loop of their own in Python. */
import type { Target } from './target.js';
import { apiTargets } from './targets/api.js';
import { cliTargets } from './targets/cli.js';
import { configTargets } from './targets/config.js';
import { httpTargets } from './targets/http.js';
import { keptTargets } from './targets/kept.js';
import { kubeTargets } from './targets/kube.js';
import { observabilityTargets } from './targets/observability.js';
import { roadTargets } from './targets/roads.js';
import { workloadTargets } from './targets/workload.js';

export const targets: readonly Target[] = [
  ...roadTargets,
  ...apiTargets,
  ...cliTargets,
  ...configTargets,
  ...kubeTargets,
  ...workloadTargets,
  ...observabilityTargets,
  ...keptTargets,
  ...httpTargets,
];
