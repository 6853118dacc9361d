import { describe, expect, it, test } from '@jest/globals';
import { at, noon, quarantineNamed, target } from '../../../test/support/journal-samples.js';
import { memoryJournal, newMemory } from '../../store/memory.js';
import type { Journal, Quarantine } from '../ports/index.js';
import { findingId } from '../report/build.js';
import { clear, type ClearRequest } from './clear.js';
import type { Saying } from './saying.js';

const saying: Saying = { by: 'anna', now: noon, called: (field) => `--${field}` };
const kafka = { ...target, kind: 'application', application: 'kafka' } as const;

async function journalWith(...quarantines: readonly Quarantine[]): Promise<Journal> {
  const journal = memoryJournal(newMemory());
  await journal.write(...quarantines.map((quarantine) => ({ type: 'quarantine', quarantine }) as const));
  return journal;
}

const four: readonly Quarantine[] = [
  quarantineNamed('q-1', { target: kafka }),
  quarantineNamed('q-2', { target: { ...kafka, application: 'etcd' } }),
  quarantineNamed('q-3', { target: { ...kafka, model: 'lab' } }),
  quarantineNamed('q-4', { target: { kind: 'controller', controller: 'edge' } }),
];

describe('clearing', () => {
  test.each<[string, Omit<ClearRequest, 'named'>, readonly string[]]>([
    ['by the controller', { controller: 'edge' }, ['q-4']],
    ['by the model', { model: 'lab' }, ['q-3']],
    ['by the application', { application: 'etcd' }, ['q-2']],
    ['by all three', { controller: 'prod', model: 'data', application: 'kafka' }, ['q-1']],
    ['all of a place', { model: 'data', all: true }, ['q-1', 'q-2']],
  ])('ends quarantines chosen %s', async (_name, request, expected) => {
    const cleared = await clear(await journalWith(...four), { named: 'toy-net-01', ...request }, saying);
    expect(cleared.map(({ id }) => id)).toEqual(expected);
  });

  test.each<[string, ClearRequest, string]>([
    ['of several', { named: 'TOY-NET-01' }, '4 quarantines fit TOY-NET-01: q-1 (TOY-NET-01 prod:data/kafka)'],
    ['of several', { named: 'TOY-NET-01' }, 'Name one by its id or place, or say --all'],
    [
      'of a control that is not there',
      { named: 'X-1' },
      'nothing that is quarantined fits X-1: there is q-1',
    ],
    ['by another id', { named: 'Q-1' }, 'nothing that is quarantined fits Q-1'],
    ['by another controller', { named: 'q-1', controller: 'edge' }, 'nothing that is quarantined fits q-1'],
  ])('asks which, and ends nothing: %s', async (_name, request, message) => {
    const journal = await journalWith(...four);
    await expect(clear(journal, request, saying)).rejects.toThrow(message);
    expect((await journal.orders()).quarantines).toHaveLength(4);
  });

  it('marks the place that it was about, and says how it is known who cleared it', async () => {
    const journal = await journalWith(...four);
    await clear(journal, { named: 'q-4' }, { ...saying, via: { token: 'ci' } });
    await clear(journal, { named: 'q-1' }, saying);
    const controller = { kind: 'controller', controller: 'edge' } as const;
    expect(await journal.marks(at(0))).toStrictEqual([
      {
        at: at(0),
        kind: 'cleared',
        controller: 'edge',
        control: 'TOY-NET-01',
        finding: findingId('TOY-NET-01', controller),
      },
      {
        at: at(0),
        kind: 'cleared',
        controller: 'prod',
        model: 'data',
        application: 'kafka',
        control: 'TOY-NET-01',
        finding: findingId('TOY-NET-01', kafka),
      },
    ]);
    const trail = await journal.auditLog({ limit: 9 });
    expect(trail.map(({ why }) => why)).toEqual(['anna has looked at it', 'anna has looked at it']);
    expect(trail.map(({ body }) => 'via' in body)).toEqual([true, false]);
  });
});
