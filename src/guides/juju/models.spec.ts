import { describe, expect, it, test } from '@jest/globals';
import { commands, messages, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { blockedCommands } from './model-blocks.js';
import { firewallMode } from './model-firewall.js';
import { limitedIngress } from './model-ingress.js';
import { quietLogging } from './model-logging.js';
import { safeProvisioning } from './model-provisioning.js';

const data = (spec: ModelSpec) => prod({ models: { data: model(spec) } });
const on = (provider: string, config: Record<string, unknown>) => data({ info: { provider }, config });
const unread = { config: unknownFact('no rights', 'model read') };
const unowned = (spec: ModelSpec) =>
  data({ ...spec, info: { type: 'iaas', provider: 'openstack', owner: '' } });

describe('JUJU-MODEL-01 blocked commands', () => {
  test.each([
    ['destroy-model blocked passes', ['destroy-model'], {}, 'pass AsRequired'],
    ['remove-object blocks destroying too', ['remove-object'], {}, 'pass AsRequired'],
    [
      'all blocks everything',
      ['all'],
      { commandSets: ['destroy-model', 'remove-object'] },
      'pass AsRequired',
    ],
    ['nothing blocked fails', [], {}, 'fail CommandsNotBlocked'],
    [
      'destroy-model does not block removals',
      ['destroy-model'],
      { commandSets: ['remove-object'] },
      'fail CommandsNotBlocked',
    ],
    [
      'blocks that were not read are unknown',
      unknownFact('no rights', 'model read'),
      {},
      'unknown PermissionMissing',
    ],
  ])('%s', (_, blocks, params, expected) => {
    expect(verdicts(judge(blockedCommands, data({ blocks }), { params }))).toEqual([expected]);
  });

  it('blocks destroy-model, and enables it again to undo', () => {
    const findings = judge(blockedCommands, data({ blocks: [] }));
    expect(commands(findings)).toEqual([
      'disable-command -m prod:admin/data destroy-model blocked by the hardening policy',
    ]);
    expect(undoings(findings)).toEqual(['enable-command -m prod:admin/data destroy-model']);
    expect(findings[0]!.remedies[0]!.disruptive).toBe(false);
  });

  test.each([
    [
      'leaves blocks that stop our own changes to a person',
      data({ blocks: ['destroy-model'] }),
      { commandSets: ['remove-object', 'all'] },
    ],
    ['proposes nothing where the owner is not known', unowned({ blocks: [] }), {}],
  ])('%s', (_, snapshot, params) => {
    const findings = judge(blockedCommands, snapshot, { params });
    expect(verdicts(findings)).toEqual(['fail CommandsNotBlocked']);
    expect(commands(findings)).toEqual([]);
  });
});

describe('JUJU-MODEL-02 ingress', () => {
  const open = { 'ssh-allow': '0.0.0.0/0,::/0', 'saas-ingress-allow': '0.0.0.0/0,::/0' };
  const shown = (key: string) => ({ ...open, [key]: '10.0.0.0/8' });

  test.each([
    ['known networks pass', on('openstack', {}), 'pass AsRequired'],
    ['open by default fails', on('openstack', open), 'fail IngressOpenToWorld'],
    ['one open key is enough to fail', on('ec2', shown('ssh-allow')), 'fail IngressOpenToWorld'],
    ['ssh-allow is not applied on Azure', on('azure', shown('saas-ingress-allow')), 'pass AsRequired'],
    ['neither is applied on an unmanaged cloud', on('unmanaged', open), 'not-applicable NotHonouredByCloud'],
    ['neither is applied on LXD', on('lxd', open), 'not-applicable NotHonouredByCloud'],
    [
      'open on a provider that is not shown is unknown',
      data({ info: unknownFact('a status file'), config: open }),
      'unknown ProviderNotSeen',
    ],
    [
      'closed on a provider that is not shown passes',
      data({ info: unknownFact('a status file') }),
      'pass AsRequired',
    ],
    [
      'keys that are not reported are unknown',
      on('ec2', { 'ssh-allow': undefined, 'saas-ingress-allow': undefined }),
      'unknown KeysNotReported',
    ],
    ['a configuration that was not read is unknown', data(unread), 'unknown PermissionMissing'],
  ])('%s', (_, snapshot, expected) => {
    expect(verdicts(judge(limitedIngress, snapshot))).toEqual([expected]);
  });

  it("sets the policy's networks, and says who is cut off", () => {
    const params = { sshAllow: ['10.77.0.0/24', 'fd00::/8'], saasIngressAllow: ['10.0.0.0/8'] };
    const findings = judge(limitedIngress, on('openstack', open), { params });
    expect(commands(findings)).toEqual([
      'model-config -m prod:admin/data ssh-allow=10.77.0.0/24,fd00::/8',
      'model-config -m prod:admin/data saas-ingress-allow=10.0.0.0/8',
    ]);
    expect(undoings(findings)).toEqual([
      'model-config -m prod:admin/data ssh-allow=0.0.0.0/0,::/0',
      'model-config -m prod:admin/data saas-ingress-allow=0.0.0.0/0,::/0',
    ]);
    expect(findings[0]!.remedies.map(({ cutsOff, disruptive }) => ({ cutsOff, disruptive }))).toEqual([
      { disruptive: true, cutsOff: ['administrators outside 10.77.0.0/24,fd00::/8'] },
      { disruptive: true, cutsOff: ['consumers of the offers outside 10.0.0.0/8'] },
    ]);
  });

  it('leaves it to a person where the policy names no networks', () => {
    expect(commands(judge(limitedIngress, on('openstack', open)))).toEqual([]);
  });

  it('refuses networks that are none', () => {
    expect(() =>
      judge(limitedIngress, on('openstack', open), { params: { sshAllow: ['10.0.0.0/99'] } }),
    ).toThrow('address block');
  });
});

describe('JUJU-MODEL-03 firewall mode', () => {
  test.each([
    ['rules for each instance pass', on('openstack', {}), 'pass AsRequired'],
    ['one set of rules fails', on('openstack', { 'firewall-mode': 'global' }), 'fail FirewallNotPerInstance'],
    ['no firewall fails', on('ec2', { 'firewall-mode': 'none' }), 'fail FirewallNotPerInstance'],
    [
      'a cloud without a firewall has no mode',
      on('maas', { 'firewall-mode': 'none' }),
      'not-applicable NoFirewall',
    ],
    ['Kubernetes has no mode', data({ type: 'caas' }), 'not-applicable NoFirewall'],
    [
      'a weak mode on a provider that is not shown is unknown',
      data({ info: unknownFact('file'), config: { 'firewall-mode': 'none' } }),
      'unknown ProviderNotSeen',
    ],
    [
      'a mode that is not reported is unknown',
      on('ec2', { 'firewall-mode': undefined }),
      'unknown ModeNotReported',
    ],
    ['a configuration that was not read is unknown', data(unread), 'unknown PermissionMissing'],
  ])('%s', (_, snapshot, expected) => {
    expect(verdicts(judge(firewallMode, snapshot))).toEqual([expected]);
  });
});

describe('JUJU-MODEL-04 logging', () => {
  const logging = (value: unknown) => data({ config: { 'logging-config': value } });

  test.each([
    ['INFO passes', '<root>=INFO', 'pass AsRequired'],
    ['the default passes', '', 'pass AsRequired'],
    ['the log of a charm may be loud', '<root>=INFO;unit=DEBUG', 'pass AsRequired'],
    ['calls at TRACE fail', '<root>=INFO;juju.rpc=TRACE', 'fail CallsLogged'],
    ['calls at DEBUG fail', 'juju.apiserver.common=DEBUG', 'fail CallsLogged'],
    ['everything at debug fails', '<root>=debug', 'fail CallsLogged'],
    ['a level alone is the root’s', 'DEBUG', 'fail CallsLogged'],
    ['anything at TRACE fails', 'unit=TRACE', 'fail CallsLogged'],
    ['a configuration that is not reported is unknown', undefined, 'unknown LoggingNotReported'],
  ])('%s', (_, value, expected) => {
    expect(verdicts(judge(quietLogging, logging(value)))).toEqual([expected]);
  });

  test.each([
    [
      'keeps the harmless parts',
      '<root>=INFO;juju.rpc=TRACE;unit=DEBUG',
      'logging-config=<root>=INFO;unit=DEBUG',
    ],
    ['puts the root back to INFO', '<root>=DEBUG;unit=DEBUG', 'logging-config=<root>=INFO;unit=DEBUG'],
    ['keeps a quiet root', '<root>=WARNING;juju.rpc=TRACE', 'logging-config=<root>=WARNING'],
    ['resets when nothing remains', 'juju.rpc=TRACE', '--reset logging-config'],
  ])('%s', (_, value, expected) => {
    const findings = judge(quietLogging, logging(value));
    expect(commands(findings)).toEqual([`model-config -m prod:admin/data ${expected}`]);
    expect(undoings(findings)).toEqual([`model-config -m prod:admin/data logging-config=${value}`]);
  });

  it('is unknown where the configuration was not read', () => {
    expect(verdicts(judge(quietLogging, data(unread)))).toEqual(['unknown PermissionMissing']);
  });
});

describe('JUJU-MODEL-05 provisioning', () => {
  test.each([
    ['as wanted passes', data({}), 'pass AsRequired'],
    ['no updates at first fail', data({ config: { 'enable-os-upgrade': false } }), 'fail OsUpdatesOff'],
    [
      'no list of updates fails',
      data({ config: { 'enable-os-refresh-update': 'false' } }),
      'fail OsUpdatesOff',
    ],
    ['daily images fail', data({ config: { 'image-stream': 'daily' } }), 'fail StreamNotReleased'],
    ['proposed agents fail', data({ config: { 'agent-stream': 'proposed' } }), 'fail StreamNotReleased'],
    [
      'a version without agent-stream passes',
      data({ config: { 'agent-stream': undefined } }),
      'pass AsRequired',
    ],
    ['an empty stream is the released one', data({ config: { 'agent-stream': '' } }), 'pass AsRequired'],
    [
      'unverified certificates fail',
      data({ config: { 'ssl-hostname-verification': false } }),
      'fail TlsVerificationOff',
    ],
    [
      'Kubernetes makes no machines',
      data({ type: 'caas', config: { 'enable-os-upgrade': false } }),
      'pass AsRequired',
    ],
    [
      'keys that are not reported are unknown',
      data({ config: { 'enable-os-upgrade': undefined } }),
      'unknown KeysNotReported',
    ],
    ['a configuration that was not read is unknown', data(unread), 'unknown PermissionMissing'],
  ])('%s', (_, snapshot, expected) => {
    expect(verdicts(judge(safeProvisioning, snapshot))).toEqual([expected]);
  });

  it('sets each wrong key, and puts back what it was', () => {
    const findings = judge(
      safeProvisioning,
      data({ config: { 'enable-os-upgrade': false, 'image-stream': 'daily' } }),
    );
    expect(commands(findings)).toEqual([
      'model-config -m prod:admin/data enable-os-upgrade=true',
      'model-config -m prod:admin/data image-stream=released',
    ]);
    expect(undoings(findings)).toEqual([
      'model-config -m prod:admin/data enable-os-upgrade=false',
      'model-config -m prod:admin/data image-stream=daily',
    ]);
    expect(messages(findings)).toContain('enable-os-upgrade=false image-stream=daily');
  });

  it('resets to undo what was only a default', () => {
    const config = {
      value: { 'enable-os-upgrade': { value: false, source: 'default' } },
      source: { road: 'api', call: 'x' },
      at: '2026-11-22T06:00:00Z',
    } as const;
    const snapshot = data({});
    const state = snapshot.controllers['prod']!.models['data']!;
    const changed = {
      ...snapshot,
      controllers: { prod: { ...snapshot.controllers['prod']!, models: { data: { ...state, config } } } },
    };
    expect(undoings(judge(safeProvisioning, changed))).toEqual([
      'model-config -m prod:admin/data --reset enable-os-upgrade',
    ]);
  });
});
