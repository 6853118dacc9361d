import { describe, expect, it, test } from '@jest/globals';
import type { Dict } from '../../core/dict.js';
import { commands, messages, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact } from '../../../test/support/world.js';
import { auditArguments, auditedMethods, auditing } from './controller-audit.js';
import { controllerBackup } from './controller-backup.js';
import { externalIdentity } from './controller-identity.js';
import { productionModes } from './controller-modes.js';
import { agentRateLimit } from './controller-ratelimit.js';

const unread = prod({ config: unknownFact('not in a status file', 'a login') });
const set = (config: Dict<unknown>) => prod({ config });
const without = (key: string) => set({ [key]: undefined });
const methods = (value: unknown) => set({ 'audit-log-exclude-methods': value });

describe('keys of the controller configuration', () => {
  test.each([
    ['auditing on passes', auditing, set({}), {}, 'pass AsRequired'],
    ['auditing on as text passes', auditing, set({ 'auditing-enabled': 'true' }), {}, 'pass AsRequired'],
    ['auditing off fails', auditing, set({ 'auditing-enabled': false }), {}, 'fail AuditingOff'],
    ['auditing not reported is unknown', auditing, without('auditing-enabled'), {}, 'unknown KeyNotReported'],
    ['auditing not read is unknown', auditing, unread, {}, 'unknown PermissionMissing'],
    [
      'leaving out what reads passes',
      auditedMethods,
      methods('ReadOnlyMethods,Client.FullStatus'),
      {},
      'pass AsRequired',
    ],
    ['leaving out nothing passes', auditedMethods, methods(''), {}, 'pass AsRequired'],
    [
      'leaving out a grant fails',
      auditedMethods,
      methods('ReadOnlyMethods,ModelManager.ModifyModelAccess'),
      {},
      'fail MutatingMethodExcluded',
    ],
    [
      'a list is read like text',
      auditedMethods,
      methods(['ReadOnlyMethods', 'Application.Deploy']),
      {},
      'fail MutatingMethodExcluded',
    ],
    [
      'brackets in the text are read',
      auditedMethods,
      methods('[ReadOnlyMethods, Pinger.Ping]'),
      {},
      'pass AsRequired',
    ],
    ...['Spaces.Allocate', 'Model.Listen', 'Pinger.PingOff', 'Set!Client.FullStatus', 'Client'].map(
      (method) =>
        [
          `a method that is only like a reading one fails: ${method}`,
          auditedMethods,
          methods(`ReadOnlyMethods,${method}`),
          {},
          'fail MutatingMethodExcluded',
        ] as const,
    ),
    [
      'the policy may call a method harmless',
      auditedMethods,
      methods('Action.Enqueue'),
      { harmless: ['Action.Enqueue'] },
      'pass AsRequired',
    ],
    ['methods not read are unknown', auditedMethods, unread, {}, 'unknown PermissionMissing'],
    ['no arguments in the log passes', auditArguments, set({}), {}, 'pass AsRequired'],
    [
      'arguments in the log fail',
      auditArguments,
      set({ 'audit-log-capture-args': true }),
      {},
      'fail ArgumentsCaptured',
    ],
    [
      'arguments wanted by the policy pass',
      auditArguments,
      set({ 'audit-log-capture-args': true }),
      { captureArgs: true },
      'pass AsRequired',
    ],
    [
      'arguments wanted and missing fail',
      auditArguments,
      set({}),
      { captureArgs: true },
      'fail ArgumentsNotCaptured',
    ],
    ['arguments not read are unknown', auditArguments, unread, {}, 'unknown PermissionMissing'],
    ['a rate limit passes', agentRateLimit, set({}), {}, 'pass AsRequired'],
    ['a limit of zero is none', agentRateLimit, set({ 'agent-ratelimit-max': 0 }), {}, 'fail RateLimitOff'],
    [
      'a limit below zero is none',
      agentRateLimit,
      set({ 'agent-ratelimit-max': '-1' }),
      {},
      'fail RateLimitOff',
    ],
    ['a limit not read is unknown', agentRateLimit, unread, {}, 'unknown PermissionMissing'],
    ['no feature flags pass', productionModes, set({}), {}, 'pass AsRequired'],
    ['the key left out means no flags', productionModes, without('features'), {}, 'pass AsRequired'],
    ['a feature flag fails', productionModes, set({ features: ['branches'] }), {}, 'fail FeatureFlagSet'],
    ['flags as text fail', productionModes, set({ features: 'branches,x' }), {}, 'fail FeatureFlagSet'],
    [
      'a declared flag passes',
      productionModes,
      set({ features: ['branches'] }),
      { features: ['branches'] },
      'pass AsRequired',
    ],
    ['flags not read are unknown', productionModes, unread, {}, 'unknown PermissionMissing'],
    [
      'no identity service is nothing to judge',
      externalIdentity,
      set({}),
      {},
      'not-applicable NoExternalIdentity',
    ],
    [
      'https with a key passes',
      externalIdentity,
      set({ 'identity-url': 'https://id', 'identity-public-key': 'k' }),
      {},
      'pass AsRequired',
    ],
    [
      'http fails',
      externalIdentity,
      set({ 'identity-url': 'http://id', 'identity-public-key': 'k' }),
      {},
      'fail IdentityNotEncrypted',
    ],
    [
      'https without a key fails',
      externalIdentity,
      set({ 'identity-url': 'https://id' }),
      {},
      'fail IdentityKeyNotPinned',
    ],
    ['an identity service not read is unknown', externalIdentity, unread, {}, 'unknown PermissionMissing'],
    ['a backup has to be attested', controllerBackup, set({}), {}, 'manual BackupNotAttested'],
    [
      'a controller not read is unknown',
      controllerBackup,
      prod({ info: unknownFact('a bundle') }),
      {},
      'unknown NotObserved',
    ],
  ] as const)('%s', (...[, control, snapshot, params, expected]) => {
    expect(verdicts(judge(control, snapshot, { params }))).toEqual([expected]);
  });

  test.each([
    [
      'switches auditing on',
      auditing,
      set({ 'auditing-enabled': false }),
      'auditing-enabled=true',
      'auditing-enabled=false',
    ],
    [
      'lets no argument in',
      auditArguments,
      set({ 'audit-log-capture-args': true }),
      'audit-log-capture-args=false',
      'audit-log-capture-args=true',
    ],
    [
      'limits logins of agents',
      agentRateLimit,
      set({ 'agent-ratelimit-max': 0 }),
      'agent-ratelimit-max=10',
      'agent-ratelimit-max=0',
    ],
    [
      'keeps the methods that read out of the log',
      auditedMethods,
      methods('ReadOnlyMethods,Application.Deploy'),
      'audit-log-exclude-methods=ReadOnlyMethods',
      'audit-log-exclude-methods=ReadOnlyMethods,Application.Deploy',
    ],
    [
      'writes a list where it read one',
      auditedMethods,
      methods(['Application.Deploy', 'Pinger.Ping']),
      'audit-log-exclude-methods=[Pinger.Ping]',
      'audit-log-exclude-methods=[Application.Deploy,Pinger.Ping]',
    ],
    [
      'falls back to the methods that read',
      auditedMethods,
      methods('Application.Deploy'),
      'audit-log-exclude-methods=ReadOnlyMethods',
      'audit-log-exclude-methods=Application.Deploy',
    ],
  ] as const)('%s, and knows the way back', (...row) => {
    const [, control, snapshot, setting, before] = row;
    const findings = judge(control, snapshot);
    expect(commands(findings)).toEqual([`controller-config -c prod ${setting}`]);
    expect(undoings(findings)).toEqual([`controller-config -c prod ${before}`]);
    expect(findings[0]!.remedies[0]).toMatchObject({ disruptive: false, repeatable: true, cutsOff: [] });
  });

  it('names the methods that go unrecorded', () => {
    expect(messages(judge(auditedMethods, methods('Application.Deploy')))).toBe(
      'not recorded: Application.Deploy',
    );
  });

  test.each([
    ['a model in development mode fails', { development: true }, 'fail DevelopmentMode'],
    ['a model in test mode fails', { 'test-mode': 'true' }, 'fail DevelopmentMode'],
    [
      'a model whose configuration was not read leaves it open',
      unknownFact('no rights', 'model read'),
      'unknown PermissionMissing',
    ],
  ])('%s', (_, config, expected) => {
    expect(verdicts(judge(productionModes, prod({ models: { data: model({ config }) } })))).toEqual([
      expected,
    ]);
  });
});
