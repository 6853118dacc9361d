import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { seconds } from '../duration.js';
import { charmhubDefaults } from './charmhub.js';
import { clusterDefaults } from './clusters.js';
import { defaultNotifyPace } from './notify.js';
import { stackDefaults } from './observability.js';
import { defaultPace, observeOnly } from './policy.js';
import { defaultRails, defaultRetention } from './rails.js';
import { sharingDefaults } from './sharing.js';
import { asksWho, webDefaults } from './web.js';
import { workloadDefaults } from './workload.js';

const reference = readFileSync(new URL('../../../docs/reference/policy.md', import.meta.url), 'utf8');

/** Key to what its section of the reference says holds by itself. */
function toldIn(section: string): ReadonlyMap<string, string> {
  const [text = ''] = reference.split(`\n## ${section}\n`).slice(1);
  const [own = ''] = text.split('\n## ');
  const rows = own.matchAll(/^\| [*]*`([\w.]+)`[*]* \|.* (\S+) unless given\./gm);
  return new Map([...rows].map(([, key = '', value = '']) => [key, value]));
}

type Values = Readonly<Record<string, unknown>>;

const retention = {
  'retention.remediations': defaultRetention.remediations,
  'retention.audit': defaultRetention.audit,
};

describe('the reference tells what holds where the policy says nothing', () => {
  test.each<[string, Values, readonly string[]]>([
    ['limits', { ...defaultRails }, Object.keys(defaultRails)],
    ['pace', { ...defaultPace }, Object.keys(defaultPace)],
    ['notify', { ...defaultNotifyPace }, Object.keys(defaultNotifyPace)],
    ['store', retention, Object.keys(retention)],
    ['charmhub', { ...charmhubDefaults }, ['mode', 'every', 'atOnce']],
    ['workload', workloadDefaults, ['every', 'atOnce', 'perMinute']],
    ['sharing', sharingDefaults, ['parts', 'group']],
    ['clusters', clusterDefaults, ['maxAge']],
    ['observability', stackDefaults, ['interval', 'maxAge']],
    ['web', { ...webDefaults }, ['session', 'metrics']],
  ])('of %s', (section, values, keys) => {
    const told = toldIn(section);
    const byReference = keys.map((key) => `${key}: ${meant(told.get(key) ?? 'nothing is said')}`);
    expect(byReference).toEqual(keys.map((key) => `${key}: ${String(values[key])}`));
  });

  it('of everything: it looks, and changes nothing', () => {
    const { mode, profile, disruptive } = observeOnly.defaults;
    expect(reference).toContain(`: ${mode}, ${profile} and ${disruptive} unless given.`);
    expect(mode).toBe('observe');
  });
});

/** A duration in seconds, all else as it stands. */
function meant(text: string): string {
  return /^\d+[smhd]$/.test(text) ? String(seconds(text)) : text;
}

describe('who may come to the page', () => {
  it('is nobody in particular until the policy names somebody', () => {
    const token = { name: 'ci', role: 'viewer', digest: '00' } as const;
    expect([asksWho(webDefaults), asksWho({ ...webDefaults, tokens: [token] })]).toEqual([false, true]);
    expect(webDefaults).toMatchObject({ tokens: [], hosts: [], proxied: false });
  });
});
