import type { Heard, Speech } from './speech.js';

const correlation = 0x686f6c64;
const clientId = 'holdfast';
/** Size, correlation and error code. */
const headLength = 10;
/** Longer than any list of API versions. */
const longestAnswer = 65_536;

/**
 * ApiVersions, version 0 (Kafka protocol guide, "ApiVersions API"): the one request that a broker answers before
 * authentication, as clients begin with it.
 */
export const kafkaSpeech: Speech = { request: apiVersions, hear };

function apiVersions(): Uint8Array {
  const request = Buffer.alloc(14 + clientId.length);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(18, 4);
  request.writeInt16BE(0, 6);
  request.writeInt32BE(correlation, 8);
  request.writeInt16BE(clientId.length, 12);
  request.write(clientId, 14, 'ascii');
  return request;
}

function hear(received: Buffer, ended: boolean): Heard | undefined {
  if (received.length < headLength) return ended ? 'other' : undefined;
  const size = received.readInt32BE(0);
  const isAnswer = size >= headLength - 4 && size <= longestAnswer && received.readInt32BE(4) === correlation;
  return isAnswer ? 'answered' : 'other';
}
