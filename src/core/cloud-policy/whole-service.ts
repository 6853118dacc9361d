import type { CloudPolicyKind } from './grants.js';

/** What stands between service and permission: `ec2:RunInstances`, `Microsoft.Compute/disks/read`. */
const separators: Readonly<Record<CloudPolicyKind, string>> = {
  'aws-iam': ':',
  'azure-role': '/',
  'gcp-role': '.',
  'openstack-roles': ' ',
};

/** Whether a pattern stands for all that a service does, or for something of several services. */
export function isWholeService(pattern: string, kind: CloudPolicyKind): boolean {
  const bare = kind === 'azure-role' && pattern.startsWith('data:') ? pattern.slice(5) : pattern;
  const end = bare.indexOf(separators[kind]);
  const service = end < 0 ? bare : bare.slice(0, end);
  if (service.includes('*') || service.includes('?')) return true;
  const action = end < 0 ? '' : bare.slice(end + 1);
  return action.includes('*') && isWild(action);
}

/** Nothing but wildcards, and what separates them. */
function isWild(action: string): boolean {
  return /^[*?/]*$/.test(action);
}
