/** The readers of what etcd is started with, and of certificates: whatever they are given, they answer or say why not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/core/input-error.js';
import { etcdArguments } from '../../src/workload/etcd/command-line.js';
import { readVariables } from '../../src/workload/etcd/environment.js';
import { decodeProto } from '../../src/workload/etcd/live/protobuf.js';
import { options, variableOf } from '../../src/workload/etcd/options.js';
import { readEtcdConfiguration } from '../../src/workload/etcd/read-configuration.js';
import { CertificateError, readCertificates } from '../../src/workload/x509/read-certificates.js';
import { testCa } from '../support/etcd-pki.js';

const corpus = readFileSync('test/fixtures/etcd/corpus.txt', 'utf8').split('\n=====\n');
/** Tries of one property. */
const tries = 2000;
/** Milliseconds of the processor for one text of the largest size, however busy the machine is. */
const longest = 60_000;

/** A text of the corpus with some of it changed: what a person or an enemy might make of it. */
const mutated = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 }),
  )
  .map(([text, changes]) =>
    changes.reduce((so, [at, cut, put]) => {
      const place = so.length === 0 ? 0 : at % so.length;
      return so.slice(0, place) + put + so.slice(place + cut);
    }, text),
  );

const yamlish = fc
  .array(
    fc.constantFrom(
      ...'&a *a <<: - ? : [ ] { } , | > " \' # % @ ! !!binary --- ... \t'.split(' '),
      '\n',
      '  ',
      'auto-tls',
      'true',
      'client-transport-security',
      '0x1',
      '1e3',
      '~',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(' '));

/** Undefined where the text is no source, which the reader says by its own error; any other error is a fault. */
function answer<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError && error.message !== '') return undefined;
    throw error;
  }
}

function spent(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

const readFile = (text: string) => readEtcdConfiguration({ file: { name: 'f', text } });

describe('a configuration file', () => {
  test.each<[string, fc.Arbitrary<string>]>([
    ['of any text', fc.string({ unit: 'binary', maxLength: 200 })],
    ['that is nearly a real one', mutated],
    ['of parts of YAML', yamlish],
    ['of JSON', fc.json()],
  ])('%s is answered, or refused with a sentence', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const read = answer(() => readFile(text));
        if (read === undefined) return;
        expect(read.ruledBy).toBe('file');
        expect(read.ignored.length).toBeLessThanOrEqual(20);
        for (const { origin } of Object.values(read.settings)) expect(origin).toBe('file');
      }),
      { numRuns: tries },
    );
  });

  test.each<[string, string]>([
    ['brackets', '['.repeat(32_000)],
    ['braces', '{a: '.repeat(8000)],
    ['nested lists on a line', '- '.repeat(16_000)],
    ['nested questions', '? '.repeat(16_000)],
    ['deep blocks', Array.from({ length: 500 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    [
      'aliases of aliases',
      Array.from({ length: 40 }, (_, n) => `k${n}: &k${n} [${`*k${n - 1},`.repeat(n === 0 ? 0 : 9)}]`).join(
        '\n',
      ),
    ],
    ['many keys', Array.from({ length: 2500 }, (_, n) => `key${n}: 1`).join('\n')],
    ['one key many times', 'name: x\n'.repeat(4000)],
    ['many anchors', Array.from({ length: 2200 }, (_, n) => `- &a${n} x`).join('\n')],
    ['quotes without end', '"'.repeat(32_000)],
    ['a long line', `name: ${'x'.repeat(32_000)}`],
    ['many documents', '---\n'.repeat(8000)],
    ['exclamation marks', '!'.repeat(32_000)],
    ['percent signs', '%a\n'.repeat(10_500)],
  ])('made of %s takes no time', (_, text) => {
    const begun = process.cpuUsage();
    answer(() => readFile(text));
    expect(spent(begun)).toBeLessThan(longest);
  });
});

describe('flags and environment', () => {
  const flag = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc
      .tuple(
        fc.constantFrom('-', '--', '---', ''),
        fc.constantFrom(...options.keys(), 'x'),
        fc.constantFrom('', '=', '=true', '=T', '=yes', '=1', '=http://a:1', ' b'),
      )
      .map((parts) => parts.join('')),
  );

  it('as a line are parted and answered, or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 12 }), (words) => {
        const args = answer(() => etcdArguments(words.join(' ')));
        if (args !== undefined)
          expect(readEtcdConfiguration({ flags: args }).ruledBy).toBe('flags and environment');
      }),
      { numRuns: tries },
    );
  });

  it('of a boolean mean what Go makes of it, by whichever way they come', () => {
    const values = fc.oneof(
      fc.constantFrom('1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'),
      fc.string({ maxLength: 5 }),
    );
    const go: Readonly<Record<string, string>> = {
      1: 'true',
      t: 'true',
      T: 'true',
      TRUE: 'true',
      true: 'true',
      True: 'true',
      0: 'false',
      f: 'false',
      F: 'false',
      FALSE: 'false',
      false: 'false',
      False: 'false',
    };
    fc.assert(
      fc.property(values, (value) => {
        const wanted = Object.hasOwn(go, value) ? go[value] : undefined;
        const byFlag = readEtcdConfiguration({ flags: [`--auto-tls=${value}`] });
        const byVariable = readEtcdConfiguration({ variables: new Map([['ETCD_AUTO_TLS', value]]) });
        expect(byFlag.settings['auto-tls']?.value).toBe(wanted);
        expect(byVariable.settings['auto-tls']?.value).toBe(wanted);
        expect(byFlag.refusal === undefined).toBe(wanted !== undefined);
        expect(byVariable.refusal === undefined).toBe(wanted !== undefined || value === '');
      }),
      { numRuns: tries },
    );
  });

  it('of one option in both stop etcd, and of none are lost elsewhere', () => {
    const names = [...options].filter(([, { kind }]) => kind === 'text').map(([name]) => name);
    const some = fc.uniqueArray(
      fc.constantFrom(...names.filter((name) => !name.includes('client-cert-file'))),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, some, (flags, variables) => {
        const read = readEtcdConfiguration({
          flags: flags.map((name) => `--${name}=x`),
          variables: new Map(variables.map((name) => [variableOf(name), 'x'])),
        });
        if (flags.some((name) => variables.includes(name)))
          expect(read.refusal).toMatch(/set the same option/);
        else
          for (const name of ['name', 'data-dir'])
            expect(read.settings[name] !== undefined).toBe(flags.includes(name) || variables.includes(name));
      }),
      { numRuns: tries },
    );
  });

  test.each<[string, fc.Arbitrary<string>]>([
    ['any text', fc.string({ unit: 'binary', maxLength: 200 })],
    [
      'lines of variables',
      fc
        .array(
          fc
            .tuple(
              fc.constantFrom('ETCD_NAME', 'ETCD_AUTO_TLS', 'X', ' #', ''),
              fc.constantFrom('=', ' = ', ''),
              fc.string({ maxLength: 9 }),
            )
            .map((parts) => parts.join('')),
        )
        .map((lines) => lines.join('\n')),
    ],
  ])('of %s are read, or refused with a sentence', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const variables = answer(() => readVariables(text));
        for (const name of variables?.keys() ?? []) expect(name).toMatch(/^ETCD_/);
      }),
      { numRuns: tries },
    );
  });

  test.each<[string, string]>([
    ['backslashes', '\\'.repeat(260_000)],
    ['quotes', "'".repeat(260_001)],
    ['blanks', ' '.repeat(260_000)],
    ['an open quote after much', `${'x '.repeat(2000)}"${'\\"'.repeat(100_000)}`],
    ['dashes', '-'.repeat(260_000)],
    ['equal signs', `--name${'='.repeat(260_000)}`],
  ])('made of %s take no time', (_, text) => {
    const begun = process.cpuUsage();
    answer(() => readEtcdConfiguration({ flags: etcdArguments(text) }));
    answer(() => readVariables(text));
    expect(spent(begun)).toBeLessThan(longest);
  });
});

describe('certificates', () => {
  it('of any text are read, or refused with a sentence', async () => {
    const { pem } = await testCa('fuzzed');
    const broken = fc
      .tuple(fc.nat(pem.length), fc.string({ unit: 'binary', maxLength: 4 }), fc.nat(4))
      .map(([at, put, cut]) => pem.slice(0, at) + put + pem.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(broken, fc.string({ unit: 'binary' })), (text) => {
        try {
          for (const { fingerprint } of readCertificates(text)) expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(CertificateError);
        }
      }),
      { numRuns: tries },
    );
  });
});

describe('an answer of etcd', () => {
  it('of any bytes is decoded, or is none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const message = decodeProto(Buffer.from(bytes));
        if (message !== undefined)
          expect([...message.values()].flat().length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: tries },
    );
  });
});
