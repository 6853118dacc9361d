import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../../test/support/certificate.js';
import { fakeKubelet, type FakeKubelet, type KubeletFault } from '../../../test/support/fake-kubelet.js';
import { realClock } from '../../../test/support/real-clock.js';
import type { PodExec } from '../../core/ports/kube.js';
import { podExec } from './pod-exec.js';

const secret = 'eyJhbGciOi.token.secret';
const place = { namespace: 'data', pod: 'kafka-0', container: 'charm' };
let certificate: ControllerCertificate;
let other: ControllerCertificate;
let server: FakeKubelet;
let root: string;

beforeAll(async () => {
  certificate = await controllerCertificate(['localhost']);
  other = await controllerCertificate(['localhost']);
  root = mkdtempSync(join(tmpdir(), 'holdfast-exec-'));
  server = await fakeKubelet({ ...certificate, root });
});

beforeEach(() => {
  server.fault = undefined;
  server.asked.splice(0);
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

function exec(ca = certificate.caCert, deadlineMs = 60_000): PodExec {
  const access = {
    name: 'lab',
    server: new URL(`https://localhost:${server.port}/k8s`),
    ca: { text: ca },
    token: { text: secret },
  };
  return podExec({
    access: () => Promise.resolve(access),
    clock: realClock(),
    userAgent: 'holdfast/test',
    deadlineMs,
  });
}

describe('a command in a container', () => {
  it('is told as words, and what it prints comes back', async () => {
    const command = ['/bin/bash', '-c', 'printf "%s\\n" "$1" ü; echo no >&2', 'x', 'a b;&?'];
    expect(await exec().run(place, command)).toEqual({ stdout: 'a b;&?\nü\n' });
    expect(server.asked).toEqual([
      {
        path: '/k8s/api/v1/namespaces/data/pods/kafka-0/exec',
        command,
        authorization: `Bearer ${secret}`,
      },
    ]);
  });

  it('has printed what it has printed, whatever its exit code', async () => {
    expect(await exec().run(place, ['/bin/bash', '-c', 'echo some; exit 3'])).toEqual({ stdout: 'some\n' });
  });

  it('may print in many pieces', async () => {
    const answer = await exec().run(place, ['/bin/bash', '-c', 'head -c 900000 /dev/zero']);
    expect('stdout' in answer && answer.stdout.length).toBe(900_000);
  });

  const forbidden = {
    kind: 'Status',
    code: 403,
    reason: 'Forbidden',
    message: 'pods "kafka-0" is forbidden',
  };
  test.each<[string, KubeletFault, object]>([
    [
      'that may not be run names the right',
      { status: 403, body: forbidden },
      {
        missing: 'pods "kafka-0" is forbidden',
        permission:
          "get and create on pods/exec in the namespace data, for Holdfast's account on the cluster",
      },
    ],
    [
      'in a pod that is not there',
      { status: 404, body: { kind: 'Status', code: 404, message: 'pods "kafka-0" not found' } },
      { missing: 'pods "kafka-0" not found' },
    ],
    ['to which nobody answers', 'mute', { missing: 'no answer in time' }],
    ['whose connection breaks', 'drop', { missing: 'the connection ended before the command' }],
    ['that ends with nonsense', 'garbage', { missing: 'the last word is no JSON' }],
    ['that prints without end', 'flood', { missing: 'it prints more than is read' }],
  ])('%s', async (_, fault, expected) => {
    server.fault = fault;
    const deadlineMs = fault === 'mute' ? 200 : 60_000;
    expect(await exec(certificate.caCert, deadlineMs).run(place, ['true'])).toEqual(expected);
  });

  it('is not told to a server of another CA', async () => {
    const answer = await exec(other.caCert).run(place, ['true']);
    expect(answer).toEqual({ missing: expect.stringMatching(/certificate|signature/) });
    expect(server.asked).toEqual([]);
  });

  it.each(['../kube-system', 'Kafka', 'a/b', ''])('is run in no pod named %j', async (pod) => {
    expect(await exec().run({ ...place, pod }, ['true'])).toEqual({ missing: 'No pod has such a name.' });
    expect(server.asked).toEqual([]);
  });

  it('is broken off with the signal', async () => {
    server.fault = 'mute';
    const stop = new AbortController();
    const answer = exec().run(place, ['true'], stop.signal);
    setTimeout(() => {
      stop.abort(new Error('stopping'));
    }, 100);
    await expect(answer).rejects.toThrow('stopping');
  });
});
