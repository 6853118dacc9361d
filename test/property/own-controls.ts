/** Custom controls whose expressions read in every way: own facts, neighbours, keys, what is unknown, ages. */
import type { ScopeName } from '../../src/core/control.js';
import type { CustomControl, Placed } from '../../src/core/custom/document.js';
import type { Guide } from '../../src/core/control.js';
import { customGuide } from '../../src/custom/guide.js';

const expressions: readonly (readonly [ScopeName, string])[] = [
  ['application', '!app.exposure.exposed && app.units.all(u, app.units[u].workload == "active")'],
  ['application', 'app.trust || app.charm.name.like("*etcd")'],
  ['application', 'known(app.trust) && app.relations.size() > 0'],
  ['application', 'model.applications.exists(a, a.name != app.name && a.charm.name == app.charm.name)'],
  ['application', 'controller.models.all(m, m.applications.size() < 3)'],
  ['model', 'model.applications.filter(a, a.exposure.exposed).size() == 0 && model.blocks.size() > 0'],
  ['model', 'controller.models.exists_one(m, m.name == "cos")'],
  ['controller', 'controller.users.all(u, !has(u.lastConnection) || !olderThan(u.lastConnection, "30d"))'],
  ['controller', '"auditing-enabled" in controller.config && controller.config["auditing-enabled"] == true'],
];

function placed(text: string): Placed {
  return { text, file: 'own.yaml', path: 'checks[0].pass', line: 1 };
}

const documents = expressions.map(([scope, pass], index): CustomControl => ({
  file: 'own.yaml',
  id: `OWN-0${index + 1}`,
  title: pass,
  severity: 'medium',
  scope,
  appliesTo: { charms: [], endpoints: [] },
  rationale: 'own',
  references: [],
  manual: 'own',
  checks: [{ pass: placed(pass), reason: 'NotSo', message: placed('${controller.name} is not so') }],
}));

const { guide, mistakes } = customGuide(documents, []);
if (guide === undefined) throw new Error(mistakes.join('\n'));

export const ownGuide: Guide = guide;
