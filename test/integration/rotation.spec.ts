/** Passwords changed by the built program, on real sockets and with real processes: none of them is found anywhere. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/core/report/types.js';
import type { EstateSpec } from '../../src/simulator/index.js';
import { passwordsOf } from '../../src/simulator/world/passwords.js';
import { ask } from '../support/ask.js';
import { until } from '../support/processes.js';
import { rigUsers } from '../support/rig.js';
import { filesBelow, passwordIn, Stage } from '../support/rotation-stage.js';

const users = { observer: 'read', remediator: 'admin' } as const;

const estate: EstateSpec = {
  controllers: [
    {
      name: 'lab',
      flavour: '4.0',
      users: [...rigUsers, { name: 'bob', createdDaysAgo: 400, lastConnectionDaysAgo: 1 }],
      models: [
        { name: 'secrets', users, applications: [] },
        {
          name: 'data',
          users,
          applications: [
            { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: 3 },
            { name: 'pg14', charm: 'postgresql', channel: '14/stable', units: 2 },
            { name: 'zookeeper', charm: 'zookeeper', channel: '3/stable', units: 3 },
            { name: 'kafka3', charm: 'kafka', channel: '3/stable', units: 3 },
          ],
          relations: [['kafka3:zookeeper', 'zookeeper:zookeeper']],
        },
        {
          name: 'k8s',
          type: 'caas',
          users,
          applications: [
            { name: 'pg16', charm: 'postgresql-k8s', channel: '16/stable', units: 2 },
            {
              name: 'kafka4',
              charm: 'kafka-k8s',
              channel: '4/stable',
              units: 3,
              config: { roles: 'broker,controller' },
            },
          ],
        },
      ],
    },
  ],
};

const rotation = `
rotation:
  - { match: { user: observer }, every: 1d }
  - { match: { user: remediator }, every: 1d }
  - { match: { user: bob }, every: 1d, secret: "admin/secrets:bob-password" }
  - { match: { application: pg14 }, users: [operator, replication], every: 1d }
  - { match: { application: kafka3 }, users: [admin], every: 1d }
  - { match: { application: pg16 }, users: [operator, replication], every: 1d }
  - { match: { application: kafka4 }, users: [operator, replication], every: 1d }
  - { match: { application: etcd }, users: [root], every: 1d }
rules:
${['JUJU-USER-04', 'PG-AUTH-04', 'KAFKA-AUTH-05', 'ETCD-AUTH-03']
  .map((control) => `  - { match: { control: ${control} }, mode: enforce }`)
  .join('\n')}
limits:
  - { applications: 10, percent: 100, units: 100, actions: 50, perHour: 1000 }
pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, verifyLook: 500ms, quiet: 1s, retryFirst: 1s, verifyDeadline: 600s }
`;

const rotatedControls = ['JUJU-USER-04', 'PG-AUTH-04', 'KAFKA-AUTH-05', 'ETCD-AUTH-03'];
const left = (report: Report): readonly string[] =>
  report.findings
    .filter(({ control, outcome }) => rotatedControls.includes(control) && outcome === 'fail')
    .map(({ control, target }) => `${control} ${target.user ?? target.application ?? ''}`);

describe('a full rotation', () => {
  let stage: Stage;
  const old = new Map<string, string>();

  beforeAll(async () => {
    stage = await Stage.make(estate, rotation);
    for (const user of stage.controller.users.values()) old.set(user.name, user.password);
  });
  afterAll(() => stage.close());

  it('changes every account that the policy names, and is satisfied once each was seen to work', async () => {
    stage.start();
    await until('the due accounts are seen', async () => left(await stage.report()).length === 8);
    expect(left(await stage.report())).toContain('JUJU-USER-04 bob');
    await stage.untilApproved('all are changed', async () => {
      const report = await stage.report();
      return (
        left(report).length === 0 && (await stage.approveAll()).every(({ state }) => state === 'Succeeded')
      );
    });
    expect((await stage.approveAll()).map(({ action }) => action.type).sort()).toEqual([
      ...Array.from({ length: 6 }, () => 'rotate-system-users'),
      ...Array.from({ length: 3 }, () => 'rotate-user-password'),
    ]);
  });

  it.each(['observer', 'remediator', 'bob'])('%s has another password', (name) => {
    expect(stage.controller.users.get(name)?.password).not.toBe(old.get(name));
  });

  it('leaves who is not named alone', () => {
    for (const name of ['admin', 'auditor'])
      expect(stage.controller.users.get(name)?.password).toBe(old.get(name));
  });

  it.each(['observer', 'remediator'])(
    'keeps the one of %s, our own, in its file alone, for us alone',
    async (name) => {
      const file = join(stage.folder, `${name}.yaml`);
      expect(passwordIn(await readFile(file, 'utf8'))).toBe(stage.controller.users.get(name)?.password);
      expect((await readdir(stage.folder)).filter((one) => one.startsWith(`${name}.`))).toEqual([
        `${name}.yaml`,
      ]);
    },
  );

  it("keeps bob's in the secret that the policy names", () => {
    const models = [...stage.controller.models.values()];
    const secret = models.flatMap(({ secrets }) => secrets).find(({ label }) => label === 'bob-password');
    expect(secret?.content).toEqual({
      username: 'bob',
      password: stage.controller.users.get('bob')?.password,
    });
  });

  it.each([
    ['etcd', ['root']],
    ['pg16', ['operator', 'replication']],
    ['kafka4', ['operator', 'replication']],
  ])('%s took the passwords of %j from a secret granted to it alone', (name, names) => {
    const secret = stage
      .application(name)
      .model.secrets.find(({ label }) => label === `holdfast-${name}-system-users`);
    expect(Object.fromEntries(passwordsOf(stage.application(name)))).toEqual(secret?.content);
    expect(Object.keys(secret?.content ?? {})).toEqual(names);
    expect(secret?.grantedTo).toEqual([name]);
  });

  it.each([
    ['pg14', ['operator', 'replication']],
    ['kafka3', ['admin']],
  ])('%s was told to make up the passwords of %j, and given none', (name, names) => {
    expect([...passwordsOf(stage.application(name)).keys()]).toEqual(names);
    const own = stage.tasks.filter(
      ({ receiver, action }) => action === 'set-password' && receiver.startsWith(`${name}/`),
    );
    expect(own.map(({ parameters }) => parameters)).toEqual(names.map((username) => ({ username })));
  });

  it('logs in with the new ones after a restart', async () => {
    await stage.stop();
    stage.start();
    const page = await stage.page();
    await until('it is ready', async () => (await ask(`${page}/readyz`)).status === 200);
    expect(left(await stage.report())).toEqual([]);
  });

  describe('afterwards', () => {
    const passwords = new Map<string, string>();

    beforeAll(() => {
      for (const [name, password] of old) passwords.set(`old ${name}`, password);
      for (const { name, password } of stage.controller.users.values())
        passwords.set(`new ${name}`, password);
      for (const application of stage.applications)
        for (const [user, password] of passwordsOf(application))
          passwords.set(`${user} of ${application.name}`, password);
    });

    function foundIn(text: string): readonly string[] {
      return [...passwords].filter(([, password]) => text.includes(password)).map(([name]) => name);
    }

    it('looks for passwords that are there to be found', () => {
      expect(passwords.size).toBe(old.size * 2 + 8);
      for (const password of passwords.values()) expect(password.length).toBeGreaterThanOrEqual(8);
    });

    it('none is in a file of the state directory but the login of its own juju', async () => {
      const files = await filesBelow(stage.state);
      expect(files).toContain(join(stage.state, 'journal.sqlite'));
      const found: string[] = [];
      for (const file of files) {
        const names = foundIn(await readFile(file, 'latin1'));
        if (!file.endsWith('/juju/lab/remediator/accounts.yaml'))
          found.push(...names.map((name) => `${file}: ${name}`));
        else expect(names.filter((name) => !name.endsWith(' remediator'))).toEqual([]);
      }
      expect(found).toEqual([]);
    });

    it('none is in the log', () => {
      const log = [...stage.logs, stage.running?.log() ?? ''].join('');
      expect(log).toContain('remediation moved');
      expect(foundIn(log)).toEqual([]);
    });

    it.each(['metrics', 'report.json', 'report.html', 'plans.json', 'remediations.json'])(
      'none is at /%s',
      async (path) => {
        const answer = await ask(`${await stage.page()}/${path}`);
        expect(answer.status).toBe(200);
        expect(foundIn(await answer.text())).toEqual([]);
      },
    );

    it('none was to be seen in arguments or environments of processes while juju ran', async () => {
      const seen = await readFile(stage.juju.seen, 'utf8');
      for (const call of [
        'change-user-password',
        'add-secret',
        'grant-secret',
        'set-password',
        'system-users=secret:',
      ])
        expect(seen).toContain(call);
      expect(foundIn(seen)).toEqual([]);
    });

    it('none is in an operation that Juju keeps, but where the charm itself shows what it made up', () => {
      const shown = stage.tasks.flatMap((task) =>
        foundIn(JSON.stringify(task)).map((name) => `${task.action}: ${name}`),
      );
      expect(shown.sort()).toEqual([
        'set-password: admin of kafka3',
        'set-password: operator of pg14',
        'set-password: replication of pg14',
      ]);
    });
  });
});
