import { InputError } from '../../core/input-error.js';
import { addressText, type ListenAddress } from './host.js';

type Sentence = (how: string) => string;

/** Why it cannot be listened there, and what to do about it, by the code of the error. */
const sentences: Readonly<Record<string, Sentence>> = {
  EADDRINUSE: (how) =>
    `another program listens there already, perhaps another holdfast: end it, or choose another port (${how}; port 0 takes a free one)`,
  EACCES: (how) =>
    `this user may not use that port: choose one from 1024 on (${how}), or grant CAP_NET_BIND_SERVICE`,
  EPERM: (how) => `this user may not listen there: choose another port (${how})`,
  EADDRNOTAVAIL: (how) =>
    `this machine has no such address: choose one of its own, 127.0.0.1 for this machine alone, or 0.0.0.0 for all (${how})`,
  ENOTFOUND: (how) => `no such host: check its name, or write an address (${how})`,
  EAI_AGAIN: (how) => `its name cannot be looked up just now: write an address (${how})`,
  EAFNOSUPPORT: (how) => `this machine has no addresses of that kind: choose another one (${how})`,
};

/** `how`: what is to be written to choose another address, as in `--listen`. */
export function cannotListen({ host, port }: ListenAddress, how: string, cause: unknown): InputError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const why = sentences[code]?.(how) ?? `${message}: choose another address (${how})`;
  return new InputError(`cannot listen on ${addressText(host, port)}: ${why}`, { cause });
}
