import { describe, expect, it, test } from '@jest/globals';
import { argvOf } from '../../core/action/argv.js';
import type { Finding } from '../../core/finding.js';
import type { Snapshot } from '../../core/snapshot.js';
import {
  application,
  controller,
  estate,
  judge,
  model,
  prod,
  unknownFact,
  user,
  type ModelSpec,
} from '../../../test/support/world.js';
import { juju } from './index.js';

const numbered = (family: string, count: number) =>
  Array.from({ length: count }, (_, n) => `JUJU-${family}-0${n + 1}`);
const catalogue = [
  ...numbered('USER', 7),
  ...numbered('OFFER', 1),
  ...numbered('CRED', 4),
  ...numbered('CTRL', 9),
  'JUJU-CTRL-10',
  ...numbered('CLOUD', 1),
  ...numbered('MODEL', 8),
  ...numbered('APP', 7),
  ...numbered('SELF', 1),
];

/** Given by the language itself, not by a control. */
const commonReasons = ['AsRequired', 'NotObserved', 'PermissionMissing'];

const no = unknownFact('not shown by this road', 'superuser');
const nothingOfModel = {
  info: no,
  relations: no,
  remoteApplications: no,
  offers: no,
  users: no,
  config: no,
  blocks: no,
  secrets: no,
  sshKeys: no,
  credential: no,
  secretBackend: no,
  machines: no,
};
const nothingOfApplication = {
  charm: no,
  status: no,
  exposure: no,
  bindings: no,
  units: no,
  upgrade: no,
  config: no,
  trust: no,
  probes: no,
};
const dark = estate({
  controllers: {
    prod: controller({
      info: no,
      config: no,
      users: no,
      clouds: no,
      self: no,
      models: {
        data: model({ ...nothingOfModel, applications: { etcd: application(nothingOfApplication) } }),
      },
    }),
  },
});

/** Everything wrong at once. */
const badModel: ModelSpec = {
  users: { admin: 'admin', mallory: 'admin' },
  config: {
    'ssh-allow': '0.0.0.0/0',
    'logging-config': 'juju.rpc=TRACE',
    'image-stream': 'daily',
    'firewall-mode': 'none',
    development: true,
  },
  blocks: [],
  sshKeys: ['SHA256:x'],
  secrets: [{ id: 's', owner: 'etcd', nextRotation: '2026-01-01T00:00:00Z' }],
  credential: { name: 'ops', owner: 'admin', cloud: 'stack', authType: 'userpass', valid: false },
  offers: {
    pg: { name: 'pg', application: 'etcd', endpoints: [], users: { mallory: 'admin' }, connections: 1 },
  },
  applications: {
    etcd: application({
      charm: { name: 'tls-certificates-operator', risk: 'edge' },
      trust: true,
      exposure: { exposed: true, endpoints: { '': { cidrs: ['0.0.0.0/0'], spaces: [] } } },
      config: { token: 'x' },
      upgrade: { to: 'ch:etcd-2' },
    }),
  },
};
const bad = prod({
  version: '3.6.4',
  config: {
    'auditing-enabled': false,
    'audit-log-capture-args': true,
    'audit-log-exclude-methods': 'Application.Deploy',
    'agent-ratelimit-max': 0,
    features: ['x'],
  },
  users: [
    user('admin', { access: 'superuser' }),
    user('eve', { access: 'superuser' }),
    user('old', { lastConnection: '2026-01-01T00:00:00Z' }),
  ],
  clouds: { stack: { type: 'sky', users: { mallory: 'admin' } } },
  self: { identities: [{ role: 'auditor', user: 'admin', access: 'superuser' }] },
  models: { data: model(badModel), controller: model({ info: { isController: true }, machines: {} }) },
});
const good = prod({
  models: {
    data: model({
      applications: { etcd: application({ charm: { name: 'charmed-etcd', track: '3.6', revision: 182 } }) },
    }),
  },
});

function audit(snapshot: Snapshot): readonly Finding[] {
  return juju.controls.flatMap((control) => judge(control, snapshot));
}

describe('the Juju guide', () => {
  it('holds every control of the catalogue', () => {
    expect(juju.controls.map(({ id }) => id).sort()).toEqual([...catalogue].sort());
  });

  test.each(juju.controls.map((control) => [control.id, control] as const))(
    '%s is written out in full',
    (_, control) => {
      const texts = [
        control.title,
        control.section,
        control.rationale,
        control.manual,
        ...Object.values(control.reasons),
      ];
      expect(texts.filter((text) => text.trim() === '')).toEqual([]);
      expect(Object.keys(control.reasons).filter((reason) => !/^[A-Z][a-zA-Z]+$/.test(reason))).toEqual([]);
      expect(control.references.filter((link) => !link.startsWith('https://'))).toEqual([]);
      expect(control.references.length).toBeGreaterThan(0);
      expect(control.remediation === 'manual').toBe(control.remediate === undefined);
    },
  );

  it('passes nothing of which nothing was read', () => {
    const answered = audit(dark).filter(({ judgement }) => judgement.outcome !== 'unknown');
    // Whether there are tenants is the policy's word alone.
    expect(answered.map(({ control, judgement }) => `${control.id} ${judgement.outcome}`)).toEqual([
      'JUJU-MODEL-08 not-applicable',
    ]);
  });

  it('finds nothing wrong where all is as wanted', () => {
    const wrong = audit(good).filter(
      ({ judgement }) => judgement.outcome === 'fail' || judgement.outcome === 'inconsistent',
    );
    expect(wrong.map(({ control }) => control.id)).toEqual([]);
  });

  it('explains every reason that it gives', () => {
    const unexplained = [dark, good, bad]
      .flatMap(audit)
      .filter(
        ({ control, judgement: { reason } }) =>
          !commonReasons.includes(reason) && !(reason in control.reasons),
      );
    expect(unexplained.map(({ control, judgement }) => `${control.id} ${judgement.reason}`)).toEqual([]);
  });

  it('proposes only complete commands, and for what a person has to decide none', () => {
    const remedies = audit(bad).flatMap(({ control, remedies: steps }) =>
      steps.map((step) => ({ control, step })),
    );
    expect(remedies.length).toBeGreaterThan(12);
    for (const { control, step } of remedies) {
      expect(
        argvOf(step.action).every((argument) => argument !== '' && !argument.includes('undefined')),
      ).toBe(true);
      expect(control.remediation).toBe(step.disruptive ? 'disruptive' : 'auto');
      expect(step.disruptive || step.cutsOff.length === 0).toBe(true);
    }
  });

  it('proposes no change where nothing is wrong', () => {
    expect(audit(good).flatMap(({ remedies }) => remedies)).toEqual([]);
  });

  it('gives the same answers again', () => {
    const outline = (findings: readonly Finding[]) =>
      findings.map(({ target, judgement, remedies }) => ({ target, judgement, remedies }));
    expect(outline(audit(bad))).toEqual(outline(audit(bad)));
  });
});
