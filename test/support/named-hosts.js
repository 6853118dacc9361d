/** Loaded into a process by `--import`: names are looked up in the file HOSTS (lines `name address`), as a DNS would. */
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { setImmediate } from 'node:timers';

const { lookup } = dns;

dns.lookup = (name, options, callback) => {
  if (isIP(name) !== 0) return lookup(name, options, callback);
  const told = typeof options === 'function' ? options : callback;
  const wanted = typeof options === 'object' ? options : {};
  const line = readFileSync(process.env.HOSTS ?? '', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name} `));
  setImmediate(() => {
    const address = line?.split(' ')[1];
    if (address === undefined)
      told(Object.assign(new Error(`getaddrinfo EAI_AGAIN ${name}`), { code: 'EAI_AGAIN' }));
    else if (wanted.all) told(null, [{ address, family: isIP(address) }]);
    else told(null, address, isIP(address));
  });
};
