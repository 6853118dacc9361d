import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { names } from '../shared/params.js';
import { adminReasons, adminsJudgement } from './cluster-admins.js';
import { documents } from './documents.js';
import { inCluster, ofCluster } from './in-cluster.js';
import { permissionReasons, permissionsJudgement } from './permissions.js';
import { secretReaderReasons, secretReadersJudgement } from './secret-readers.js';

const section = 'Cloud credentials';

const verbs = defineControl({
  ...ofCluster,
  id: 'K8S-RBAC-01',
  title: "Juju's user may do in the cluster what Juju needs",
  severity: 'low',
  section,
  rationale:
    'Juju deploys, mends and removes what it made only while it may create, delete, patch and list it: a credential that may less leaves half-removed applications and open doors behind.',
  references: [documents.guide, documents.rbac],
  params: z.object({}),
  reasons: { ...ofCluster.reasons, ...permissionReasons },
  manual:
    "For each of namespaces, services, deployments, statefulsets, pods and persistentvolumeclaims run 'kubectl auth can-i VERB RESOURCE --as USER' with create, delete, patch and list. " +
    "Give what is missing by an additional ClusterRole bound to Juju's user; Juju also makes secrets, roles and service accounts.",
  hazards: ['Putting a narrower role in place of the one that Juju holds stops its work half-way.'],
  evaluate: inCluster(
    "whether Juju's user may create, delete, patch and list what Juju makes",
    permissionsJudgement,
  ),
});

const admins = defineControl({
  ...ofCluster,
  id: 'K8S-RBAC-02',
  title: 'Who holds cluster-admin is known',
  severity: 'high',
  section,
  rationale:
    'Whoever holds cluster-admin reads every secret and runs anything anywhere. Juju is commonly among them; nobody else should be unless somebody decided it.',
  references: [documents.guide, documents.rbacPractices],
  params: z.object({
    clusterAdmins: names().meta({
      description:
        "Subjects that may hold cluster-admin besides Juju's own, as User:NAME, Group:NAME or ServiceAccount:NAMESPACE/NAME.",
    }),
  }),
  reasons: { ...ofCluster.reasons, ...adminReasons },
  manual:
    "List 'kubectl get clusterrolebindings -o wide' and look for cluster-admin and for roles that allow everything. " +
    "Ask of each subject who needs it, and remove the others: 'kubectl delete clusterrolebinding NAME'.",
  hazards: ["Taking it from Juju's own user cuts the controller off from the cluster."],
  evaluate: inCluster('who holds cluster-admin', (subject, { params }) =>
    adminsJudgement(subject, params.clusterAdmins),
  ),
});

const secrets = defineControl({
  ...ofCluster,
  id: 'K8S-SEC-01',
  title: 'Secrets with passwords of Juju and of databases are readable by those alone who need them',
  severity: 'high',
  section: 'Kubernetes',
  rationale:
    'The passwords of charms lie in Secrets of the namespace: a workload that may read all of them is as good as the administrator of each.',
  references: [documents.secrets, documents.rbacPractices],
  params: z.object({
    readers: names().meta({
      description:
        'Subjects that may read Secrets besides those that Juju made, as User:NAME, Group:NAME or ServiceAccount:NAMESPACE/NAME.',
    }),
  }),
  reasons: { ...ofCluster.reasons, ...secretReaderReasons },
  manual:
    "List 'kubectl -n MODEL get rolebindings,roles -o yaml' and the cluster roles that allow get, list or watch on secrets. " +
    'Narrow them to the names that are needed (resourceNames), and take list away: who may list, reads.',
  hazards: ['A charm that loses the right to its own secrets stops: leave the roles that Juju made alone.'],
  evaluate: inCluster('who may read the Secrets of the namespace', (subject, { params, knowledge }) =>
    secretReadersJudgement(subject, { readers: params.readers, knowledge }),
  ),
});

export const access: readonly Control[] = [verbs, admins, secrets];
