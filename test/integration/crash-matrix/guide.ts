/** One control for each kind of action: it fails until the world is as the action would leave it, and asks for it. */
import { z } from 'zod';
import type { Action } from '../../../src/core/action/action.js';
import { observed } from '../../../src/core/action/observed.js';
import type { Place } from '../../../src/core/action/precondition.js';
import { defineControl, defineGuide, type Control, type Guide } from '../../../src/core/control.js';
import type { ControllerView, ModelView } from '../../../src/core/evaluate/view.js';
import { isKnown } from '../../../src/core/fact.js';
import { fail, pass, unsettled, type Judgement } from '../../../src/core/judgement.js';
import type { Kind } from './kinds.js';

export function crashGuide(kinds: readonly Kind[]): Guide {
  return defineGuide({
    id: 'crash',
    title: 'Crash matrix',
    product: 'crash',
    version: '1',
    url: 'https://example.com/crash',
    controls: kinds.map((kind) => (kind.model === undefined ? onController(kind) : onModel(kind))),
  });
}

const texts = {
  severity: 'low',
  section: 'Crash',
  rationale: 'Because.',
  references: [],
  evidence: ['J'],
  params: z.object({}),
  reasons: { NotYet: 'It is not so yet.', Elsewhere: 'Another model.' },
  remediation: 'auto',
  fixableBy: 'operator',
  manual: 'Do it.',
  hazards: [],
} as const;

function onController(kind: Kind): Control {
  return defineControl({
    ...texts,
    id: idOf(kind),
    title: kind.name,
    scope: 'controller',
    evaluate: (view) => judged(kind.action, placeOf(view)),
    remediate: () => [remedyFor(kind)],
  });
}

function onModel(kind: Kind): Control {
  return defineControl({
    ...texts,
    id: idOf(kind),
    title: kind.name,
    scope: 'model',
    evaluate: (view) => (view.name === kind.name ? judgedOn(kind.action, view) : pass('another model')),
    remediate: () => [remedyFor(kind)],
  });
}

function idOf({ name }: Kind): string {
  return `CRASH-${name.toUpperCase()}-01`;
}

function remedyFor({ action, once }: Kind) {
  return {
    action,
    undo: { inverse: [] },
    effect: `${action.type} is done`,
    risk: 'low',
    disruptive: false,
    repeatable: once !== true,
    cutsOff: [],
    preconditions: [],
  } as const;
}

/** What an action of a charm leaves behind is its operation alone. */
function judgedOn(action: Action, view: ModelView): Judgement {
  if (action.type !== 'run-action') return judged(action, modelPlaceOf(view));
  const operations = view.get('operations');
  if (!isKnown(operations)) return unsettled('NotObserved', 'not read');
  const isRun = operations.value.some(
    (one) => one.action === action.action && one.units.includes(action.unit) && one.status === 'completed',
  );
  return isRun ? pass('it was run') : fail('NotYet', 'not run yet');
}

function judged(action: Action, place: Place): Judgement {
  const seen = cloudLevel(action, place) ?? observed(action, place);
  if (seen === 'unknown') return unsettled('NotObserved', 'not read');
  return seen === 'yes' ? pass('it is so') : fail('NotYet', 'not so yet');
}

/** Levels on clouds are not among what is looked at before an action is undone. */
function cloudLevel(action: Action, { controller }: Place): 'yes' | 'no' | 'unknown' | undefined {
  if (action.type !== 'grant-cloud' && action.type !== 'revoke-cloud') return undefined;
  if (!isKnown(controller.clouds)) return 'unknown';
  const level = controller.clouds.value[action.cloud]?.users[action.user];
  const holds = level === action.level || level === 'admin';
  return holds === (action.type === 'grant-cloud') ? 'yes' : 'no';
}

function placeOf(view: ControllerView): Place {
  const facts = { users: view.get('users'), config: view.get('config'), clouds: view.get('clouds') };
  return { controller: facts as Place['controller'] };
}

function modelPlaceOf(view: ModelView): Place {
  const applications = Object.fromEntries(
    view
      .applications()
      .map((app) => [
        app.name,
        { exposure: app.get('exposure'), config: app.get('config'), trust: app.get('trust') },
      ]),
  );
  const facts = {
    relations: view.get('relations'),
    users: view.get('users'),
    config: view.get('config'),
    blocks: view.get('blocks'),
    applications,
  };
  return { ...placeOf(view.controller), model: facts as unknown as NonNullable<Place['model']> };
}
