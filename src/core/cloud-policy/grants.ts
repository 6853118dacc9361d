/** What a cloud lets an account do, in the one form into which every cloud's own documents are brought. */

export type CloudPolicyKind = 'aws-iam' | 'azure-role' | 'gcp-role' | 'openstack-roles';

/** One statement of a document: what it allows or denies. */
export interface Grant {
  readonly effect: 'allow' | 'deny';
  /** Permissions or roles as written; `*` stands for any characters, `?` for one. */
  readonly actions: readonly string[];
  /** What the statement leaves out again (NotAction, NotActions). */
  readonly except: readonly string[];
  /** What else it depends on, in words: a condition, resources. Whether it holds for Juju then cannot be told. */
  readonly limits: readonly string[];
}

/** The permissions that Juju needs on a cloud, and those that are more than anybody should hand to it. */
export interface CloudPermissions {
  readonly kind: CloudPolicyKind;
  /** Each has to be held; of a list one is enough. */
  readonly needed: readonly (string | readonly string[])[];
  /** Needed by some versions or uses only. */
  readonly optional: readonly string[];
  /** Patterns of what makes the account too mighty, besides wildcards over whole services. */
  readonly tooWide: readonly string[];
  /** Wildcards over whole services that Juju's own documentation hands out. */
  readonly tolerated: readonly string[];
  /** Roles that hold less than is needed; what other roles hold is not known. */
  readonly lesser: readonly string[];
}

/** The largest number of characters of patterns in a document: AWS lets a managed policy have 6144 in all. */
export const mostPatternCharacters = 8192;

/** The largest number of permissions in a document: Google lets a role have 3000. */
export const mostActions = 4000;

/** The longest single permission, in characters. */
export const longestAction = 256;
