/** The files that a person writes: trusted in what they want, and as often wrong as people are. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCases } from '../../../src/config/custom/cases.js';
import { loadCustomControls } from '../../../src/config/custom/load.js';
import { databaseIn } from '../../../src/config/database.js';
import { parseListen, readEnvironment } from '../../../src/config/environment.js';
import { loadKnowledge } from '../../../src/config/knowledge.js';
import { checkKubeconfig } from '../../../src/config/policy/kubeconfig.js';
import { readCredentials } from '../../../src/config/policy/credentials.js';
import { inspectPolicy } from '../../../src/config/policy/load.js';
import { cloudPolicyDifference } from '../../../src/core/cloud-policy/difference.js';
import type { CloudPolicyKind } from '../../../src/core/cloud-policy/grants.js';
import { InputError } from '../../../src/core/input-error.js';
import { evaluate } from '../../../src/core/evaluate/index.js';
import { observeOnly } from '../../../src/core/policy/policy.js';
import { customGuide } from '../../../src/custom/guide.js';
import { guides } from '../../../src/guides/index.js';
import { parseKubeconfig } from '../../../src/kube/access/kubeconfig.js';
import { AccessError } from '../../../src/kube/access/access-error.js';
import { knowledge } from '../../support/judge.js';
import { application, model, prod } from '../../support/world.js';
import { utf8, type Target } from '../target.js';

const refusals = [InputError];

function written(bytes: Buffer, folder: string, name: string): string {
  const file = join(folder, name);
  writeFileSync(file, bytes, { mode: 0o600 });
  return file;
}

const asOf = Date.parse('2026-11-22T04:00:00Z');
const estate = prod({
  models: { data: model({ applications: { etcd: application(), kafka: application() } }) },
});

/** The waivers in the text, in a policy of their own, laid over the findings of a small estate. */
function waivers(bytes: Buffer, folder: string): unknown {
  const list = utf8(bytes).replaceAll('\n', '\n  ');
  const file = written(
    Buffer.from(`kind: Policy\nversion: v1\nwaivers:\n  ${list}\n`),
    folder,
    'waivers.yaml',
  );
  const { policy, mistakes, refused } = inspectPolicy(file);
  if (policy.waivers.length === 0) return [mistakes, refused];
  const findings = evaluate(guides, estate, { policy, knowledge }, asOf);
  if (findings.length === 0) throw new TypeError('waivers took findings away');
  return [mistakes, refused];
}

let controlFolders = 0;

/** A control in a folder of its own, compiled and judged on a small estate. */
function control(bytes: Buffer, folder: string): unknown {
  const own = join(folder, `control-${(controlFolders += 1) % 4}`);
  mkdirSync(own, { recursive: true });
  written(bytes, own, 'control.yaml');
  const { controls, mistakes } = loadCustomControls([own]);
  return [mistakes, judgedBy(customGuide(controls, guides))];
}

function judgedBy({ guide, mistakes }: ReturnType<typeof customGuide>): unknown {
  if (guide === undefined) return mistakes;
  const findings = evaluate([guide], estate, { policy: observeOnly, knowledge }, asOf);
  const failure = findings.find((finding) => finding.failure !== undefined)?.failure;
  if (failure !== undefined) throw new TypeError(failure);
  return findings.length;
}

const place = { file: 'input', path: 'checks[0].pass', line: 1 };

/** One expression, as the check of a control on an application. */
function expression(bytes: Buffer): unknown {
  const text = utf8(bytes);
  const check = {
    pass: { ...place, text },
    reason: 'Fuzzed',
    message: { ...place, text: 'seen: {application.name}' },
  };
  const said = {
    id: 'FUZZ-A-01',
    title: 't',
    severity: 'low',
    rationale: 'r',
    manual: 'm',
    references: [],
  } as const;
  const document = {
    file: 'input',
    ...said,
    scope: 'application',
    appliesTo: { charms: [], endpoints: [] },
    checks: [check],
  } as const;
  return judgedBy(customGuide([document], guides));
}

const kinds: readonly CloudPolicyKind[] = ['aws-iam', 'azure-role', 'gcp-role', 'openstack-roles'];

/** A document of a cloud, as the policy's loader takes it, compared with what Juju needs there. */
function cloudPolicy(bytes: Buffer, folder: string): unknown {
  written(bytes, folder, 'cloud.json');
  const kind = kinds[bytes.length % kinds.length] ?? 'aws-iam';
  const entries = `  - { match: {}, kind: ${kind}, file: cloud.json }`;
  const file = written(
    Buffer.from(`kind: Policy\nversion: v1\ncloudPolicies:\n${entries}\n`),
    folder,
    'clouds.yaml',
  );
  const { policy } = inspectPolicy(file);
  return (policy.cloudPolicies ?? []).flatMap(({ kind, grants }) =>
    Object.values(knowledge.cloudPermissions)
      .filter((needs) => needs.kind === kind)
      .map((needs) => cloudPolicyDifference(grants, needs)),
  );
}

function environment(bytes: Buffer): unknown {
  const pairs = utf8(bytes)
    .split('\n')
    .slice(0, 60)
    .map((line) => line.split(/=(.*)/s));
  return readEnvironment(Object.fromEntries(pairs.map(([name = '', value]) => [name, value])));
}

function knowledgeData(bytes: Buffer, folder: string): unknown {
  const own = join(folder, 'knowledge');
  mkdirSync(own, { recursive: true });
  written(bytes, own, 'tables.json');
  const known = loadKnowledge(own);
  return evaluate(guides, estate, { policy: observeOnly, knowledge: known }, asOf).length;
}

export const configTargets: readonly Target[] = [
  { name: 'policy', read: (bytes, folder) => inspectPolicy(written(bytes, folder, 'policy.yaml')), refusals },
  { name: 'waivers', read: waivers, refusals },
  {
    name: 'credentials',
    read: (bytes, folder) => readCredentials(written(bytes, folder, 'credentials.yaml')),
    refusals,
  },
  { name: 'database', read: (bytes, folder) => databaseIn(written(bytes, folder, 'database'))(), refusals },
  {
    name: 'environment',
    read: environment,
    refusals,
    words: ['HOLDFAST_LISTEN', 'HOLDFAST_LOG_LEVEL', 'KUBERNETES_SERVICE_HOST', '=', '127.0.0.1:8420'],
  },
  { name: 'listen', read: (bytes) => parseListen(utf8(bytes), 'input'), refusals },
  { name: 'knowledge', read: knowledgeData, refusals },
  { name: 'custom-control', read: control, refusals, seeds: ['controls/channel-pinned.yaml'] },
  {
    name: 'custom-cases',
    read: (bytes, folder) => readCases(written(bytes, folder, 'control.test.yaml')),
    refusals,
    seeds: ['controls/channel-pinned.test.yaml'],
  },
  { name: 'cel', read: expression, refusals, longest: 4096 },
  { name: 'cloud-policy', read: cloudPolicy, refusals, longest: 64_000 },
  {
    name: 'kubeconfig',
    read: (bytes, folder) => {
      checkKubeconfig(written(bytes, folder, 'kubeconfig'));
      return parseKubeconfig(utf8(bytes), { file: 'input' });
    },
    refusals: [InputError, AccessError],
  },
];
