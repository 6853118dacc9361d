/** A worker's program: a controller with one large model, kept apart so that its work does not count as ours. */
import { parentPort, workerData } from 'node:worker_threads';
import { estate } from './juju-estate.js';
import { jujuServer } from './juju-server.js';
import { largeAnswer, type AnswerSize } from './large-answer.js';
import type { ControllerCertificate } from './certificate.js';

const { certificate, size } = workerData as { certificate: ControllerCertificate; size: AnswerSize };
const answer = largeAnswer(size) as {
  applications: Record<string, { exposed: boolean }>;
  'controller-timestamp': string;
};
/** What is said of the last application changes when the test says so; the time at each look. */
let exposed = false;
let looks = 0;
parentPort?.on('message', () => {
  exposed = !exposed;
});

const server = await jujuServer(
  certificate,
  estate(({ call }) => {
    if (call !== 'Client.FullStatus') return undefined;
    looks += 1;
    answer['controller-timestamp'] = new Date(Date.UTC(2026, 10, 22, 4, 0, looks)).toISOString();
    Object.values(answer.applications).at(-1)!.exposed = exposed;
    return { response: answer };
  }),
);
parentPort?.postMessage(server.address);
