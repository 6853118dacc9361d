import { ledgerStates } from '../../core/policy/ledger.js';
import { isAllAtWork, type ClusterSheet, type PolicyCheck, type RuleSheet } from '../policy-check/check.js';
import { notifyTexts } from '../policy-check/notify.js';
import { stackTexts } from '../policy-check/observability.js';
import { matchText, modeWords } from '../policy-check/words.js';
import { userTexts } from './named-users.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { clean, counted, hanging, listed, pad, wrap } from './text.js';

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

/** What `policy check` found, as a text for people: mistakes first, then what the policy would do. */
export function renderPolicyCheck(
  check: PolicyCheck,
  look: { readonly columns: number | undefined; readonly color: boolean },
): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const mistakes = `${counted(check.mistakes.length, 'mistake')} in ${check.file}`;
  const sections = [
    list(mistakes, check.mistakes, sheet),
    list('Files that it names', check.notes, sheet),
    list('Controllers', check.controllers.map(controllerText), sheet),
    list('Clusters', check.clusters.map(clusterText), sheet),
    list('Observability', stackTexts(check.observability), sheet),
    list('Whom it would tell', check.notify === undefined ? [] : notifyTexts(check.notify), sheet),
    list('What it would do', check.mistakes.length === 0 ? doings(check) : [], sheet),
    list('Users', check.mistakes.length === 0 ? userTexts(check.users) : [], sheet),
    standings(waiverTitle(check), byUrgency(check.waivers), sheet),
    standings('Attestations', check.attestations, sheet),
    list('Does nothing, or stands in the way', check.idle, sheet),
    list('Half of a change', check.oneSided, sheet),
    wrap(clean(closing(check)), sheet.columns).map(
      check.mistakes.length === 0 ? sheet.style.good : sheet.style.strong,
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function list(title: string, items: readonly string[], { style, columns }: Sheet): string[] {
  if (items.length === 0) return [];
  const bullet = items.length === 1 ? '  ' : '  - ';
  return [
    ...wrap(clean(title), columns).map(style.strong),
    ...items.flatMap((item) => hanging(bullet, wrap(clean(item), columns - bullet.length))),
  ];
}

function controllerText({ name, identities }: PolicyCheck['controllers'][number]): string {
  return `${name}: read as ${listed(identities, 3)}`;
}

function clusterText({ name, kubeconfig, context, match, asksForJuju }: ClusterSheet): string {
  const way =
    kubeconfig === undefined
      ? "the pod's service account"
      : `${kubeconfig}${context === undefined ? '' : `, context ${context}`}`;
  const models = Object.keys(match).length === 0 ? 'all models' : matchText(match);
  const asked = asksForJuju ? '' : '; what Juju may do there is not asked (jujuUser)';
  return `${name}: read by ${way}, for ${models}${asked}`;
}

function doings({ defaults, rules }: PolicyCheck): string[] {
  const { mode, profile, disruptive } = defaults;
  return [
    `everywhere: ${mode} (${modeWords[mode]}), profile ${profile}, disruptive steps by ${disruptive}`,
    ...rules.map(ruleText),
  ];
}

function ruleText({ path, match, mode, profile, disruptive, enabled, params }: RuleSheet): string {
  const changes = [
    ...(mode === undefined ? [] : [`${mode} (${modeWords[mode]})`]),
    ...(enabled === undefined ? [] : [enabled ? 'judged' : 'not judged']),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
    ...(disruptive === undefined ? [] : [`disruptive steps by ${disruptive}`]),
    ...(params === undefined ? [] : [`parameters ${Object.keys(params).join(', ')}`]),
  ];
  return `${path} ${matchText(match)}: ${changes.length === 0 ? 'changes nothing' : changes.join('; ')}`;
}

function waiverTitle({ waivers }: PolicyCheck): string {
  const by = ledgerStates
    .map((state) => [state, waivers.filter((waiver) => waiver.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return `Waivers: ${by.join(', ')}`;
}

function byUrgency(waivers: PolicyCheck['waivers']): PolicyCheck['waivers'] {
  return [...waivers].sort((a, b) => ledgerStates.indexOf(a.state) - ledgerStates.indexOf(b.state));
}

/** Each with its state before it. */
function standings(
  title: string,
  items: readonly { readonly id: string; readonly state: string; readonly message: string }[],
  { style, columns }: Sheet,
): string[] {
  if (items.length === 0) return [];
  const column = Math.max(...items.map(({ state }) => state.length)) + 2;
  return [
    ...wrap(title, columns).map(style.strong),
    ...items.flatMap(({ id, state, message }) =>
      hanging(`  ${pad(state, column)}`, wrap(clean(`${id}: ${message}`), columns - 2 - column)),
    ),
  ];
}

function closing(check: PolicyCheck): string {
  const { file, mistakes, estate } = check;
  if (mistakes.length > 0)
    return `${file} cannot be used: mend ${counted(mistakes.length, 'mistake')} first.`;
  const where = estate === undefined ? '' : `, held against ${estate.name}`;
  return `${file} can be used${where}.${isAllAtWork(check) ? '' : ' Not everything in it does what it should: see above.'}`;
}
