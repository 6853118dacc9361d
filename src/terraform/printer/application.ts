import type { Action } from '../../core/action/action.js';
import { branches, listed } from '../json.js';
import type { Named } from './addresses.js';
import { block, comment, quotedText, type Attribute } from './hcl.js';
import { guessNote, withModuleNote, type Sheet } from './sheet.js';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;
type Body = readonly (Attribute | string)[];

/** Changes of an application that is there already: the changed part of its resource. */
export type ApplicationChange = Of<
  'set-config' | 'reset-config' | 'expose' | 'unexpose' | 'trust' | 'remove-trust' | 'refresh'
>;

export function applicationLines(action: ApplicationChange, sheet: Sheet): readonly string[] {
  const named = sheet.addresses.application(action.model, action.application);
  const what = `application ${action.application}`;
  const body = bodyOf(action, named);
  return [
    ...guessNote(named, what),
    ...withModuleNote(named),
    ...comment(
      `Change ${named.address} (${what} of model ${action.model.model}); what else stands in it stays as it is.`,
    ),
    ...block(`resource "juju_application" ${quotedText(named.label)}`, body),
  ];
}

function bodyOf(action: ApplicationChange, named: Named): Body {
  switch (action.type) {
    case 'set-config':
      return block('config =', [
        '# the other options stay as they are',
        [quotedText(action.key), quotedText(action.value)],
      ]);
    case 'reset-config':
      return block('config =', [...comment(`delete the line of ${action.key}; the other options stay`)]);
    case 'expose':
      return exposeBody(action);
    case 'unexpose':
      return unexposeBody(action, named);
    case 'trust':
      return [['trust', 'true']];
    case 'remove-trust':
      return [['trust', 'false']];
    case 'refresh':
      return refreshBody(action);
  }
}

function exposeBody({ endpoint, cidrs }: Of<'expose'>): Body {
  const body: Attribute[] = [];
  if (endpoint !== undefined) body.push(['endpoints', quotedText(endpoint)]);
  if (cidrs.length > 0) body.push(['cidrs', quotedText(cidrs.join(','))]);
  return block('expose', body);
}

/** The provider has one block for all endpoints of an application. */
function unexposeBody({ endpoint }: Of<'unexpose'>, { resource }: Named): Body {
  if (endpoint === undefined) return comment('delete the block "expose"');
  const [now] = branches(resource?.values['expose']);
  const left = listed(now?.['endpoints']).filter((name) => name !== endpoint);
  if (now === undefined) return comment(`take ${endpoint} out of "endpoints" of the block "expose"`);
  if (left.length === 0) return comment('delete the block "expose"');
  const kept = ['spaces', 'cidrs'].flatMap((key): Attribute[] => {
    const value = listed(now[key]).join(',');
    return value === '' ? [] : [[key, quotedText(value)]];
  });
  return block('expose', [['endpoints', quotedText(left.join(','))], ...kept]);
}

function refreshBody({ revision, channel, trust, resources = {} }: Of<'refresh'>): Body {
  const charm: Attribute[] = [];
  if (channel !== undefined) charm.push(['channel', quotedText(channel)]);
  if (revision !== undefined) charm.push(['revision', String(revision)]);
  const images = Object.entries(resources).map(([name, value]): Attribute => [
    quotedText(name),
    quotedText(value),
  ]);
  return [
    ...(trust === true ? [['trust', 'true'] as const] : []),
    ...(images.length > 0 ? block('resources =', images) : []),
    ...block('charm', ['# the name and the base stay as they are', ...charm]),
  ];
}
