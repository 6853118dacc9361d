/** Changes of several processes, or with words of persons, as the shipped guides ask for them; and one that is undone. */
import { z } from 'zod';
import type { Action, ActionType } from '../../../src/core/action/action.js';
import { defineControl, defineGuide, type Guide } from '../../../src/core/control.js';
import { isKnown } from '../../../src/core/fact.js';
import { fail, unsettled } from '../../../src/core/judgement.js';
import type { PolicyRule } from '../../../src/core/policy/policy.js';
import type { RotationRule } from '../../../src/core/policy/rotation.js';
import { guides } from '../../../src/guides/index.js';
import type { ApplicationSpec, ModelSpec } from '../../../src/simulator/world/spec.js';
import { enforced } from '../../support/rig.js';
import { refreshed } from '../../support/refreshing.js';

export interface Flow {
  readonly name: string;
  /** The kinds of actions on its way. */
  readonly types: readonly ActionType[];
  readonly guides: readonly Guide[];
  readonly rules: readonly PolicyRule[];
  readonly rotation?: readonly RotationRule[];
  readonly model: Partial<ModelSpec>;
  /** The finding that is content in the end. */
  readonly control: string;
  readonly application?: string;
  /** Where every remediation ends without a crash. */
  readonly ends: 'Succeeded' | 'RolledBack';
  /** Commands that may be made only once, whatever happens. */
  readonly once: readonly string[];
  /** The command that stands for all processes of the change. */
  readonly whole?: string;
  /** A newer revision of the application is out. */
  readonly publish?: number;
  /** Seconds before `juju` does anything: it may outlive the daemon, and do it in the next life. */
  readonly slow?: number;
  /** How long it is waited for a change to come true, seconds. */
  readonly verifyDeadline: number;
}

const old = { name: 'app', units: 2, revision: 100 } as const;

export const newRevision = 200;

export const flows: readonly Flow[] = [
  refresh('refresh, new flow', {
    types: ['run-action', 'refresh', 'set-config'],
    once: ['run resume-refresh'],
    app: {
      ...old,
      charm: 'charmed-etcd',
      channel: '3.6/stable',
      config: { 'pause-after-unit-refresh': 'none' },
    },
  }),
  refresh('refresh, old flow', {
    types: ['run-action', 'refresh'],
    once: ['run resume-upgrade', 'refresh'],
    app: { ...old, charm: 'postgresql-k8s', channel: '14/stable', trust: true },
    type: 'caas',
  }),
  {
    ...rotation('own password', 'JUJU-USER-04', { match: { user: 'observer' }, every: 86_400 }),
    types: ['rotate-user-password'],
    model: { applications: [] },
  },
  {
    ...rotation('own password, slow juju', 'JUJU-USER-04', { match: { user: 'remediator' }, every: 86_400 }),
    types: ['rotate-user-password'],
    model: { applications: [] },
    slow: 12,
    verifyDeadline: 40,
  },
  {
    ...rotation('password of a Juju user', 'JUJU-USER-04', {
      match: { user: 'bob' },
      every: 86_400,
      secret: { owner: 'admin', model: 'flow', name: 'bob-password' },
    }),
    types: ['rotate-user-password'],
    model: { applications: [] },
  },
  {
    ...rotation('system user, set-password', 'PG-AUTH-04', ofApplication('operator')),
    types: ['rotate-system-users'],
    application: 'app',
    model: { applications: [{ ...old, charm: 'postgresql', channel: '14/stable' }] },
  },
  {
    ...rotation('system user, secret', 'ETCD-AUTH-03', ofApplication('root')),
    types: ['rotate-system-users'],
    whole: 'update-secret',
    application: 'app',
    model: { applications: [{ ...old, charm: 'charmed-etcd', channel: '3.6/stable' }] },
  },
  {
    name: 'undone change',
    types: ['set-model-config', 'reset-model-config'],
    guides: [undoneGuide()],
    rules: [{ match: {}, ...enforced }],
    model: { applications: [] },
    control: 'UNDO-MODEL-01',
    ends: 'RolledBack',
    verifyDeadline: 3,
    once: [],
  },
];

export function flowNamed(wanted: string): Flow {
  const flow = flows.find(({ name }) => name === wanted);
  if (flow === undefined) throw new Error(`there is no flow ${wanted}`);
  return flow;
}

interface Refresh {
  readonly types: readonly ActionType[];
  readonly once: readonly string[];
  readonly app: ApplicationSpec;
  readonly type?: 'caas';
}

function refresh(name: string, { types, once, app, type }: Refresh): Flow {
  return {
    ...{ name, types, once, guides, control: 'JUJU-APP-04', application: 'app' },
    ends: 'Succeeded',
    rules: refreshed({ age: '1s' }),
    model: { applications: [app], ...(type === undefined ? {} : { type }) },
    publish: newRevision,
    verifyDeadline: 20,
  };
}

function rotation(name: string, control: string, rule: RotationRule): Omit<Flow, 'types' | 'model'> {
  return {
    ...{ name, control, guides, rotation: [rule], once: [] },
    ends: 'Succeeded',
    verifyDeadline: 20,
    rules: [{ match: { control }, ...enforced }],
  };
}

function ofApplication(user: string): RotationRule {
  return { match: { application: 'app' }, users: [user], every: 86_400 };
}

/** What it asks for makes it worse, so that it is undone. */
function undoneGuide(): Guide {
  const key = 'update-status-hook-interval';
  const model = { controller: 'prod', owner: 'admin', model: 'flow' };
  const action: Action = { type: 'set-model-config', model, key, value: '7m' };
  const control = defineControl({
    ...{ id: 'UNDO-MODEL-01', title: 'Undone', scope: 'model', severity: 'low', section: 'Undo' },
    ...{ rationale: 'Because.', references: [], evidence: ['J'], params: z.object({}), hazards: [] },
    ...{ remediation: 'auto', fixableBy: 'operator', manual: 'Do it.' },
    reasons: { NotYet: 'It is not so yet.', Broken: 'It made it worse.' },
    evaluate: (view) => {
      const config = view.get('config');
      if (!isKnown(config)) return unsettled('NotObserved', 'not read');
      return config.value[key]?.value === '7m' ? fail('Broken', 'it is worse') : fail('NotYet', 'not yet');
    },
    remediate: (_view, _context, { reason }) =>
      reason === 'Broken'
        ? []
        : [
            {
              action,
              undo: { inverse: [{ type: 'reset-model-config', model, key }] },
              ...{ effect: 'it is set', risk: 'low', disruptive: false, repeatable: true },
              ...{ cutsOff: [], preconditions: [] },
            },
          ],
  });
  const url = 'https://example.com/undo';
  return defineGuide({ id: 'undo', title: 'Undo', product: 'crash', version: '1', url, controls: [control] });
}
