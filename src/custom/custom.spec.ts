import { describe, expect, it, test } from '@jest/globals';
import { evaluate } from '../core/evaluate/index.js';
import type { CustomControl, Placed } from '../core/custom/document.js';
import type { Guide } from '../core/control.js';
import { observeOnly } from '../core/policy/policy.js';
import type { Snapshot } from '../core/snapshot.js';
import { loadKnowledge } from '../config/knowledge.js';
import { charmedEtcd } from '../guides/charmed-etcd/index.js';
import { application, controller, estate, model, unknownFact } from '../../test/support/world.js';
import { customGuide } from './guide.js';

const asOf = Date.parse('2026-11-22T00:00:00Z');
const knowledge = loadKnowledge();
const guides = [charmedEtcd];

function placed(text: string, path = 'checks[0].pass'): Placed {
  return { text, file: 'acme.yaml', path, line: 10 };
}

function control(
  pass: string,
  given: Partial<CustomControl> & { readonly message?: string } = {},
): CustomControl {
  const { message = 'the application ${app.name} falls short', ...rest } = given;
  return {
    file: 'acme.yaml',
    id: 'ACME-01',
    title: 'a control of our own',
    severity: 'high',
    scope: 'application',
    appliesTo: { charms: [], endpoints: [] },
    rationale: 'why',
    references: [],
    manual: 'mend it',
    checks: [{ pass: placed(pass), reason: 'FallsShort', message: placed(message, 'checks[0].message') }],
    ...rest,
  };
}

function guideOf(document: CustomControl): Guide {
  const { guide, mistakes } = customGuide([document], guides);
  expect(mistakes).toEqual([]);
  if (guide === undefined) throw new Error('no guide');
  return guide;
}

function mistakesOf(document: CustomControl): readonly string[] {
  return customGuide([document], guides).mistakes;
}

const unit = (name: string, workload: string) =>
  ({ name, agent: 'idle', agentMessage: '', workload, workloadMessage: '' }) as const;

function aSnapshot(config: unknown = { port: { value: 5, source: 'user' } }): Snapshot {
  const etcd = application({
    charm: { name: 'charmed-etcd', revision: 182, track: '3.6', subordinateTo: [] },
    exposure: { exposed: true },
    units: { 'etcd/0': unit('etcd/0', 'active'), 'etcd/1': unit('etcd/1', 'blocked') },
    trust: unknownFact('a status file does not carry trust', 'read on the model'),
    config: config as never,
  });
  return estate({
    controllers: { prod: controller({ models: { data: model({ applications: { etcd } }) } }) },
  });
}

function judged(document: CustomControl, snapshot = aSnapshot()) {
  const [finding] = evaluate([guideOf(document)], snapshot, { policy: observeOnly, knowledge }, asOf);
  if (finding === undefined) throw new Error('not judged');
  return finding.judgement;
}

describe('an expression', () => {
  test.each([
    ['compares texts', 'app.charm.name == "charmed-etcd"', 'pass'],
    ['compares whole numbers of facts with those written', 'app.charm.revision >= 182', 'pass'],
    ['tells what is not so', 'app.exposure.exposed', 'pass'],
    ['negates', '!app.exposure.exposed', 'fail'],
    ['goes through the names of units', 'app.units.all(u, app.units[u].workload == "active")', 'fail'],
    ['finds one among them', 'app.units.exists(u, app.units[u].workload == "active")', 'pass'],
    ['counts exactly one', 'app.units.exists_one(u, app.units[u].workload == "blocked")', 'pass'],
    ['filters and counts', 'app.units.filter(u, u.endsWith("/0")).size() == 1', 'pass'],
    ['makes lists', 'app.units.map(u, app.units[u].workload) == ["active", "blocked"]', 'pass'],
    ['asks whether a key is there', 'has(app.charm.track) && !has(app.charm.colour)', 'pass'],
    ['looks a key up', '"port" in app.config && app.config.port.value == 5', 'pass'],
    ['fits patterns', 'app.charm.name.like("charmed-*d")', 'pass'],
    ['chooses', '(app.charm.revision > 200 ? "new" : "old") == "old"', 'pass'],
    ['computes as CEL does', '7 / 2 == 3 && 7 % 2 == 1 && 1.5 * 2.0 == 3.0 && -3 + 1 == -2', 'pass'],
    ['reads the model around', 'model.applications.exists(a, a.charm.name == "charmed-etcd")', 'pass'],
    ['reads the controller around', 'controller.models.size() == 1 && controller.name == "prod"', 'pass'],
    ['knows ages', 'olderThan("2026-10-01T00:00:00Z", "30d")', 'pass'],
    ['ends as unknown where a fact was not read', 'app.trust', 'unknown'],
    ['is settled by what was read, whatever was not', 'app.trust && app.charm.revision == 1', 'fail'],
    ['is settled by what was read, also the other way', 'app.trust || app.charm.revision == 182', 'pass'],
    ['asks whether a fact was read', '!known(app.trust) && known(app.charm)', 'pass'],
    ['does not take a fact that was not read for one without a key', 'has(app.trust.x)', 'unknown'],
    ['ends as unknown at a key that is not there', 'app.charm.colour == "red"', 'unknown'],
    ['ends as unknown where kinds do not fit', 'app.charm.name > 3', 'unknown'],
    ['ends as unknown for what was not collected inside', 'app.workload.etcdMembers.size() > 0', 'unknown'],
  ])('%s: %s', (_name, text, outcome) => {
    expect(judged(control(text)).outcome).toBe(outcome);
  });

  it('that needs a fact which was not read names the permission', () => {
    expect(judged(control('app.trust'))).toMatchObject({
      reason: 'PermissionMissing',
      message: 'a status file does not carry trust; needs read on the model',
    });
  });

  it('that depends on an age is judged again when the time comes', () => {
    const document = control('!olderThan("2026-11-01T00:00:00Z", "30d")');
    const [finding] = evaluate([guideOf(document)], aSnapshot(), { policy: observeOnly, knowledge }, asOf);
    expect(finding?.validUntil).toBe(Date.parse('2026-12-01T00:00:00Z'));
  });

  it('that fails tells its values and what it read', () => {
    const message = '${app.name} runs ${app.charm.revision}, trusted: ${app.trust}';
    expect(judged(control('app.charm.revision > 200', { message }))).toMatchObject({
      outcome: 'fail',
      reason: 'FallsShort',
      message: 'etcd runs 182, trusted: (not seen)',
      evidence: [{ seen: 'charm as read', wanted: 'app.charm.revision > 200' }],
    });
  });
});

describe('a mistake in a control', () => {
  test.each([
    ['of form is told with its place', 'app.charm.name ==', 'acme.yaml:10: checks[0].pass, character 18'],
    [
      'on a further line is told with that line',
      'true &&\n  foo(1)',
      'acme.yaml:11: checks[0].pass, character 3',
    ],
    ['in a field names those there are', 'app.charn.name == "x"', 'application has no charn: there is name'],
    ['in a variable', 'unit.name == "x"', 'Unknown variable: unit'],
    ['in the kind of its value', '"yes"', 'should be true or false, not string'],
    ['by patterns that could take for ever', 'app.name.matches("(a+)+$")', 'matches() is not known here'],
    ['by binding names', 'cel.bind(x, 1, x == 1)', 'bind() is not known here'],
    ['by length', `"${'x'.repeat(2000)}" == ""`, 'is longer than 2000 characters'],
    ['by size', Array.from({ length: 300 }, () => 'true').join('&&'), 'Exceeded maxAstNodes'],
    ['by depth', `${'!('.repeat(60)}true${')'.repeat(60)}`, 'Exceeded maxDepth'],
  ])('%s', (_name, text, told) => {
    expect(mistakesOf(control(text)).join('\n')).toContain(told);
  });

  it('in a part of a message is told with its path', () => {
    expect(mistakesOf(control('true', { message: 'see ${app.charn}' }))).toEqual([
      expect.stringContaining('checks[0].message'),
    ]);
  });

  it('is an id with the prefix of a guide', () => {
    expect(mistakesOf(control('true', { id: 'ETCD-ENC-99' }))).toEqual([
      'acme.yaml: id: ETCD- belongs to the guide charmed-etcd: choose a prefix of your own',
    ]);
  });

  it('is an id that another control has', () => {
    expect(customGuide([control('true'), control('true')], guides).mistakes).toEqual([
      'acme.yaml: id: ACME-01 is taken by acme.yaml',
    ]);
  });
});

describe('where a control applies', () => {
  it('is said by charms', () => {
    const appliesTo = { charms: ['kafka*'], endpoints: [] };
    expect(judged(control('true', { appliesTo })).outcome).toBe('not-applicable');
  });

  it('is said by its checks', () => {
    const [check] = control('false').checks;
    if (check === undefined) throw new Error('no check');
    const checks = [{ ...check, when: placed('app.name == "kafka"', 'checks[0].when') }];
    expect(judged(control('false', { checks })).outcome).toBe('not-applicable');
  });
});

describe('what models say', () => {
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, n) => [`k${n}`, { value: n, source: 'user' }]),
  );

  test.each([
    ['cannot make nested loops endless', 'app.config.all(a, app.config.all(b, app.config.all(c, a != "z")))'],
    ['cannot hide the cost behind or', 'app.config.all(a, app.config.all(b, a == "z" || b != "z")) || true'],
    ['cannot hide the cost behind unread facts', 'app.config.exists(a, app.config.exists(b, app.trust))'],
  ])('%s', (_name, text) => {
    const begin = performance.now();
    expect(judged(control(text), aSnapshot(many)).reason).toBe('ExpressionTooCostly');
    expect(performance.now() - begin).toBeLessThan(60_000);
  });

  it('cannot make a pattern of theirs take for ever', () => {
    const config = {
      a: { value: 'a'.repeat(50_000), source: 'user' },
      p: { value: `*${'a'.repeat(5000)}b`, source: 'user' },
    };
    const text = 'app.config.a.value.like(app.config.p.value)';
    expect(judged(control(text), aSnapshot(config)).reason).toBe('ExpressionTooCostly');
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'cannot reach %s of the program',
    (key) => {
      expect(judged(control(`app.config["${key}"] != null`)).outcome).toBe('unknown');
      expect(judged(control(`"${key}" in app.config`)).outcome).toBe('fail');
    },
  );

  it('cannot move the cursor or put expressions into messages', () => {
    const config = { x: { value: '\u001b[2J${app.name}\nok', source: 'user' } };
    const message = 'it says ${app.config.x.value}';
    expect(judged(control('false', { message }), aSnapshot(config)).message).toBe(
      'it says ·[2J${app.name} ok',
    );
  });
});
