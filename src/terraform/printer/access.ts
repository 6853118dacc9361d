import type { AccessRef, Action, ModelRef } from '../../core/action/action.js';
import { usersOf, type Named } from './addresses.js';
import { block, comment, label, quotedText, textList } from './hcl.js';
import { guessNote, withModuleNote, type Sheet } from './sheet.js';

type Grant = Extract<Action, { type: 'grant' | 'revoke' }>;

/**
 * Undefined where the provider has no resource for it: levels on the controller. A level is taken out of the resource
 * that gives it, which is the one that is held and not the one that `revoke` names.
 */
export function accessLines(
  { args, inverse = [] }: { readonly args: Grant; readonly inverse?: readonly Action[] },
  sheet: Sheet,
): readonly string[] | undefined {
  const { on } = args;
  if (on === undefined) return undefined;
  const held = inverse.find(({ type }) => type === 'grant');
  const level = args.type === 'revoke' && held?.type === 'grant' ? held.level : args.level;
  return on.kind === 'model' ? onModel(args, { on, level }, sheet) : onOffer(args, { on, level }, sheet);
}

interface Given {
  readonly on: AccessRef;
  readonly level: string;
}

function onModel(action: Grant, { on, level }: Given, sheet: Sheet): readonly string[] {
  const model = modelIn(action.controller, on);
  const found = sheet.addresses.grantsOn(model, level);
  if (action.type === 'revoke') return revoked(action, found, { level, key: 'users' }, sheet);
  const head = 'resource "juju_access_model"';
  if (found !== undefined)
    return changed(found, head, [['users', textList([...usersOf(found), action.user])]]);
  const own = sheet.addresses.model(model);
  const name = label(`${model.model}_${action.level}_${action.user}`);
  return [
    ...guessNote(own, `model ${model.model}`),
    ...withModuleNote(own),
    ...block(`${head} ${quotedText(name)}`, [
      ['model_uuid', `${own.reference}.uuid`],
      ['access', quotedText(action.level)],
      ['users', textList([action.user])],
    ]),
  ];
}

/** `owner/model` */
function modelIn(controller: string, { name }: AccessRef): ModelRef {
  const [owner = '', model = ''] = name.split('/', 2);
  return { controller, owner, model };
}

function onOffer(action: Grant, { on: { name }, level }: Given, sheet: Sheet): readonly string[] {
  const found = sheet.addresses.grantsOnOffer(name);
  if (action.type === 'revoke') return revoked(action, found, { level, key: level }, sheet);
  const head = 'resource "juju_access_offer"';
  if (found !== undefined)
    return changed(found, head, [[action.level, textList([...usersOf(found, action.level), action.user])]]);
  return block(`${head} ${quotedText(label(`${name.slice(name.lastIndexOf('.') + 1)}_${action.user}`))}`, [
    ['offer_url', quotedText(name)],
    [action.level, textList([action.user])],
  ]);
}

function changed(
  named: Named,
  head: string,
  body: readonly (readonly [string, string])[],
): readonly string[] {
  return [
    ...withModuleNote(named),
    ...comment(`Change ${named.address}; what else stands in it stays as it is.`),
    ...block(`${head} ${quotedText(named.label)}`, body),
  ];
}

/** Who gave the access decides who can take it away: what Terraform did not grant it cannot revoke. */
function revoked(
  action: Grant,
  found: Named | undefined,
  { level, key }: { readonly level: string; readonly key: string },
  sheet: Sheet,
): readonly string[] {
  const { user, on } = action;
  const before = found === undefined ? [] : usersOf(found, key);
  if (found === undefined || !before.includes(user))
    return [
      ...comment(
        `Take ${user} out of the resource that gives ${level} on ${on?.name ?? ''}, if Terraform gives it. If it does not, run:`,
      ),
      sheet.command(action),
    ];
  const left = before.filter((name) => name !== user);
  if (left.length === 0 && found.type === 'juju_access_model')
    return [
      ...withModuleNote(found),
      ...comment(`Delete ${found.address}: ${user} is the only one it names.`),
    ];
  return changed(found, `resource "${found.type}"`, [[key, textList(left)]]);
}
