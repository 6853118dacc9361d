import { describe, expect, test } from '@jest/globals';
import { onKubernetes, pod, type ClusterSpec } from '../../../../test/support/cluster.js';
import { controlOf, isExplained } from '../../../../test/support/etcd.js';
import { judge } from '../../../../test/support/judge.js';
import { application, relate, unknownFact, type ModelSpec } from '../../../../test/support/world.js';
import type { Dict } from '../../../core/dict.js';
import type { IngressRule, NetworkPeer, NetworkPolicySpec } from '../../../core/kube/network.js';
import { kubernetes } from '../index.js';

const control = controlOf(kubernetes, 'K8S-NET-01');
const pg = application({ charm: { name: 'postgresql-k8s', track: '14' }, endpoints: ['database'] });
const web = application({ charm: { name: 'web-k8s' }, endpoints: ['db'] });
const related: ModelSpec = {
  applications: { pg, web },
  relations: [relate('web:db', 'pg:database', 'postgresql_client')],
};

const labelled = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const port = { protocol: 'TCP', port: 5432 };

function admitting(...from: readonly NetworkPeer[]): NetworkPolicySpec {
  return ingress({ from, ports: [port] });
}

function ingress(...rules: readonly IngressRule[]): NetworkPolicySpec {
  return { podSelector: labelled('pg'), policyTypes: ['Ingress'], ingress: rules };
}

type Row = [string, string, readonly NetworkPolicySpec[], (Dict<unknown> | undefined)?, string?];

function check([, expected, policies, params, words]: Row, spec: ClusterSpec = {}, data = related): void {
  const namespaces = {
    other: { labels: { team: 'web' } },
    data: { pods: [pod('pg'), pod('pg', 1)], networkPolicies: policies, ...spec.namespaces?.['data'] },
  };
  const [found] = judge(
    control,
    onKubernetes(data, { ...spec, namespaces }),
    params === undefined ? {} : { params },
  );
  const { outcome, reason, message } = found!.judgement;
  expect(`${outcome} ${reason}`).toBe(expected);
  expect(isExplained(control, reason)).toBe(true);
  expect(message).toContain(words ?? '');
}

describe('K8S-NET-01', () => {
  test.each<Row>([
    ['fails without policies', 'fail OpenToEverybody', [], undefined, 'any pod of the namespace'],
    ['passes when nobody may come in', 'pass AsRequired', [ingress()]],
    [
      'passes when a related client alone may',
      'pass AsRequired',
      [admitting({ podSelector: labelled('web') })],
      undefined,
      'Cilium enforces',
    ],
    ['passes for members among each other', 'pass AsRequired', [admitting({ podSelector: labelled('pg') })]],
    [
      'passes beside a policy that denies all',
      'pass AsRequired',
      [{ podSelector: {}, policyTypes: ['Ingress'] }, admitting({ podSelector: labelled('web') })],
    ],
    [
      'fails when a rule without peers opens one port',
      'fail OpenToEverybody',
      [ingress({ ports: [port] })],
      undefined,
      'port 5432',
    ],
    ['fails when all pods of the namespace may', 'fail OpenToEverybody', [admitting({ podSelector: {} })]],
    ['fails when pods of all namespaces may', 'fail OpenToEverybody', [admitting({ namespaceSelector: {} })]],
    [
      'fails when the whole world may',
      'fail OpenToEverybody',
      [admitting({ ipBlock: { cidr: '0.0.0.0/0' } })],
    ],
    [
      'fails when the policies select other pods',
      'fail OpenToEverybody',
      [{ podSelector: labelled('web'), policyTypes: ['Ingress'] }],
    ],
    [
      'fails when the policies are about what leaves',
      'fail OpenToEverybody',
      [{ podSelector: {}, policyTypes: ['Egress'] }],
    ],
    [
      'fails for an application that is not related',
      'fail AdmitsUnlisted',
      [admitting({ podSelector: labelled('ci') })],
      undefined,
      'app.kubernetes.io/name=ci',
    ],
    [
      "fails for a label that is nobody's name",
      'fail AdmitsUnlisted',
      [admitting({ podSelector: { matchLabels: { role: 'client' } } })],
    ],
    [
      'fails for one of several names',
      'fail AdmitsUnlisted',
      [
        admitting({
          podSelector: {
            matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['web', 'ci'] }],
          },
        }),
      ],
      undefined,
      'name=ci',
    ],
    [
      'fails for everybody but one',
      'fail OpenToEverybody',
      [
        admitting({
          podSelector: {
            matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: ['ci'] }],
          },
        }),
      ],
    ],
    [
      'fails for any application at all',
      'fail AdmitsUnlisted',
      [
        admitting({
          podSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'Exists' }] },
        }),
      ],
    ],
    [
      'fails for the name of a related application in another namespace',
      'fail AdmitsUnlisted',
      [admitting({ podSelector: labelled('web'), namespaceSelector: inNamespace('other') })],
    ],
    [
      'fails for namespaces by a label',
      'fail AdmitsUnlisted',
      [admitting({ namespaceSelector: { matchLabels: { team: 'web' } } })],
      undefined,
      'any pod of namespace other',
    ],
    [
      'passes for an application that the policy names',
      'pass AsRequired',
      [admitting({ podSelector: labelled('ci'), namespaceSelector: inNamespace('other') })],
      { peers: ['other/ci'] },
    ],
    [
      'passes for a namespace that the policy names whole',
      'pass AsRequired',
      [admitting({ namespaceSelector: inNamespace('other') })],
      { peers: ['other/*'] },
    ],
    [
      'fails for addresses that the policy does not name',
      'fail AdmitsUnlistedAddresses',
      [admitting({ ipBlock: { cidr: '10.0.0.0/8' } })],
    ],
    [
      'passes for addresses that it names',
      'pass AsRequired',
      [admitting({ ipBlock: { cidr: '10.4.0.0/16' } })],
      { cidrs: ['10.0.0.0/8'] },
    ],
    [
      'does not mind what is open at other ports',
      'pass AsRequired',
      [ingress({ ports: [{ protocol: 'TCP', port: 8080 }] })],
    ],
    [
      'sees ports by their names',
      'pass AsRequired',
      [ingress({ ports: [{ protocol: 'TCP', port: 'nothing' }] })],
    ],
    [
      'sees ranges of ports',
      'fail OpenToEverybody',
      [ingress({ ports: [{ protocol: 'TCP', port: 8000, endPort: 8010 }] })],
      undefined,
      'port 8008',
    ],
  ])('%s', (...row) => {
    check(row);
  });

  const right = [admitting({ podSelector: labelled('web') })];
  test.each<[string, string, ClusterSpec, (Dict<unknown> | undefined)?]>([
    [
      'is unknown where no plugin is known to enforce it',
      'unknown EnforcementNotSeen',
      { apiGroups: ['apps'] },
    ],
    ["takes a person's word for that", 'pass AsRequired', { apiGroups: ['apps'] }, { enforced: true }],
    ['knows that k3s enforces', 'pass AsRequired', { apiGroups: [], gitVersion: 'v1.36.1+k3s1' }],
    [
      'is unknown where the plugins were not read',
      'unknown EnforcementNotSeen',
      { apiGroups: unknownFact('not read') },
    ],
    [
      'fails for a pod on the network of its node',
      'fail OnHostNetwork',
      {
        namespaces: { data: { pods: [pod('pg'), pod('pg', 1, { hostNetwork: true })] } },
      },
    ],
    [
      'fails when one unit escapes the policies',
      'fail OpenToEverybody',
      {
        namespaces: {
          data: {
            networkPolicies: [{ ...right[0]!, podSelector: { matchLabels: { held: 'yes' } } }],
            pods: [pod('pg', 0, { labels: { 'app.kubernetes.io/name': 'pg', held: 'yes' } }), pod('pg', 1)],
          },
        },
      },
    ],
    [
      'judges pods that are yet to come by the label that Juju gives them',
      'pass AsRequired',
      {
        namespaces: { data: { pods: [] } },
      },
    ],
    [
      'is unknown where policies may not be read',
      'unknown PermissionMissing',
      {
        namespaces: { data: { networkPolicies: unknownFact('forbidden', 'list networkpolicies') } },
      },
    ],
  ])('%s', (...[name, expected, spec, params]) => {
    check([name, expected, right, params], spec);
  });

  test('is unknown where it is not known who is related', () => {
    const blind = application({
      charm: { name: 'postgresql-k8s', track: '14' },
      relations: unknownFact('forbidden'),
    });
    const data = { applications: { pg: blind, web } };
    check(['', 'unknown NotObserved', right], {}, data);
    check(['', 'fail OpenToEverybody', []], {}, data);
  });

  test('is no matter of a model without data', () => {
    check(['', 'not-applicable NoDataApplication', []], {}, { applications: { web } });
  });
});
