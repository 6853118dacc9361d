/** What several entries of the handbook share. */

export const auditor = 'identities.auditor of the controller (a superuser): Juju shows this to nobody else';

export const controllerLogin = 'identities.observer of the controller, with login: no more is asked for';

export const controllerModel =
  "identities.observer of the controller, with read on the controller's own model";

export const owners =
  "an entry under attestations of the policy, with 'match: { control: ID }', statement, owner, attested and expires; without one it stays for a person";

/** Undoing a setting of the controller or of a model. */
export const backToBefore = 'The key gets the value back that it had, or is reset where it had none.';

export const nobody = 'Nobody.';
