import type { z } from 'zod';
import { awsPolicy } from './aws.js';
import { azureRole } from './azure.js';
import { gcpRole } from './gcp.js';
import type { CloudPolicyKind, Grant } from './grants.js';
import { openstackRoles } from './openstack.js';

/** How each kind of document is read. */
export const cloudPolicyForms: Readonly<Record<CloudPolicyKind, z.ZodType<readonly Grant[]>>> = {
  'aws-iam': awsPolicy,
  'azure-role': azureRole,
  'gcp-role': gcpRole,
  'openstack-roles': openstackRoles,
};
