import { describe, expect, it } from '@jest/globals';
import { scriptedController } from '../../test/support/scripted-controller.js';
import { application, controller, estate, knownFact, model } from '../../test/support/world.js';
import type { Dict } from '../core/dict.js';
import type { ModelState } from '../core/snapshot.js';
import { Estate, type ProbeFact } from './estate.js';

const world = estate({
  controllers: {
    prod: controller({
      models: { data: model({ applications: { db: application(), web: application() } }), other: model() },
    }),
  },
});

describe('the estate put together', () => {
  it('is the same object while nothing changes', () => {
    const parts = new Estate([scriptedController(world)], { get: () => undefined });
    expect(parts.snapshot(5000)).toBe(parts.snapshot(0));
  });

  it('lays the probes over the application concerned and leaves everything else as it is', () => {
    const facts = new Map<string, ProbeFact>();
    const parts = new Estate([scriptedController(world)], { get: (_, __, name) => facts.get(name) });
    const data = (): ModelState => partOf(partOf(parts.snapshot(0).controllers, 'prod').models, 'data');
    const before = data();
    const fact = knownFact({ 'db/0': {} });
    facts.set('db', fact);
    const after = data();
    expect(partOf(after.applications, 'db').probes).toBe(fact);
    expect(partOf(after.applications, 'web')).toBe(partOf(before.applications, 'web'));
    expect(data()).toBe(after);
  });
});

function partOf<T>(dict: Dict<T>, name: string): T {
  const part = dict[name];
  if (part === undefined) throw new Error(`no ${name}`);
  return part;
}
