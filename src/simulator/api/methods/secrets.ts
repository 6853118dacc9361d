import { denied, JujuError } from '../../errors.js';
import { holds, need, needUnblocked } from '../../world/levels.js';
import {
  createSecret,
  grantSecret,
  updateSecret,
  userSecretNamed,
  type SecretContent,
} from '../../world/secrets.js';
import type { SimModel, SimSecret } from '../../world/state.js';
import type { ModelCall, ModelMethod } from '../call.js';
import { eachResult, flagOf, recordOf, recordsOf, textOf, textsOf, type Params } from '../params.js';
import { wireTime } from '../times.js';

export const secretMethods: Readonly<Record<string, ModelMethod>> = {
  'Secrets.ListSecrets': list,
  'Secrets.CreateSecrets': create,
  'Secrets.UpdateSecrets': update,
  'Secrets.GrantSecret': grant,
};

/** Contents are for admins of the model only. */
function list({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const reveals = flagOf(params, 'show-secrets');
  if (reveals && !holds(model, user, 'admin')) throw denied();
  const label = textOf(recordOf(params, 'filter'), 'label');
  const found = label === '' ? model.secrets : [userSecretNamed(model, label)];
  return {
    results: found.map((secret) => ({ ...entry(model, secret), ...(reveals ? valueOf(secret) : {}) })),
  };
}

function valueOf({ content = {} }: SimSecret): object {
  const data = Object.entries(content).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return { value: { data: Object.fromEntries(data) as object } };
}

function create({ model, user, params }: ModelCall): object {
  mayWrite({ model, user });
  return eachResult(recordsOf(params, 'args'), (item) => {
    const { id } = createSecret(model, textOf(item, 'label'), contentOf(item));
    return { result: `secret:${id}` };
  });
}

function update({ model, user, params }: ModelCall): object {
  mayWrite({ model, user });
  return eachResult(recordsOf(params, 'args'), (item) => {
    updateSecret(model, textOf(item, 'existing-label'), contentOf(item));
    return {};
  });
}

function grant({ model, user, params }: ModelCall): object {
  mayWrite({ model, user });
  const { label } = userSecretNamed(model, textOf(params, 'label'));
  return eachResult(textsOf(params, 'applications'), (application) => {
    grantSecret(model, label, [application]);
    return {};
  });
}

function mayWrite({ model, user }: Pick<ModelCall, 'model' | 'user'>): void {
  need(model, user, 'write');
  needUnblocked(model, 'change');
}

function contentOf(item: Params): SecretContent {
  const data = recordOf(recordOf(item, 'content'), 'data');
  if (Object.keys(data).length === 0) throw new JujuError('empty secret value', 'not valid');
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(String(text), 'base64').toString()]),
  );
}

function entry(model: SimModel, secret: SimSecret): object {
  const created = wireTime(secret.revisionCreated);
  const revision = {
    revision: secret.revision,
    'backend-name': 'internal',
    'create-time': created,
    'update-time': created,
  };
  return {
    uri: `secret:${secret.id}`,
    version: 1,
    'owner-tag': secret.owner === 'model' ? `model-${model.uuid}` : secret.owner,
    'rotate-policy': secret.rotation,
    ...(secret.rotates === undefined ? {} : { 'next-rotate-time': wireTime(secret.rotates) }),
    ...(secret.expires === undefined ? {} : { 'latest-expire-time': wireTime(secret.expires) }),
    description: '',
    label: secret.label,
    'latest-revision': secret.revision,
    'latest-revision-checksum': '',
    'create-time': wireTime(secret.created),
    'update-time': created,
    revisions: [revision],
    ...accessOf(model, secret),
  };
}

function accessOf(model: SimModel, { grantedTo }: SimSecret): object {
  if (grantedTo.length === 0) return {};
  const scope = `model-${model.uuid}`;
  return {
    access: grantedTo.map((name) => ({
      'target-tag': `application-${name}`,
      'scope-tag': scope,
      role: 'view',
    })),
  };
}
