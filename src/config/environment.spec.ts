import { describe, expect, it, test } from '@jest/globals';
import { InputError } from '../core/input-error.js';
import { parseListen, readEnvironment } from './environment.js';

describe('readEnvironment', () => {
  it('puts state and cache where XDG says', () => {
    const { stateDir, cacheDir } = readEnvironment({ XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c' });
    expect([stateDir, cacheDir]).toEqual(['/s/holdfast', '/c/holdfast']);
  });

  it('prefers HOLDFAST_STATE_DIR as it is', () => {
    expect(readEnvironment({ XDG_STATE_HOME: '/s', HOLDFAST_STATE_DIR: '/mine' }).stateDir).toBe('/mine');
  });

  it('takes an empty variable for an absent one', () => {
    expect(readEnvironment({ HOLDFAST_POLICY: '', HOLDFAST_LISTEN: ' ' })).toEqual(readEnvironment({}));
  });

  it('listens on the loopback unless told otherwise', () => {
    expect(readEnvironment({}).listen).toEqual({ host: '127.0.0.1', port: 8420 });
  });

  test.each([
    ['NO_COLOR forbids colours', { NO_COLOR: '1' }, false],
    ['a dumb terminal shows none', { TERM: 'dumb' }, false],
    ['otherwise they may be used', { TERM: 'xterm' }, true],
  ])('%s', (_name, variables, mayColor) => {
    expect(readEnvironment(variables).mayColor).toBe(mayColor);
  });

  it('names a level that is none, and those that there are', () => {
    expect(() => readEnvironment({ HOLDFAST_LOG_LEVEL: 'loud' })).toThrow(
      /HOLDFAST_LOG_LEVEL: "loud".*debug/,
    );
  });
});

describe('parseListen', () => {
  test.each([
    ['a host and a port', '0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
    ['an IPv6 address in brackets', '[::1]:0', { host: '::1', port: 0 }],
    ['a port alone', '9000', { host: '127.0.0.1', port: 9000 }],
    ['a colon and a port', ':9000', { host: '127.0.0.1', port: 9000 }],
  ])('understands %s', (_name, text, listen) => {
    expect(parseListen(text, '--listen')).toEqual(listen);
  });

  test.each(['', 'localhost', '1.2.3.4:99999', '::1:80', 'a b:80'])(
    'refuses %j, naming where it came from',
    (text) => {
      expect(() => parseListen(text, '--listen')).toThrow(InputError);
      expect(() => parseListen(text, '--listen')).toThrow(/--listen/);
    },
  );
});
