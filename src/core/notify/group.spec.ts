import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quarantineNamed } from '../../../test/support/journal-samples.js';
import { alertNamed, findingNamed, sceneOf, start, waiver } from '../../../test/support/notify-samples.js';
import { severities } from '../outcome.js';
import { instant } from '../time.js';
import type { Alert } from './alert.js';
import { digestOf } from './digest.js';
import { documentOf } from './document.js';
import { messagesOf, type Changes } from './group.js';
import { plain } from './plain.js';
import { bodyLines, headline } from './text.js';

describe('messages', () => {
  let made = 0;
  const envelope = { newId: () => `id-${(made += 1)}`, now: start, isFirst: false };
  const on = (model: string, id: string): Alert =>
    alertNamed(id, { target: { kind: 'model', controller: 'prod', model } });
  const fewOnTwo: Changes = {
    firing: [on('data', 'a'), on('web', 'b')],
    resolved: [{ ...on('data', 'c'), ending: 'passing' }],
  };

  it('are one for each place while there is little to tell', () => {
    expect(messagesOf(fewOnTwo, envelope).map(headline)).toEqual([
      'Holdfast on prod:data: 1 new (1 high), 1 over',
      'Holdfast on prod:web: 1 new (1 high)',
    ]);
  });

  it('are one summary where 2,000 findings come at once, with all counts and the gravest by name', () => {
    const firing = Array.from({ length: 2000 }, (_one, n) =>
      alertNamed(`f${n}`, { severity: severities[n % 5] ?? 'info' }),
    );
    const [message, ...more] = messagesOf({ firing, resolved: [] }, { ...envelope, isFirst: true });
    expect(more).toEqual([]);
    expect(message?.counts).toMatchObject({ firing: 2000, bySeverity: { critical: 400 } });
    expect(message?.firing).toHaveLength(100);
    expect(new Set(message?.firing.map(({ severity }) => severity))).toEqual(new Set(['critical']));
    if (message === undefined) throw new Error('there is no message');
    expect(headline(message)).toBe(
      'Holdfast begins to tell: 2000 open (400 critical, 400 high, 400 medium, 400 low, 400 info)',
    );
    expect(bodyLines(message)).toHaveLength(21);
    expect(bodyLines(message).at(-1)).toBe('and 1980 more open');
    expect(JSON.stringify(documentOf(message, undefined)).length).toBeLessThan(100_000);
  });

  it('never say less than what changed, nor anything twice', () => {
    const anyAlert = fc
      .tuple(
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('data', 'web', 'a', 'b', 'c'),
        fc.constantFrom(...severities),
      )
      .map(([n, model, severity]): Alert => ({ ...on(model, `f${n}-${model}`), severity }));
    const anyAlerts = fc.uniqueArray(anyAlert, { selector: ({ id }) => id, maxLength: 40 });
    fc.assert(
      fc.property(anyAlerts, anyAlerts, fc.boolean(), (firing, over, isFirst) => {
        const resolved = over.map((alert) => ({ ...alert, ending: 'gone' as const }));
        const messages = messagesOf({ firing, resolved }, { ...envelope, isFirst });
        const ids = (all: readonly Alert[]): readonly string[] => all.map(({ id }) => id).sort();
        expect(ids(messages.flatMap((message) => message.firing))).toEqual(ids(firing));
        expect(ids(messages.flatMap((message) => message.resolved))).toEqual(ids(resolved));
        expect(messages.reduce((sum, { counts }) => sum + counts.firing + counts.resolved, 0)).toBe(
          firing.length + resolved.length,
        );
        expect(messages.length).toBeLessThanOrEqual(3);
        expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      }),
    );
  });

  it('hold no control characters and nothing that turns text around, whatever a model is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const said = plain(text);
        expect(said).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(said.isWellFormed()).toBe(true);
      }),
    );
    const odd = alertNamed('a', {
      message: 'one\ntwo\u001b[31m\u202e',
      target: { kind: 'model', controller: 'prod', model: 'x\ny' },
    });
    const [message] = messagesOf({ firing: [odd], resolved: [] }, envelope);
    if (message === undefined) throw new Error('there is no message');
    expect([headline(message), ...bodyLines(message)].join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('the digest', () => {
  it('tells what calls nobody apart from what people here can put right', () => {
    const scene = sceneOf(
      [
        findingNamed('a', { firstSeen: instant(start) }),
        findingNamed('b', { control: 'C-2', severity: 'low' }),
        findingNamed('c', { control: 'C-3', fixableBy: 'charm' }),
        findingNamed('d', { outcome: 'unknown' }),
        findingNamed('e', { waiver }),
        findingNamed('f', { target: { kind: 'model', controller: 'prod', model: 'web' } }),
      ],
      { quarantines: [quarantineNamed('q')] },
    );
    const rule = {
      name: 'weekly',
      cron: '0 8 * * 1',
      timeZone: 'UTC',
      match: { model: 'data' },
      to: ['chat'],
    };
    expect(digestOf(rule, scene, start - 1)).toMatchObject({
      bySeverity: { critical: 1, low: 1 },
      news: 1,
      waived: 1,
      unknown: 1,
      quarantines: 1,
      controls: [
        { control: 'ETCD-TLS-01', count: 1 },
        { control: 'C-2', count: 1 },
      ],
      beyondUs: [{ control: 'C-3', count: 1 }],
    });
  });
});
