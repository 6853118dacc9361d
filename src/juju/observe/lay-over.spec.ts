import { describe, expect, it } from '@jest/globals';
import { largeAnswer } from '../../../test/support/large-answer.js';
import { atOnce } from '../../core/steps.js';
import { isKnown } from '../../core/fact.js';
import { blindStatus, readFullStatus, type ModelStatus } from './full-status.js';
import { layOver } from './lay-over.js';

const size = { applications: 4, unitsEach: 3 };

function read(at: string, answer: object = largeAnswer(size)): ModelStatus {
  const reading = { source: { road: 'api', call: 'Client.FullStatus v8' }, at } as const;
  return readFullStatus(reading, structuredClone(answer), () => undefined);
}

const before = read('2026-11-22T06:00:00Z');

describe('a status laid over the last one', () => {
  it('is the last one when it says the same', () => {
    expect(atOnce(layOver(before, read('2026-11-22T06:00:15Z')))).toBe(before);
  });

  it('keeps all but what changed', () => {
    const answer = largeAnswer(size) as { applications: Record<string, { exposed: boolean }> };
    answer.applications['app-n2x']!.exposed = true;
    const after = atOnce(layOver(before, read('2026-11-22T06:00:15Z', answer)));
    const { 'app-n2x': changed, ...others } = after.applications;
    for (const [name, application] of Object.entries(others))
      expect(application).toBe(before.applications[name]);
    expect(changed?.exposure).toMatchObject({ value: { exposed: true }, at: '2026-11-22T06:00:15Z' });
    expect(changed?.units).toBe(before.applications['app-n2x']?.units);
    expect(after.machines).toBe(before.machines);
    expect(after.relations).toBe(before.relations);
  });

  it('drops what is gone', () => {
    const answer = largeAnswer({ applications: 3, unitsEach: 3 });
    const after = atOnce(layOver(before, read('2026-11-22T06:00:15Z', answer)));
    expect(Object.keys(after.applications)).toEqual(['app-n0x', 'app-n1x', 'app-n2x']);
    expect(isKnown(after.relations) && after.relations.value).toHaveLength(2);
    expect(isKnown(after.machines) && Object.keys(after.machines.value)).toHaveLength(9);
  });

  it('is the new one after a time of blindness', () => {
    const reading = {
      source: { road: 'api', call: 'Client.FullStatus' },
      at: '2026-11-22T06:10:00Z',
    } as const;
    const blind = blindStatus(reading, 'gone', before);
    expect(atOnce(layOver(blind, before))).toEqual(before);
    expect(atOnce(layOver(before, blind))).toEqual(blind);
  });
});
