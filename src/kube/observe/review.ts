import type { AccessAnswer, AccessCheck, AccessSubject } from '../../core/kube/access.js';
import type { KubeClient } from '../access/client.js';
import { branch, isRaw } from '../raw.js';

const path = '/apis/authorization.k8s.io/v1';

/**
 * Asks the authorizer, one question after the other: it is asked rarely, and a burst would be throttled.
 * @throws what the client throws, and Error for an answer that says nothing.
 */
export async function review(
  client: KubeClient,
  subject: AccessSubject,
  checks: readonly AccessCheck[],
): Promise<readonly AccessAnswer[]> {
  const answers: AccessAnswer[] = [];
  for (const check of checks) answers.push({ ...check, allowed: await isAllowed(client, subject, check) });
  return answers;
}

async function isAllowed(client: KubeClient, subject: AccessSubject, check: AccessCheck): Promise<boolean> {
  const { verb, group, resource, namespace } = check;
  const resourceAttributes = { verb, group, resource, namespace };
  const own = subject === 'self';
  const kind = own ? 'SelfSubjectAccessReview' : 'SubjectAccessReview';
  const answer = await client.post(`${path}/${kind.toLowerCase()}s`, {
    apiVersion: 'authorization.k8s.io/v1',
    kind,
    spec: own ? { resourceAttributes } : { resourceAttributes, user: subject.user, groups: subject.groups },
  });
  const allowed = branch(isRaw(answer) ? answer : {}, 'status')['allowed'];
  if (typeof allowed !== 'boolean') throw new Error(`the ${kind} came back without an answer`);
  return allowed;
}
