/** A first policy, made from what an estate shows. Pure. */
import type { Guide } from '../core/control.js';
import { valueOf } from '../core/fact.js';
import type { ApplicationState, ControllerState, ModelState } from '../core/snapshot.js';
import type { Estate } from './read-estate.js';
import { clean } from './render/text.js';
import { userLines } from './policy-draft-users.js';
import { scalar } from './yaml-scalar.js';

/** A rule with what a person should know of it. */
interface Draft {
  readonly remarks: readonly string[];
  readonly match: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The policy as YAML. Declares users, and exposure where the guides have a control of it. */
export function draftPolicy({ snapshot, source }: Estate, guides: readonly Guide[]): string {
  const ids = new Set(guides.flatMap(({ controls }) => controls.map(({ id }) => id)));
  const controllers = Object.values(snapshot.controllers);
  const drafts = controllers.flatMap(draftsOf).filter(({ match }) => ids.has(match['control'] ?? ''));
  const lines = [
    `# A policy for Holdfast, made from ${clean(source.name)} as of ${source.takenAt}.`,
    '# It declares what is there now. Read every line and take out what should not be:',
    '# what is declared here is no longer told as a violation.',
    'kind: Policy',
    'version: v1',
    '',
    ...controllerLines(controllers),
    ...clusterLines(controllers),
    '',
    '# observe: look and tell; propose: plan too, nothing is changed.',
    'defaults: { mode: observe, profile: baseline, disruptive: approval }',
    '',
    ...userLines(controllers),
    '',
    ...ruleLines(drafts),
    '',
    ...waiverLines,
  ];
  return `${lines.join('\n')}\n`;
}

function controllerLines(controllers: readonly ControllerState[]): string[] {
  const names = controllers.map(({ name }) => name).filter((name) => name !== '');
  return [
    '# To watch controllers by their API (holdfast run): fill in, take away the leading #,',
    '# and write user names and passwords into the credentials files, mode 0600.',
    '# controllers:',
    ...(names.length === 0 ? ['NAME'] : names).flatMap((name) => [
      `#   - name: ${scalar(name)}`,
      '#     addresses: ["HOST:17070"]',
      '#     caFile: controller-ca.pem',
      '#     identities: { observer: { credentialsFile: observer.yaml } }',
    ]),
  ];
}

/** Where a model runs on Kubernetes, or the source does not tell. */
function clusterLines(controllers: readonly ControllerState[]): readonly string[] {
  const types = controllers.flatMap(({ models }) =>
    Object.values(models).map(({ info }) => valueOf(info)?.type),
  );
  if (types.length > 0 && types.every((type) => type === 'iaas')) return [];
  return [
    "# To see Kubernetes' own objects below the models, too (never Secrets):",
    '# clusters:',
    '#   - { name: k8s, kubeconfig: kubeconfig.yaml }     # or inCluster: true',
  ];
}

function ruleLines(drafts: readonly Draft[]): string[] {
  if (drafts.length === 0)
    return ['# Nothing was seen that could be declared: this source shows no exposure.', 'rules: []'];
  return ['# Later rules win. Patterns know * and ?.', 'rules:', ...drafts.flatMap(ruleText)];
}

function ruleText({ remarks, match, params }: Draft): string[] {
  return [
    ...remarks.map((remark) => `  # ${clean(remark)}`),
    `  - match: ${scalar(match)}`,
    '    params:',
    ...Object.entries(params).flatMap(([name, value]) => paramLines(name, value)),
    '    rationale: "as found; to be confirmed"',
  ];
}

function paramLines(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`      ${name}: ${scalar(value)}`];
  const entries = Object.entries(value);
  return [`      ${name}:`, ...entries.map(([key, item]) => `        ${scalar(key)}: ${scalar(item)}`)];
}

const waiverLines = [
  '# An exception has an owner and an end:',
  '# waivers:',
  '#   - id: kafka-moving',
  '#     kind: waived                      # or mitigated, with compensatedBy: CONTROL',
  '#     match: { model: data, application: kafka, control: JUJU-APP-02 }',
  '#     reason: clients move to the private network',
  '#     owner: NAME',
  '#     expires: 2027-01-31T00:00:00Z',
  '# A statement where no system shows what a control asks:',
  '# attestations:',
  '#   - id: backup-rehearsed',
  '#     match: { control: CONTROL }',
  '#     statement: what was done',
  '#     owner: NAME',
  '#     attested: 2026-10-01T00:00:00Z',
  '#     expires: 2027-04-01T00:00:00Z',
] as const;

function draftsOf(controller: ControllerState): Draft[] {
  return Object.values(controller.models).flatMap(exposure);
}

const world: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

function exposure(model: ModelState): Draft[] {
  const exposed = Object.values(model.applications).filter((app) => valueOf(app.exposure)?.exposed === true);
  const declared = Object.fromEntries(exposed.flatMap(networksOf));
  const open = exposed.filter((app) => networksOf(app).length === 0).map(({ name }) => name);
  if (exposed.length === 0) return [];
  const remarks = [
    `The networks to which applications of ${model.name} may be exposed.`,
    ...(open.length === 0
      ? []
      : [`Left out, for no network short of the whole world was seen: ${open.join(', ')}.`]),
  ];
  return [{ remarks, match: place(model, 'JUJU-APP-02'), params: { declared } }];
}

function networksOf(app: ApplicationState): [string, readonly string[]][] {
  const endpoints = Object.entries(valueOf(app.exposure)?.endpoints ?? {});
  return endpoints.flatMap(([endpoint, { cidrs, spaces }]) => {
    const networks = [...cidrs, ...spaces.map((space) => `space:${space}`)];
    if (networks.length === 0 || networks.some((network) => world.has(network))) return [];
    return [[endpoint === '' ? app.name : `${app.name}:${endpoint}`, networks]];
  });
}

function place({ controller, name }: ModelState, control: string): Draft['match'] {
  return { ...onController(controller), ...(name === '' ? {} : { model: name }), control };
}

function onController(controller: string): Draft['match'] {
  return controller === '' ? {} : { controller };
}
