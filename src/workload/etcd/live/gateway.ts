/** etcd's JSON gateway, asked where a version has no call for it. */
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { EtcdCredentials, EtcdEndpoint } from './connection.js';
import type { GrpcLimits } from './grpc.js';

const longest = 4096;

/** The status and the beginning of the answer; undefined where none came. */
export interface GatewayAnswer {
  readonly status: number;
  readonly text: string;
}

/** Counts the keys of a range that holds none: shows nothing, changes nothing, and needs a user where users are asked for. */
export function countNothing(
  { secure, host, port }: EtcdEndpoint,
  credentials: EtcdCredentials,
  limits: GrpcLimits,
): Promise<GatewayAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<GatewayAnswer | undefined>();
  const body = JSON.stringify({ key: 'AA==', count_only: true });
  const request = (secure ? secureRequest : plainRequest)({
    host,
    port,
    method: 'POST',
    path: '/v3/kv/range',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    agent: false,
    ...(secure ? { ...credentials, rejectUnauthorized: false } : {}),
  });
  const cancel = limits.clock.after(limits.deadlineMs, () => request.destroy(new Error('no answer in time')));
  request.once('error', () => {
    resolve(undefined);
  });
  request.once('response', (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text = `${text}${chunk}`.slice(0, longest);
    });
    response.once('close', () => {
      resolve({ status: response.statusCode ?? 0, text });
    });
  });
  request.end(body);
  return promise.finally(() => {
    cancel();
    request.destroy();
  });
}
