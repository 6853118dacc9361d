/**
 * The commands that are run on units, run by a real shell on real files: they print what the same looks print of simulated
 * units, and never a password, whatever is in the files.
 */
import { afterAll, describe, expect, it, test } from '@jest/globals';
import type { Look, LookAnswer } from '../../src/core/ports/workload-reader.js';
import { canary } from '../../src/simulator/charms/disk.js';
import { answersIn } from '../../src/workload/collect/answers.js';
import { extract } from '../../src/workload/collect/extract/extract.js';
import { inquiries, inquiryFor, looksOf } from '../../src/workload/collect/inquiries.js';
import type { Inquiry } from '../../src/workload/collect/inquiry.js';
import { scriptOf } from '../../src/workload/collect/script.js';
import { printedBy } from '../../src/workload/collect/simulated-unit.js';
import { columns } from '../support/columns.js';
import { simulatedUnits, type SimulatedUnit } from '../support/simulated-units.js';
import { run } from '../support/unit-shell.js';

function inquiryOn({ charm, track, endpoints }: SimulatedUnit): Inquiry {
  const inquiry = inquiryFor({ name: charm, track, subordinateTo: [] }, endpoints);
  if (inquiry === undefined) throw new Error(`nothing is looked at on ${charm}`);
  return inquiry;
}

const units = simulatedUnits();
const table: string[][] = [];
afterAll(() => {
  const head = ['unit', 'files', 'with a password', 'looks', 'answered', 'bytes printed', 'password printed'];
  process.stdout.write(`\nthe commands of looks, run by a real shell\n${columns([head, ...table])}`);
});

describe('on a simulated unit', () => {
  test.each(units.map((unit) => [unit.name, unit] as const))(
    'of %s: the shell prints what is simulated',
    (name, unit) => {
      const looks = looksOf(inquiryOn(unit)).filter(({ kind }) => kind === 'keys' || kind === 'stat');
      const { status, stdout } = run(looks, unit.disk.files);
      const simulated = printedBy(unit.disk, scriptOf(looksOf(inquiryOn(unit))));
      const expected = answersIn(simulated?.stdout ?? '', looksOf(inquiryOn(unit)));
      const wanted = looksOf(inquiryOn(unit)).flatMap((look, index) =>
        looks.includes(look) ? [withoutOwners(expected[index])] : [],
      );
      expect(status).toBe(0);
      expect(answersIn(stdout, looks).map(withoutOwners)).toEqual(wanted);
      const kept = answersIn(stdout, looks).filter((answer) => 'text' in answer && answer.text !== '').length;
      const withPassword = unit.disk.files.filter(({ text }) => text.includes(canary)).length;
      const figures = [unit.disk.files.length, withPassword, looks.length, kept, stdout.length].map(String);
      table.push([name, ...figures, stdout.includes(canary) ? 'YES' : 'no']);
    },
  );

  test.each(units.map((unit) => [unit.name, unit] as const))(
    'of %s: no password is printed',
    (_name, unit) => {
      expect(unit.disk.files.some(({ text }) => text.includes(canary))).toBe(true);
      const { stdout, stderr } = run(looksOf(inquiryOn(unit)), unit.disk.files);
      expect([stdout.includes(canary), stderr.includes(canary)]).toEqual([false, false]);
      expect(printedBy(unit.disk, scriptOf(looksOf(inquiryOn(unit))))?.stdout).not.toContain(canary);
    },
  );

  it('is one of every product that is looked into', () => {
    const seen = new Set(units.map((unit) => inquiryOn(unit).id));
    expect(inquiries.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual(['kafka 4 on machines']);
  });
});

/** Files of a test belong to who runs it. */
function withoutOwners(answer: LookAnswer | undefined): unknown {
  return answer === undefined || !('text' in answer)
    ? answer
    : { text: answer.text.replace(/^(\d+) \S+ \S+ \//gm, '$1 /') };
}

const file = '/etc/kafka/x';
const keys = (format: 'properties' | 'ini' | 'yaml', ...wanted: readonly string[]): Look => ({
  kind: 'keys',
  paths: [file],
  format,
  keys: wanted,
});

/** Spellings that have let passwords out of other programs. `odd`: the unit says that it cannot tell. */
const spellings: readonly (readonly [string, Look, string, string])[] = [
  [
    'a value that goes on in the next line',
    keys('properties', 'listeners'),
    `password=a\\\n  listeners=${canary}\nlisteners=b\n`,
    'listeners=b\n',
  ],
  [
    'a comment that ends in a backslash',
    keys('properties', 'listeners'),
    `# x \\\nlisteners=b\n`,
    'listeners=b\n',
  ],
  ['a key written with escapes', keys('properties', 'listeners'), `listener\\u0073=${canary}\n`, '#!odd\n'],
  ['a key parted by a blank or a colon', keys('properties', 'a', 'b'), 'a 1\nb:2\nc=3\n', 'a 1\nb:2\n'],
  [
    'a wildcard that stands for one word',
    keys('properties', 'log4j.appender.*'),
    `log4j.appender.x=A\nlog4j.appender.x.Password=${canary}\n`,
    'log4j.appender.x=A\n',
  ],
  [
    'a section of another name',
    keys('ini', 'pgbouncer/auth_type'),
    `[databases]\nauth_type = ${canary}\n[pgbouncer]\n;auth_type = ${canary}\nauth_type = md5\n`,
    'pgbouncer/auth_type\tmd5\n',
  ],
  ['an included file', keys('ini', 'pgbouncer/auth_type'), '[pgbouncer]\n%include /x\n', '#!odd\n'],
  [
    'a block of text that looks like keys',
    keys('yaml', 'a/b'),
    `a:\n  password: |\n    b: ${canary}\n  b: 1\n`,
    'a/b\t1\n',
  ],
  ['a quoted text over several lines', keys('yaml', 'b'), `password: "x\nb: ${canary}\n"\nb: 1\n`, 'b\t1\n'],
  [
    'a mapping in flow style beside',
    keys('yaml', 'a/b'),
    `x: {password: ${canary}}\na:\n  b: 1\n`,
    'a/b\t1\n',
  ],
  [
    'a mapping in flow style over several lines',
    keys('yaml', 'b'),
    `x: {password: 1,\nb: ${canary}\n}\nb: 1\n`,
    'b\t1\n',
  ],
  [
    'a mapping in flow style where something is asked for',
    keys('yaml', 'a/b'),
    `a: {b: ${canary}}\n`,
    '#!odd\n',
  ],
  ['an anchor where something is asked for', keys('yaml', 'a/b'), `a: &x\n  b: 1\n`, '#!odd\na/b\t1\n'],
  ['only that something is set', keys('yaml', 'a?'), `a: ${canary}\n`, 'a\tset\n'],
  [
    'rules of pg_hba without their options',
    keys('yaml', 'p/pg_hba/-'),
    `p:\n  pg_hba:\n  - host all all 0.0.0.0/0 ldap ldapserver=x ldapbindpasswd="${canary} ${canary}"\n  - local all all peer map=x\n`,
    'p/pg_hba/0\thost all all 0.0.0.0/0 ldap\np/pg_hba/1\tlocal all all peer\n',
  ],
  [
    'the kind of a command only',
    keys('yaml', 'p/archive_command'),
    `p:\n  archive_command: s3 --secret ${canary} %p\n`,
    'p/archive_command\tother\n',
  ],
  [
    'of OAuth what is checked, and no secret',
    keys('properties', 'a'),
    `listener.name.c.oauthbearer.sasl.jaas.config=x oauth.client.secret="${canary}" oauth.check.audience="true" oauth.jwks.endpoint.uri="http://u:${canary}@h/";\n`,
    'listener.name.c.oauthbearer.sasl.jaas.config= oauth.check.audience=true oauth.jwks.endpoint.uri=http\n',
  ],
  ['the first document only', keys('yaml', 'a'), `---\na: 1\n---\na: ${canary}\n`, 'a\t1\n'],
  [
    'lists of blocks, by number',
    keys('yaml', 'l/-/name', 'l/-/r/-/ref'),
    `l:\n- name: x\n  password: ${canary}\n  r:\n  - ref: y\n- name: z\n`,
    'l/0/name\tx\nl/0/r/0/ref\ty\nl/1/name\tz\n',
  ],
];

describe('what the shell takes from files', () => {
  test.each(spellings)('%s', (_name, look, text, expected) => {
    const { stdout } = run([look], [{ path: file, text }]);
    expect(answersIn(stdout, [look])).toEqual([{ text: expected }]);
    expect(stdout).not.toContain(canary);
  });

  test.each(
    spellings.filter(
      ([name, , , expected]) => !expected.includes('#!odd') && !name.endsWith('over several lines'),
    ),
  )('%s: the same as from a recording', (_name, look, text, expected) => {
    if (look.kind !== 'keys') throw new Error('these are keys of files');
    expect(extract(look.format, text, look.keys).replace(/'/g, '')).toBe(expected);
  });

  it('says of a file whether it is there, may be read, and is too long', () => {
    const look = keys('properties', 'a');
    const long = `a=${'x'.repeat(70_000)}\n`;
    const said = [run([look], []), run([look], [{ path: file, text: long }])].map(
      ({ stdout }) => answersIn(stdout, [look])[0],
    );
    expect(said).toEqual([
      { missing: 'there is no /etc/kafka/x on the unit' },
      { missing: '/etc/kafka/x is longer than what is read' },
    ]);
  });
});

describe('programs', () => {
  const program = (name: string): Look => ({ kind: 'program', program: name });
  const answer = (name: string, programs: Readonly<Record<string, string>>): LookAnswer | undefined =>
    answersIn(run([program(name)], [], { programs }).stdout, [program(name)])[0];

  it('tell of Ubuntu Pro who is attached, and nothing of the account', () => {
    const pro = `#!/bin/sh\necho '{"attached":true,"account":{"name":"${canary}"},"services":[{"name":"esm-apps","status":"enabled","available":"yes"}]}'\n`;
    expect(answer('pro-status', { pro })).toEqual({
      text: '{"attached": true, "services": [{"name": "esm-apps", "status": "enabled"}]}\n',
    });
  });

  it('tell how many updates wait', () => {
    const pro = `#!/bin/sh\necho '{"summary":{"num_esm_apps_updates":2,"num_esm_infra_updates":0,"num_standard_security_updates":1,"num_installed_packages":900,"reboot_required":"no"},"packages":[{"origin":"https://${canary}@esm"}]}'\n`;
    const told = answer('pro-updates', { pro });
    expect(JSON.parse(told !== undefined && 'text' in told ? told.text : '{}')).toEqual({
      summary: {
        num_esm_apps_updates: 2,
        num_esm_infra_updates: 0,
        num_standard_security_updates: 1,
        reboot_required: 'no',
      },
    });
  });

  it('that are not there say so', () => {
    expect(answer('snap charmed-etcd', {})).toEqual({ missing: 'snap charmed-etcd failed on the unit' });
  });

  it('are asked within the workload where that has a container of its own', () => {
    const look: Look = { kind: 'keys', paths: [file], format: 'properties', keys: ['a'], container: 'kafka' };
    const outside = run([look], [{ path: file, text: 'a=1\n' }]);
    expect(answersIn(outside.stdout, [look])).toEqual([{ text: 'a=1\n' }]);
  });
});

describe('certificates', () => {
  it('are printed without the key that lies in the same file', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';
    const look: Look = { kind: 'certificates', paths: [file, '/etc/kafka/gone.pem'] };
    const { stdout } = run(
      [look],
      [{ path: file, text: `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n${pem}` }],
    );
    expect(answersIn(stdout, [look])).toEqual([{ text: `#${file}\n${pem}` }]);
  });
});
