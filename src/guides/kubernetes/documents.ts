/** Pages that the controls refer to. */
const kubernetes = 'https://kubernetes.io/docs';
const charm = 'https://documentation.ubuntu.com/charmed-postgresql-k8s/14';

export const documents = {
  guide: `${charm}/explanation/security/`,
  rbac: `${kubernetes}/reference/access-authn-authz/rbac/`,
  rbacPractices: `${kubernetes}/concepts/security/rbac-good-practices/`,
  podSecurity: `${kubernetes}/concepts/security/pod-security-standards/`,
  podSecurityLabels: `${kubernetes}/tasks/configure-pod-container/enforce-standards-namespace-labels/`,
  securityContext: `${kubernetes}/tasks/configure-pod-container/security-context/`,
  networkPolicies: `${kubernetes}/concepts/services-networking/network-policies/`,
  services: `${kubernetes}/concepts/services-networking/service/`,
  images: `${kubernetes}/concepts/containers/images/`,
  secrets: `${kubernetes}/concepts/security/secrets-good-practices/`,
  hardening: `${kubernetes}/concepts/security/`,
  releases: 'https://kubernetes.io/releases/',
  jujuClouds: 'https://documentation.ubuntu.com/juju/3.6/reference/cloud/list-of-supported-clouds/',
} as const;
