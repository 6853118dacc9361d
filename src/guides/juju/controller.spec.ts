import { describe, expect, it, test } from '@jest/globals';
import { knowledge } from '../../../test/support/judge.js';
import { messages, verdicts } from '../../../test/support/verdicts.js';
import { application, judge, machine, model, prod, unknownFact } from '../../../test/support/world.js';
import { recognisedCloud } from './clouds.js';
import { highAvailability } from './controller-ha.js';
import { patchedVersion } from './controller-version.js';

describe('JUJU-CTRL-04 patched versions', () => {
  test.each([
    ['3.6.21', 'pass AsRequired'],
    ['3.6.28', 'pass AsRequired'],
    ['4.0.15', 'pass AsRequired'],
    ['4.0.15.1', 'pass AsRequired'],
    ['3.6.20', 'fail BelowPatchedFloor'],
    ['4.0.4', 'fail BelowPatchedFloor'],
    ['2.9.52', 'fail SeriesEndOfLife'],
    ['3.4.6', 'fail SeriesEndOfLife'],
    ['3.5.7', 'fail SeriesEndOfLife'],
    ['4.1-beta2', 'fail PreRelease'],
    ['4.1.0', 'unknown SeriesNewerThanData'],
    ['devel', 'unknown VersionNotUnderstood'],
  ])('a controller at %s: %s', (version, expected) => {
    expect(verdicts(judge(patchedVersion, prod({ version })))).toEqual([expected]);
  });

  it('is unknown once nobody has looked through the table for too long', () => {
    const late = judge(patchedVersion, prod({ version: '3.6.28' }), { asOf: '2027-06-01T00:00:00Z' });
    expect(verdicts(late)).toEqual(['unknown KnowledgeStale']);
    expect(messages(late)).toContain('--data');
  });

  it('names the advisories that a version below the floor is named by', () => {
    const message = messages(judge(patchedVersion, prod({ version: '3.6.20' })));
    expect(message).toContain('CVE-2026-5412 (fixed in 3.6.21; https://www.cve.org/');
    expect(message).not.toContain('CVERecord?id=CVE-2026-4370');
  });

  it('fails at an advisory although the version is at the floor', () => {
    const advisories = {
      'TEST-1': {
        severity: 'critical',
        summary: 'a made-up one',
        url: 'https://example.com',
        product: 'juju',
        ranges: [{ series: '3.6', from: '3.6.25', fixed: '3.6.29' }],
        source: 'a test',
        date: '2026-11-20',
      },
    } as const;
    const judged = judge(patchedVersion, prod({ version: '3.6.28' }), {
      knowledge: { ...knowledge, advisories },
    });
    expect(verdicts(judged)).toEqual(['fail AdvisoryApplies']);
  });

  it('fails when the agents of a model are behind', () => {
    const snapshot = prod({ models: { old: model({ info: { version: '3.6.4' } }), data: model() } });
    expect(verdicts(judge(patchedVersion, snapshot))).toEqual(['fail AgentsBelowFloor']);
    expect(messages(judge(patchedVersion, snapshot))).toContain('old (3.6.4)');
  });

  it('tells of the versions that Juju offers', () => {
    const snapshot = prod({ models: { data: model({ info: { availableVersion: '3.6.29' } }) } });
    expect(messages(judge(patchedVersion, snapshot))).toContain('offered for data: 3.6.29');
  });

  it('is unknown where the version is not shown', () => {
    expect(verdicts(judge(patchedVersion, prod({ info: unknownFact('a bundle shows no version') })))).toEqual(
      ['unknown NotObserved'],
    );
  });

  it.each([
    ['a status shows agents that are behind, and not the controller', '3.1.2', 'fail AgentsBelowFloor'],
    ['good agents say nothing of a controller that is not shown', '3.6.28', 'unknown NotObserved'],
  ])('%s', (_, version, expected) => {
    const info = unknownFact('a status file does not carry it');
    const snapshot = prod({ info, models: { data: model({ info: { version } }) } });
    expect(verdicts(judge(patchedVersion, snapshot))).toEqual([expected]);
  });
});

describe('JUJU-CTRL-07 high availability', () => {
  const voting = (...votes: readonly boolean[]) => {
    const machines = Object.fromEntries(
      votes.map((hasVote, n) => [String(n), machine(String(n), { hasVote })]),
    );
    return prod({ models: { controller: model({ info: { isController: true }, machines }) } });
  };
  const pods = (units: number) =>
    prod({
      models: { controller: model({ type: 'caas', applications: { controller: application({ units }) } }) },
    });

  test.each([
    ['three voting machines pass', voting(true, true, true), {}, 'pass AsRequired'],
    ['one machine fails', voting(true), {}, 'fail TooFewControllers'],
    ['a machine without a vote does not count', voting(true, true, false), {}, 'fail TooFewControllers'],
    ['the policy may accept one', voting(true), { voters: 1 }, 'pass AsRequired'],
    ['on Kubernetes units are counted', pods(3), {}, 'pass AsRequired'],
    ['one unit on Kubernetes fails', pods(1), {}, 'fail TooFewControllers'],
    ['without the controller model it is unknown', prod({}), {}, 'unknown ControllerModelNotSeen'],
    [
      'machines that were not read are unknown',
      prod({ models: { controller: model({ machines: unknownFact('no rights', 'model read') }) } }),
      {},
      'unknown PermissionMissing',
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(highAvailability, snapshot, { params }))).toEqual([expected]);
  });
});

describe('JUJU-CLOUD-01 kind of cloud', () => {
  const clouds = (...types: readonly string[]) =>
    Object.fromEntries(types.map((type, n) => [`c${n}`, { type, users: {} }]));

  test.each([
    ['known kinds pass', clouds('openstack', 'ec2', 'unmanaged', 'lxd', 'kubernetes'), 'pass AsRequired'],
    ['a strange kind has to be looked at', clouds('openstack', 'sky'), 'manual CloudNotRecognised'],
    [
      'a kind named like a property of objects is strange',
      clouds('constructor'),
      'manual CloudNotRecognised',
    ],
    [
      'clouds that were not read are unknown',
      unknownFact('no rights', 'superuser'),
      'unknown PermissionMissing',
    ],
  ])('%s', (_, given, expected) => {
    expect(verdicts(judge(recognisedCloud, prod({ clouds: given })))).toEqual([expected]);
  });

  it("links the cloud's own guide", () => {
    expect(messages(judge(recognisedCloud, prod({ clouds: clouds('ec2') })))).toContain(
      'https://docs.aws.amazon.com/security/',
    );
  });
});
