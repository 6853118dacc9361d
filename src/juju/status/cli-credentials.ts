import { mapFact, type Fact } from '../../core/fact.js';
import type { CloudCredential } from '../../core/snapshot.js';
import { branch, textOr } from './json.js';

/** Tells the kind of our own credentials on the controller; those of others are not shown to us. */
export type AuthTypes = (credential: CloudCredential) => string | undefined;

/** What `juju credentials` tells of the credentials of `user`. Their contents are not asked for. */
export function authTypes(value: unknown, user: string): AuthTypes {
  const clouds = branch(branch(value)['controller-credentials']);
  return ({ cloud, name, owner }) => {
    if (owner !== user) return undefined;
    const named = branch(branch(clouds[cloud])['cloud-credentials']);
    return textOr(branch(named[name])['auth-type']);
  };
}

export function withAuthType(fact: Fact<CloudCredential>, types: AuthTypes): Fact<CloudCredential> {
  return mapFact(fact, (credential) => {
    const authType = types(credential);
    return authType === undefined ? credential : { ...credential, authType };
  });
}
