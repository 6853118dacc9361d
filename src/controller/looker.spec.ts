import { expect, it } from '@jest/globals';
import { knowledge } from '../../test/support/judge.js';
import { scriptedController } from '../../test/support/scripted-controller.js';
import { silentLog, silentTelemetry } from '../../test/support/silent.js';
import { notExposed, toyGuide } from '../../test/support/toy-guide.js';
import { application, controller, estate, model } from '../../test/support/world.js';
import type { Control } from '../core/control.js';
import type { ApplicationView } from '../core/evaluate/view.js';
import { observeOnly } from '../core/policy/policy.js';
import type { Snapshot } from '../core/snapshot.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { Estate } from './estate.js';
import { Looker } from './looker.js';

const broken: Control = {
  ...notExposed,
  evaluate: (view) => {
    throw new Error(`no such thing: ${JSON.stringify((view as ApplicationView).get('exposure'))}`);
  },
};

function world(exposed: boolean): Snapshot {
  const db = application({ exposure: { exposed } });
  return estate({ controllers: { prod: controller({ models: { data: model({ applications: { db } }) } }) } });
}

it('counts each judgement that a control fails to give, and logs it once for each place', () => {
  const failed: string[] = [];
  const logged: object[] = [];
  const prod = scriptedController(world(false));
  const looker = new Looker(
    {
      guides: [{ ...toyGuide, controls: [broken] }],
      knowledge,
      estate: new Estate([prod], { get: () => undefined }),
      clock: virtualClock(),
      log: { ...silentLog, error: (fields) => void logged.push(fields) },
      telemetry: { ...silentTelemetry, controlFailed: (id) => void failed.push(id) },
      onEvent: () => undefined,
    },
    observeOnly,
  );
  looker.look();
  prod.show(world(true));
  looker.look();
  expect(failed).toEqual(['TOY-01', 'TOY-01']);
  expect(logged).toMatchObject([{ control: 'TOY-01' }]);
});
