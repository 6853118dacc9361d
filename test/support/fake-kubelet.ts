/**
 * What a kubelet does at `exec`, on a real socket: it takes a WebSocket of v4.channel.k8s.io, as the API server hands it on,
 * and runs the command on this machine, where the paths of a unit lie below a folder.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface KubeletAsked {
  readonly path: string;
  readonly command: readonly string[];
  readonly authorization: string | undefined;
}

/** What it does instead: says nothing, drops the connection, says what is no Status, or never stops printing. */
export type KubeletFault =
  'mute' | 'drop' | 'garbage' | 'flood' | { readonly status: number; readonly body: object };

export interface FakeKubelet {
  readonly port: number;
  readonly asked: KubeletAsked[];
  fault: KubeletFault | undefined;
  close(): Promise<void>;
}

interface Options {
  readonly cert: string;
  readonly key: string;
  /** The folder below which the files of the unit lie. */
  readonly root: string;
}

const protocol = 'v4.channel.k8s.io';

export async function fakeKubelet({ cert, key, root }: Options): Promise<FakeKubelet> {
  const asked: KubeletAsked[] = [];
  const kubelet: { fault: KubeletFault | undefined } = { fault: undefined };
  const server = createServer({ cert, key });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'https://kubelet');
    const { authorization } = request.headers;
    asked.push({ path: url.pathname, command: url.searchParams.getAll('command'), authorization });
    const { fault } = kubelet;
    if (typeof fault === 'object') {
      const body = JSON.stringify(fault.body);
      socket.end(
        `HTTP/1.1 ${fault.status} No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      answer(opened, url.searchParams.getAll('command'), { root, fault });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    get fault() {
      return kubelet.fault;
    },
    set fault(fault) {
      kubelet.fault = fault;
    },
    close: async () => {
      for (const one of sockets.clients) one.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(
  socket: WebSocket,
  [file = '', ...args]: readonly string[],
  { root, fault }: { readonly root: string; readonly fault: KubeletFault | undefined },
): void {
  socket.on('error', () => undefined);
  if (fault === 'mute') return;
  if (fault === 'drop') {
    socket.terminate();
    return;
  }
  const tell = (channel: number, text: string | Buffer): void => {
    socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
  };
  if (fault === 'garbage') tell(3, 'no status');
  else if (fault === 'flood') for (let n = 0; n < 40; n += 1) tell(1, Buffer.alloc(65_536, 'x'));
  else
    run(
      file,
      args.map((arg) => below(root, arg)),
      tell,
    );
}

function below(root: string, text: string): string {
  return text
    .replaceAll("'/var/", `'${root}/var/`)
    .replaceAll("'/etc/", `'${root}/etc/`)
    .replaceAll('/charm/', `${root}/charm/`);
}

function run(
  file: string,
  args: readonly string[],
  tell: (channel: number, text: string | Buffer) => void,
): void {
  // The API server opens every stream with an empty message, and so does a kubelet.
  tell(1, '');
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', (chunk: Buffer) => {
    tell(1, chunk);
  });
  child.once('close', (code) => {
    const causes = [{ reason: 'ExitCode', message: String(code) }];
    const status =
      code === 0
        ? { status: 'Success' }
        : { status: 'Failure', reason: 'NonZeroExitCode', message: 'ended', details: { causes } };
    tell(3, JSON.stringify({ metadata: {}, ...status }));
  });
}
