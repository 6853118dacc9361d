import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../core/judgement.js';
import { names } from '../shared/params.js';
import { isTrue } from './controller-setting.js';
import { documents } from './documents.js';

const modes = ['development', 'test-mode'] as const;

export const productionModes = defineControl({
  id: 'JUJU-CTRL-08',
  title: 'No feature flags, no development or test mode',
  severity: 'low',
  section: 'Harden the controller(s)',
  rationale: 'Features behind a flag and modes for developers are not held to the standards of a release.',
  references: [documents.controllerConfig, documents.modelConfig],
  evidence: ['J'],
  scope: 'controller',
  params: z.object({
    features: names().meta({ description: 'Feature flags that may be set on the controller.' }),
  }),
  reasons: {
    FeatureFlagSet: 'A feature flag is set that the policy does not name.',
    DevelopmentMode: 'A model runs in development or test mode.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Find out who uses the feature. Then run 'juju controller-config -c CONTROLLER features=[]' and, on each model named, " +
    "'juju model-config -m MODEL --reset development,test-mode'.",
  hazards: ['A feature flag may be in use: what depends on it stops.'],
  evaluate(view, { params }) {
    const fact = view.get('config');
    const wanted = 'no undeclared feature flag, development and test-mode false';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    // Juju leaves the key out when no flag is set.
    const flags = flagsOf(fact.value['features']).filter((flag) => !params.features.includes(flag));
    if (flags.length > 0)
      return fail(
        'FeatureFlagSet',
        `feature flags: ${flags.join(', ')}`,
        evidenceOf(fact, flags.join(', '), wanted),
      );
    const inMode = modelsInMode(view);
    if (inMode.found.length > 0)
      return fail(
        'DevelopmentMode',
        `set: ${inMode.found.join(', ')}`,
        evidenceOf(fact, inMode.found.join(', '), wanted),
      );
    return (
      inMode.unread ?? pass('no feature flags, no development or test mode', evidenceOf(fact, 'none', wanted))
    );
  },
});

function flagsOf(value: unknown): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',')
      : [];
  return parts.map(String).filter((flag) => flag !== '');
}

function modelsInMode(view: ControllerView): {
  found: readonly string[];
  unread: ReturnType<typeof notSeen> | undefined;
} {
  const found: string[] = [];
  let unread: ReturnType<typeof notSeen> | undefined;
  for (const model of view.models()) {
    const config = model.get('config');
    if (!isKnown(config)) unread ??= notSeen(config, 'development and test-mode false');
    else
      found.push(
        ...modes.filter((mode) => isTrue(config.value[mode]?.value)).map((mode) => `${model.name}: ${mode}`),
      );
  }
  return { found, unread };
}
