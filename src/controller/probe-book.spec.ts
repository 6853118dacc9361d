import { describe, expect, it } from '@jest/globals';
import { silentTelemetry } from '../../test/support/silent.js';
import { productGuide } from '../../test/support/toy-guide.js';
import { application, controller, estate, model, unknownFact } from '../../test/support/world.js';
import { isKnown } from '../core/fact.js';
import type { PortProbe, ApplicationState } from '../core/snapshot.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { ProbeBook } from './probe-book.js';

const at = { controller: 'prod', model: 'data' };

function app(charm: string, units = 2): ApplicationState {
  const applications = { db: application({ charm: { name: charm }, endpoints: ['db'], units }) };
  const made = estate({ controllers: { prod: controller({ models: { data: model({ applications }) } }) } });
  const found = made.controllers['prod']?.models['data']?.applications['db'];
  if (found === undefined) throw new Error('no application');
  return found;
}

function bench(answer: () => PortProbe['answer'] = () => 'tls') {
  const clock = virtualClock();
  const asked: string[] = [];
  const guides = [{ ...productGuide, probes: [{ port: 2379, protocol: 'etcd-client' as const }] }];
  const prober = {
    probe: ({ unit, port }: { unit: string; port: number }) => {
      asked.push(`${unit}:${port}`);
      return Promise.resolve({ port, answer: answer() });
    },
  };
  return {
    clock,
    asked,
    book: new ProbeBook({ prober, guides, clock, telemetry: silentTelemetry, every: () => 60_000 }),
  };
}

describe('the book of probes', () => {
  it('asks every unit of the applications that a guide wants probed, and no other', async () => {
    const { book, asked } = bench();
    await book.ask(at, app('product'), false);
    await book.ask(at, app('other'), false);
    expect(asked).toEqual(['db/0:2379', 'db/1:2379']);
  });

  it('asks again when its time has come, when the application changed, or when told to', async () => {
    const { book, asked, clock } = bench();
    const same = app('product', 1);
    await book.ask(at, same, false);
    await clock.advance(59_000);
    await book.ask(at, same, false);
    expect(asked).toHaveLength(1);
    await book.ask(at, app('product', 1), false);
    await book.ask(at, same, true);
    await clock.advance(60_000);
    await book.ask(at, same, false);
    expect(asked).toHaveLength(4);
  });

  it('forgets the answers of units that cannot be seen, and of applications that are gone', async () => {
    const { book } = bench();
    const one = app('product', 1);
    const answered = (): boolean => book.get('prod', 'data', 'db') !== undefined;
    await book.ask(at, one, false);
    const before = answered();
    await book.ask(at, { ...one, units: unknownFact('not read') }, false);
    const unseen = answered();
    await book.ask(at, one, false);
    const seen = answered();
    book.keep(at, {});
    expect([before, unseen, seen, answered()]).toEqual([true, false, true, false]);
  });

  it('takes a prober that fails for a port that was not reached', async () => {
    const { book } = bench(() => {
      throw new Error('a defect');
    });
    await book.ask(at, app('product', 1), false);
    const fact = book.get('prod', 'data', 'db');
    expect(fact !== undefined && isKnown(fact) ? fact.value['db/0']?.['2379']?.answer : undefined).toBe(
      'unreachable',
    );
  });

  it('keeps the fact while the answers stay the same', async () => {
    let answer: PortProbe['answer'] = 'plaintext';
    const { book } = bench(() => answer);
    const one = app('product', 1);
    await book.ask(at, one, true);
    const first = book.get('prod', 'data', 'db');
    await book.ask(at, one, true);
    expect(book.get('prod', 'data', 'db')).toBe(first);
    answer = 'tls';
    await book.ask(at, one, true);
    const last = book.get('prod', 'data', 'db');
    expect(last !== undefined && isKnown(last) ? last.value['db/0']?.['2379']?.answer : undefined).toBe(
      'tls',
    );
  });
});
