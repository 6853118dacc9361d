import { describe, expect, it } from '@jest/globals';
import { wsAnswer, wsResponse } from '../../../test/support/ws-capture.js';
import { isKnown, type Fact, type Reading } from '../../core/fact.js';
import { JujuApiError } from '../api/api-error.js';
import { refused } from './answer.js';
import { readApplication } from './read-application.js';
import { readControllerConfig } from './read-controller-config.js';
import { readModelConfig, readSecretBackend, secretBackendIn } from './read-model-config.js';
import { joinOffers, readOffers } from './read-offers.js';

const reading: Reading = { source: { road: 'api', call: 'X.Y v1' }, at: '2026-11-22T03:34:35Z' };
const nobody = (): void => undefined;

function value<T>(fact: Fact<T>): T {
  if (!isKnown(fact)) throw new Error(`not known: ${fact.unknown.reason}`);
  return fact.value;
}

function gapOf(fact: Fact<unknown>): { readonly reason: string; readonly permission?: string } {
  if (isKnown(fact)) throw new Error('known');
  return fact.unknown;
}

describe('settings', () => {
  it('of the controller come without certificates and secrets', () => {
    const answer = wsResponse('3-hardened/ws/ControllerConfig') as { config: object };
    const config = {
      ...answer.config,
      'object-store-s3-static-secret': 'canary',
      'login-token-refresh-url': 'https://x',
    };
    const read = value(readControllerConfig(reading, { config }));
    expect(read).toMatchObject({
      'auditing-enabled': true,
      'agent-ratelimit-max': 10,
      'login-token-refresh-url': 'https://x',
    });
    expect(read).toHaveProperty('system-ssh-keys');
    expect(read).not.toHaveProperty('ca-cert');
    expect(JSON.stringify(read)).not.toMatch(/canary|REDACTED/);
  });

  it('of a model carry where each value comes from', () => {
    const config = value(readModelConfig(reading, wsResponse('3-hardened/ws/ModelGet-data')));
    expect(config['ssh-allow']).toEqual({ value: '10.77.0.0/24', source: 'model' });
    expect(config['automatically-retry-hooks']).toEqual({ value: true, source: 'default' });
    expect(config['cloudinit-userdata']).toEqual({ value: '', source: 'default' });
  });

  it('of a model come without secrets', () => {
    const config = {
      'cloudinit-userdata': { value: 'users: canary', source: 'model' },
      'http-proxy': { value: 'http://u:canary@proxy:3128', source: 'model' },
      'secret-key': { value: 'canary', source: 'model' },
    };
    const read = value(readModelConfig(reading, { config }));
    expect(JSON.stringify(read)).not.toContain('canary');
    expect(read['http-proxy']?.value).toBe('http://[redacted]@proxy:3128');
  });

  it('tell the secret backend: by its own call on 4.x, by the configuration before', () => {
    expect(value(readSecretBackend(reading, { result: 'auto' }))).toBe('auto');
    const refusal = { error: { message: 'permission denied', code: 'unauthorized access' }, result: '' };
    expect(gapOf(readSecretBackend(reading, refusal)).permission).toBe('model read');
    const config = readModelConfig(reading, {
      config: { 'secret-backend': { value: 'vault', source: 'model' } },
    });
    expect(value(secretBackendIn(config))).toBe('vault');
    expect(isKnown(secretBackendIn(readModelConfig(reading, {})))).toBe(false);
  });

  it('of an application keep a secret’s URI and drop what looks like a secret', () => {
    const s3 = value(
      readApplication(reading, wsResponse('3-hardened/ws/ApplicationGet-s3-integrator')).config,
    );
    expect(s3['credentials']).toEqual({
      value: 'secret:8t8icjaotp33aol24av0',
      source: 'user',
      type: 'secret',
    });
    expect(s3['endpoint']).toEqual({ value: 'https://s3.example.internal', source: 'user', type: 'string' });
    const pro = value(readApplication(reading, wsResponse('3-hardened/ws/ApplicationGet-ubuntu-pro')).config);
    expect(pro['token']).toEqual({ source: 'user', type: 'string', redacted: true });
  });

  it('of an application tell its trust', () => {
    expect(value(readApplication(reading, wsResponse('3-hardened/ws/ApplicationGet-postgresql')).trust)).toBe(
      false,
    );
    expect(isKnown(readApplication(reading, {}).trust)).toBe(false);
    expect(isKnown(readApplication(reading, {}).config)).toBe(false);
  });
});

describe('offers', () => {
  const listed = readOffers(reading, wsResponse('3-hardened/ws/ListApplicationOffers-cos'), nobody);

  it('are told with users and connections', () => {
    expect(value(listed)['loki-logging']).toEqual({
      name: 'loki-logging',
      url: 'admin/cos.loki-logging',
      application: 'loki',
      charm: 'local:amd64/loki-k8s-0',
      endpoints: [{ name: 'logging', interface: 'loki_push_api', role: 'provider' }],
      users: { admin: 'admin', bob: 'consume' },
      connections: 2,
    });
  });

  it('none is an answer too', () => {
    expect(
      value(readOffers(reading, wsResponse('3-hardened/ws/ListApplicationOffers-data'), nobody)),
    ).toEqual({});
  });

  const offer = { name: 'new', application: 'loki', endpoints: [], connections: 0 };

  it('that only the fresher status shows are there, and the status counts', () => {
    const seen = {
      ...reading,
      value: { new: offer, 'loki-logging': { ...offer, name: 'loki-logging', connections: 9 } },
    };
    const joined = value(joinOffers(listed, seen));
    expect(joined['new']).toEqual(offer);
    expect(joined['loki-logging']).toMatchObject({
      connections: 9,
      users: { bob: 'consume' },
      url: 'admin/cos.loki-logging',
    });
  });

  it('that a status hides from us are still there', () => {
    expect(Object.keys(value(joinOffers(listed, { ...reading, value: {} })))).toHaveLength(3);
  });

  it('are unknown when the list is refused, whatever the status shows: it is silently empty then', () => {
    const answer = wsAnswer('3-hardened/ws-as-carol-model-read/ListApplicationOffers-data');
    expect(answer).toMatchObject({ error: 'permission denied', code: 'unauthorized access' });
    const error = new JujuApiError({ call: 'x', message: 'permission denied', code: 'unauthorized access' });
    const gap = joinOffers(refused(reading, error, 'model admin'), { ...reading, value: {} });
    expect(gapOf(gap)).toEqual({ reason: 'permission denied', permission: 'model admin' });
  });
});

describe('a refused call', () => {
  it('names the permission only when one would help', () => {
    const absent = new JujuApiError({ call: 'x', message: 'unknown version', code: 'not implemented' });
    expect(gapOf(refused(reading, absent, 'model read'))).toEqual({
      reason: 'this controller does not offer X.Y v1',
    });
    const final = new JujuApiError({ call: 'x', message: 'model not found', code: 'model not found' });
    expect(gapOf(refused(reading, final, 'model read'))).toEqual({ reason: 'model not found' });
  });
});
