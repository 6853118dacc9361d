import { expect, it, test } from '@jest/globals';
import { retentionIn } from './settings.js';

const day = 86_400;

test.each<[string, string, object]>([
  [
    'the compactor deletes after a time',
    'compactor: {retention_enabled: true}\nlimits_config: {retention_period: 31d}',
    { kept: 'seconds', seconds: 31 * day },
  ],
  [
    'some streams are kept no longer than others',
    'compactor: {retention_enabled: true}\nlimits_config: {retention_period: 31d, retention_stream: [{selector: "{a=\\"b\\"}", priority: 1, period: 24h}]}',
    { kept: 'seconds', seconds: day },
  ],
  [
    'the compactor deletes nothing of its own accord',
    'compactor: {retention_enabled: true}\nlimits_config: {retention_period: 0s}',
    { kept: 'for-ever' },
  ],
  [
    'nothing deletes',
    'compactor: {retention_enabled: false}\nlimits_config: {retention_period: 31d}',
    { kept: 'for-ever' },
  ],
  [
    'an older one deletes tables',
    'table_manager: {retention_deletes_enabled: true, retention_period: 336h0m0s}',
    { kept: 'seconds', seconds: 14 * day },
  ],
])('%s', (_name, text, expected) => {
  expect(retentionIn(text)).toEqual(expected);
});

it.each([
  '- a list',
  'compactor: {retention_enabled: true}\nlimits_config: {retention_period: soon}',
  'a: [unclosed hunter2',
])('does not guess, and quotes nothing: %s', (text) => {
  let told = 'nothing thrown';
  try {
    retentionIn(text);
  } catch (error) {
    told = String(error);
  }
  expect(told).toBe('ReadError: loki shows its configuration in a form that is not known');
});
