import WebSocket from 'ws';
import type { Clock } from '../../core/ports/index.js';
import type { RpcReply } from '../api/session.js';
import { CliError } from './cli-error.js';
import type { Dial, Transport } from './connection.js';

const retryMs = 2000;
const giveUpMs = 600_000;

/** Dials by WebSocket. A refused port is tried again every 2 s for 10 minutes, in silence (Juju facts 9.1). */
export function webSocketDial(clock: Clock): Dial {
  return async (controller, path) => {
    const end = clock.now() + giveUpMs;
    for (;;) {
      for (const address of controller.addresses) {
        const opened = await open(`wss://${address}${path}`, controller.caCert);
        if (typeof opened !== 'string') return opened;
        if (opened === 'ENOTFOUND') throw unresolved(address);
        if (isCertificateTrouble(opened)) {
          throw new CliError(
            'unable to connect to API: tls: failed to verify certificate: x509: certificate signed by unknown authority',
          );
        }
      }
      if (clock.now() + retryMs > end) throw new CliError('unable to connect to API: connection refused');
      await clock.sleep(retryMs);
    }
  };
}

/** A transport, or why there is none. */
function open(url: string, ca: string): Promise<Transport | string> {
  return new Promise((resolve) => {
    const options: WebSocket.ClientOptions & { servername: string } = { ca, servername: 'juju-apiserver' };
    const socket = new WebSocket(url, options);
    const waiting = new Map<number, (reply: RpcReply) => void>();
    socket.on('error', (error) => {
      resolve('code' in error ? String(error.code) : error.message);
    });
    socket.on('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString('utf8')) as RpcReply;
      waiting.get(reply['request-id'])?.(reply);
    });
    socket.on('open', () => {
      resolve({
        request: (request) =>
          new Promise((answered) => {
            waiting.set(request['request-id'], answered);
            socket.send(JSON.stringify(request));
          }),
        close: () => {
          socket.close();
        },
      });
    });
  });
}

function unresolved(address: string): CliError {
  const host = address.slice(0, address.lastIndexOf(':'));
  return new CliError(`cannot resolve "${host}": lookup ${host}: no such host`);
}

function isCertificateTrouble(reason: string): boolean {
  return /SELF_SIGNED|UNABLE_TO_VERIFY|CERT_|ISSUER/.test(reason);
}
