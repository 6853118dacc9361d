import { describe, expect, test } from '@jest/globals';
import { linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import { findingOn, postgresqlWorld, saysOn, type ReleaseName } from '../../../test/support/postgresql.js';
import { unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const on = { value: true, source: 'default' };
const hyphened = {
  'logging-log-connections': on,
  'logging-log-disconnections': on,
  'plugin-audit-enable': on,
};
const underscored = Object.fromEntries(
  Object.entries(hyphened).map(([name, value]) => [name.replaceAll('-', '_'), value]),
);
const unset = Object.fromEntries(Object.keys(hyphened).map((name) => [name, { source: 'unset' }]));

describe('PG-MON-03: connections and audited statements are logged', () => {
  test.each<[string, string, ReleaseName, Dict<unknown>]>([
    ['all on passes on 14', 'pass AsRequired', 'k8s14', underscored],
    ['all on passes on 16', 'pass AsRequired', 'k8s16', hyphened],
    [
      'the machine charm of 16 with the older spelling passes',
      'pass AsRequired',
      'machine16',
      { ...underscored, ...unset },
    ],
    [
      'no log of connections fails',
      'fail LoggingOff',
      'k8s14',
      { ...underscored, logging_log_connections: false },
    ],
    [
      'no log of disconnections fails',
      'fail LoggingOff',
      'k8s16',
      { ...hyphened, 'logging-log-disconnections': false },
    ],
    ['pgAudit off fails', 'fail LoggingOff', 'machine14', { ...underscored, plugin_audit_enable: false }],
    [
      'a switch written as text is the same',
      'fail LoggingOff',
      'k8s14',
      { ...underscored, plugin_audit_enable: 'False' },
    ],
    [
      'a failure counts more than a switch that is not shown',
      'fail LoggingOff',
      'k8s14',
      { plugin_audit_enable: false },
    ],
    [
      'a switch that is not shown is unknown',
      'unknown OptionNotShown',
      'k8s14',
      { plugin_audit_enable: true },
    ],
  ])('%s', (_, expected, release, config) => {
    expect(saysOn(guide, 'PG-MON-03', postgresqlWorld(release, { db: { config } }))).toBe(expected);
  });

  test('options that were not read are unknown', () => {
    const world = postgresqlWorld('k8s14', { db: { config: unknownFact('bundle') } });
    expect(saysOn(guide, 'PG-MON-03', world)).toBe('unknown NotObserved');
  });

  test.each<[ReleaseName, Dict<unknown>, readonly string[], readonly string[]]>([
    [
      'k8s14',
      { ...underscored, logging_log_connections: false, plugin_audit_enable: false },
      ['logging_log_connections=true', 'plugin_audit_enable=true'],
      ['logging_log_connections=false', 'plugin_audit_enable=false'],
    ],
    [
      'k8s16',
      { ...hyphened, 'logging-log-disconnections': { value: false, source: 'default' } },
      ['logging-log-disconnections=true'],
      ['--reset logging-log-disconnections'],
    ],
  ])('on %s the switches that are off are turned on in its spelling', (release, config, set, before) => {
    const finding = findingOn(guide, 'PG-MON-03', postgresqlWorld(release, { db: { config } }));
    expect(linesOf(finding)).toEqual(set.map((option) => `juju config -m prod:admin/data db ${option}`));
    expect(undoLinesOf(finding)).toEqual(
      before.map((option) =>
        option.startsWith('--')
          ? `juju config -m prod:admin/data ${option} db`
          : `juju config -m prod:admin/data db ${option}`,
      ),
    );
  });
});
