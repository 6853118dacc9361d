import { request as httpRequest } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../index.js';
import { demoEstate } from '../estates/demo.js';
import type { SimUnit } from '../world/state.js';
import type { PortMode, PortPlan } from '../world/unit-ports.js';
import { realPorts } from './real-ports.js';

/** A plain request's answer, or the error's code. */
function plain(unit: SimUnit, port: number, path: string): Promise<string> {
  return new Promise((resolve) => {
    const request = httpRequest({ host: unit.address, port, path, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve(body);
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    request.end();
  });
}

interface Handshake {
  readonly subject?: string;
  readonly issuer?: string;
  readonly names?: string;
  /** Fingerprint of the authority's own certificate. */
  readonly authority?: string;
  readonly refused: boolean;
}

/** A handshake without a certificate of one's own: TLS 1.3 shows the refusal only after it. */
function handshake(unit: SimUnit, port: number): Promise<Handshake> {
  return new Promise((resolve) => {
    let seen: Omit<Handshake, 'refused'> = {};
    const socket = tlsConnect({ host: unit.address, port, rejectUnauthorized: false }, () => {
      const peer = socket.getPeerCertificate(true);
      seen = {
        subject: String(peer.subject.CN),
        issuer: String(peer.issuer.CN),
        names: peer.subjectaltname ?? '',
        authority: peer.issuerCertificate.fingerprint256,
      };
      socket.write('GET /version HTTP/1.0\r\n\r\n');
    });
    socket.on('error', () => {
      resolve({ ...seen, refused: true });
    });
    socket.on('data', () => {
      resolve({ ...seen, refused: false });
      socket.destroy();
    });
  });
}

describe('ports of real units', () => {
  let simulator: Simulator;
  let unitOf: (controller: string, model: string, application: string) => SimUnit;

  beforeAll(async () => {
    simulator = await startSimulator({ estate: demoEstate, ports: 'real', seed: 1 });
    unitOf = (controller, modelName, application) => {
      const models = [...simulator.world.controllers.get(controller)!.models.values()];
      return models.find(({ name }) => name === modelName)!.applications.get(application)!.units[0]!;
    };
  });

  afterAll(async () => {
    await simulator.close();
  });

  test('plain etcd tells its version and members to anyone', async () => {
    const unit = unitOf('prod', 'data', 'etcd');
    expect(JSON.parse(await plain(unit, 2379, '/version'))).toEqual({
      etcdserver: '3.6.13',
      etcdcluster: '3.6.0',
    });
    expect(JSON.parse(await plain(unit, 2379, '/health'))).toEqual({ health: 'true', reason: '' });
    expect(await plain(unit, 2380, '/members')).toContain('etcd/0');
  });

  test('hardened etcd wants a client certificate and shows one for its address', async () => {
    const unit = unitOf('edge', 'vault', 'charmed-etcd');
    const { refused, subject, issuer, names } = await handshake(unit, 2379);
    expect({ refused, subject, issuer }).toEqual({
      refused: true,
      subject: 'charmed-etcd-0',
      issuer: 'vault',
    });
    expect(names).toContain(`IP Address:${unit.address}`);
    expect(await plain(unit, 2379, '/version')).not.toContain('etcdserver');
  });

  test('two simulations stand side by side', async () => {
    const other = await startSimulator({ estate: demoEstate, ports: 'real', seed: 1 });
    const unit = unitOf('prod', 'data', 'etcd');
    const models = [...other.world.controllers.get('prod')!.models.values()];
    const twin = models.find(({ name }) => name === 'data')!.applications.get('etcd')!.units[0]!;
    expect(twin.address).not.toBe(unit.address);
    expect(await plain(twin, 2379, '/health')).toContain('true');
    await other.close();
    expect(await plain(twin, 2379, '/health')).toBe('ECONNREFUSED');
  });

  describe('switched faster than a certificate is made', () => {
    const port = 2390;
    const planOf = (mode: PortMode, id = 'ca'): PortPlan => ({
      port,
      protocol: 'etcd-client',
      mode,
      provider: { id, commonName: id },
    });

    test.each<[string, readonly PortMode[], string]>([
      ['plain text after TLS', ['mutual-tls', 'plaintext'], 'answers'],
      ['closed after TLS', ['plaintext', 'mutual-tls', 'closed'], 'ECONNREFUSED'],
      ['TLS after all else', ['closed', 'plaintext', 'mutual-tls'], 'ECONNRESET'],
    ])('the last state wins: %s', async (_order, modes, expected) => {
      const unit = unitOf('prod', 'data', 'etcd');
      const ports = realPorts(() => Date.now());
      for (const mode of modes) void ports.set(unit, planOf(mode));
      await ports.settled();
      const answer = await plain(unit, port, '/health');
      expect(answer.includes('true') ? 'answers' : answer).toBe(expected);
      await ports.close();
      expect(await plain(unit, port, '/health')).toBe('ECONNREFUSED');
    });

    test('units that switch at once get certificates of one authority', async () => {
      const { units } = unitOf('prod', 'data', 'etcd').application;
      const ports = realPorts(() => Date.now());
      for (const unit of units) void ports.set(unit, planOf('mutual-tls'));
      await ports.settled();
      const shown = await Promise.all(units.map((unit) => handshake(unit, port)));
      expect(shown.map(({ subject }) => subject)).toEqual(['etcd-0', 'etcd-1', 'etcd-2']);
      expect(shown[0]!.authority).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      expect(new Set(shown.map(({ authority }) => authority)).size).toBe(1);
      await ports.close();
    });

    test('closing in the middle of a switch leaves nothing listening', async () => {
      const unit = unitOf('prod', 'data', 'etcd');
      const ports = realPorts(() => Date.now());
      void ports.set(unit, planOf('plaintext'));
      void ports.set(unit, planOf('mutual-tls'));
      await ports.close();
      expect(await plain(unit, port, '/health')).toBe('ECONNREFUSED');
      await ports.set(unit, planOf('plaintext'));
      expect(await plain(unit, port, '/health')).toBe('ECONNREFUSED');
    });
  });
});
