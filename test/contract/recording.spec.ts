/** The estate of real Juju, bare and hardened, by its recorded answers, against what a person expects of it by hand. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, test } from '@jest/globals';
import { stringify } from 'yaml';
import { evaluate } from '../../src/core/evaluate/index.js';
import type { Finding } from '../../src/core/finding.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import type { Report } from '../../src/core/report/types.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { guides } from '../../src/guides/index.js';
import { readRecordingWithInside } from '../../src/main/recorded-inside.js';
import { roads } from '../../src/main/roads.js';
import { runCli } from '../support/cli.js';
import { knowledge } from '../support/judge.js';

const captures = fileURLToPath(new URL('../fixtures/captures/real/', import.meta.url));

/** The policy that the expectations hold for. */
const params: Policy['rules'][number]['params'] = {
  superusers: ['admin', 'alice'],
  levels: { bob: 'admin', carol: 'read' },
  declared: { pgbouncer: ['10.20.0.0/16', '192.168.50.0/24'] },
  sshAllow: ['10.77.0.0/24'],
  saasIngressAllow: ['10.77.0.0/24'],
  allowed: ['postgresql-k8s'],
};
const policy: Policy = {
  ...observeOnly,
  rules: [
    { match: { control: 'JUJU-*' }, params },
    { match: { application: 'pgbouncer' }, params: { cidrs: ['10.20.0.0/16', '192.168.50.0/24'] } },
  ],
};

type Expected = readonly [control: string, subject: string, accepted: readonly string[]];

const expectations = JSON.parse(readFileSync(`${captures}expectations.json`, 'utf8')) as Readonly<
  Record<string, { readonly findings: readonly Expected[] }>
>;
function judged(snapshot: Snapshot): readonly Finding[] {
  return evaluate(guides, snapshot, { policy, knowledge }, Date.parse(snapshot.takenAt));
}

/** Judgements of one control on an application, the controller or a model; also of an application that it names. */
function on(findings: readonly Finding[], [id, subject]: Expected): readonly Finding['judgement'][] {
  return findings
    .filter(({ control, target }) => control.id === id && nameOf(target) === subject)
    .map(({ judgement }) => judgement);
}

function nameOf({ application, model }: Finding['target']): string {
  return application ?? model ?? 'controller';
}

/** Rows of the expectations that a snapshot does not fulfil: `CONTROL subject: outcome`. */
function differences(state: string, snapshot: Snapshot): readonly string[] {
  const findings = judged(snapshot);
  return expectations[state]!.findings.flatMap((expected) => {
    const [id, subject, accepted] = expected;
    const found = on(findings, expected);
    if (found.length > 0 && found.every(({ outcome }) => accepted.includes(outcome))) return [];
    const said = found.map(({ outcome }) => outcome).join(', ') || 'not judged';
    return [`${id} ${subject}: ${said}`];
  });
}

/** What `audit --recording` says under the policy: `CONTROL subject outcome Reason`, each once. */
async function audited(state: string, takenAt: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-recording-'));
  try {
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, stringify({ kind: 'Policy', version: 'v1', rules: policy.rules }));
    const argv = ['audit', '--recording', captures + state, '--policy', file, '--format', 'json', '--all'];
    const services = { guides: () => Promise.resolve(guides), roads, now: () => Date.parse(takenAt) };
    const { out, err } = await runCli(argv, { services });
    if (out === '') throw new Error(err);
    const { findings } = JSON.parse(out) as Report;
    return [
      ...new Set(
        findings.map(({ control, target, outcome, reason }) =>
          [control, nameOf(target), outcome, reason].join(' '),
        ),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const elsewhere = 'said of etcd instead, of which the roles are asked: not-applicable, as this row accepts';
const notAsked = (name: string): string =>
  `the recording lacks the answer to juju run ${name}/leader list-backups; that it lists none, only a person knew`;

/** Where we do not say what a person says, and why. */
const explained: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1-bare': { 'ETCD-AUTHZ-02 data-integrator: not judged': elsewhere },
  '3-hardened': {
    'ETCD-AUTHZ-02 data-integrator: not judged': elsewhere,
    'PG-BKP-01 pg14: unknown': notAsked('pg14'),
    'PG-BKP-01 pg16: unknown': notAsked('pg16'),
  },
};

const printed: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${printed.join('\n')}\n`);
});

describe.each(['1-bare', '3-hardened'])('the recording %s', (state) => {
  it('is judged as a person judges it, with what was recorded from inside the units', async () => {
    const found = differences(state, await readRecordingWithInside(captures + state));
    const { length } = expectations[state]!.findings;
    printed.push(
      `${state}: ${length - found.length} of ${length} as expected by hand, ${found.length} explained`,
      ...found.map((row) => `  ${row} (${explained[state]?.[row] ?? 'not explained'})`),
    );
    expect(found).toEqual(Object.keys(explained[state]!));
  });

  it('is told the same by the command line', async () => {
    const snapshot = await readRecordingWithInside(captures + state);
    const told = judged(snapshot).map(({ control, target, judgement: { outcome, reason } }) =>
      [control.id, nameOf(target), outcome, reason].join(' '),
    );
    expect([...(await audited(state, snapshot.takenAt))].sort()).toEqual([...new Set(told)].sort());
  });

  it('lacks just the answers that are named where it has not seen', () => {
    const asked = readdirSync(`${captures}${state}/cli`).filter((name) =>
      name.startsWith('run-list-backups'),
    );
    expect(asked.map((name) => /-(\w+)\.json$/.exec(name)?.[1]).sort()).toEqual([
      'etcd',
      'postgresql',
      'zookeeper',
    ]);
  });

  it('contradicts nobody: where it does not agree, it says that it has not seen', async () => {
    const found = differences(state, await readRecordingWithInside(captures + state));
    expect(found.filter((row) => !/: (?:unknown(?:, unknown)*|not judged)$/.test(row))).toEqual([]);
  });

  it('says nothing else of data-integrator than of the etcd that it would ask', async () => {
    const findings = judged(await readRecordingWithInside(captures + state));
    expect(on(findings, ['ETCD-AUTHZ-02', 'etcd', []]).map(({ outcome }) => outcome)).toEqual([
      'not-applicable',
    ]);
  });

  it('is a snapshot of one controller with all its models', async () => {
    const { controllers, takenAt } = await readRecordingWithInside(captures + state);
    expect(Object.keys(controllers)).toEqual(['prod']);
    expect(Object.keys(controllers['prod']!.models).sort()).toEqual(['controller', 'cos', 'data']);
    expect(takenAt).toMatch(/^2026-11-22T03:(26|34):/);
  });
});

/** What the superuser's recording tells and this one does not: `CONTROL subject: why`. */
async function lost(folder: string): Promise<readonly string[]> {
  const full = judged(await readRecordingWithInside(`${captures}3-hardened`));
  const seen = judged(await readRecordingWithInside(captures + folder));
  const told = full.filter(({ judgement }) => judgement.outcome !== 'unknown');
  const rows = told.flatMap(({ control, target }) =>
    on(seen, [control.id, nameOf(target), []])
      .filter(({ outcome, message }) => outcome === 'unknown' && !message.includes('workload evidence'))
      .map(({ message }) => `${control.id} ${nameOf(target)}: ${message}`),
  );
  return [...new Set(rows)].sort();
}

/** To anybody but a superuser. */
const hiddenFromAll = [
  "JUJU-CTRL-07 controller: the controller's own model is not seen; needs read on the model controller",
  'JUJU-MODEL-06 data: Juju does not list the SSH keys of this model',
  'JUJU-MODEL-07 data: the recording holds no answer to ModelConfig.GetModelSecretBackend here',
  ...['01', '03', '04', '07'].map(
    (id) =>
      `JUJU-USER-${id} controller: Juju shows the users of a controller to superusers only; needs controller superuser`,
  ),
  'JUJU-USER-02 data: Juju shows all users of a model to superusers only; needs controller superuser',
];

test.each([
  ['a model admin', 'ws-as-bob-model-admin', hiddenFromAll],
  [
    'a model reader',
    'ws-as-carol-model-read',
    [...hiddenFromAll, 'JUJU-OFFER-01 data: permission denied; needs model admin'],
  ],
])('%s sees all but what takes a permission, and the permission is named', async (_who, folder, hidden) => {
  expect(await lost(`3-hardened/${folder}`)).toEqual([...hidden].sort());
});

it('is a snapshot without secrets', async () => {
  const snapshot = await readRecordingWithInside(`${captures}3-hardened`);
  const { config } = snapshot.controllers['prod']!.models['data']!.applications['ubuntu-pro']!;
  expect(config).toMatchObject({ value: { token: { redacted: true } }, source: { road: 'recording' } });
});

it('reads a status alone, recorded without its question', async () => {
  const { controllers } = await readRecordingWithInside(`${captures}5-transition`);
  const model = controllers['recorded']!.models['data']!;
  expect([Object.keys(model.applications).length, 'value' in model.relations]).toEqual([17, true]);
  expect(controllers['recorded']!.users).toMatchObject({
    unknown: { reason: 'the recording holds no answer to UserManager.UserInfo here' },
  });
});
