import {
  isActionName,
  isApplication,
  isCidr,
  isCloud,
  isConfigKey,
  isController,
  isEndpoint,
  isEndpointName,
  isModel,
  isModelOfController,
  isOffer,
  isUnit,
  isUser,
} from './names.js';

type Check = (text: string) => boolean;

/** What one command of `juju` may be given. */
export interface Command {
  /** Whether it can change anything: `with-values` reads, unless something is assigned or reset. */
  readonly changes: 'never' | 'always' | 'with-values';
  /** What it must name, so that it never falls back on the current controller or model. */
  readonly scope: 'model' | 'controller' | 'first-argument' | 'none';
  /** The arguments that must stand there, in their order. */
  readonly required: readonly Check[];
  /** What each further argument must be; without it there may be none. */
  readonly further?: Check;
  /** Whether it may be handed a file of ours: others would read settings from it. */
  readonly takesFile?: true;
}

const isLevel: Check = (text) => /^(login|superuser|read|write|admin|consume|add-model)$/.test(text);
const isCommandSet: Check = (text) => /^(all|destroy-model|remove-object)$/.test(text);
const isNumber: Check = (text) => /^\d{1,18}$/.test(text);
/** The name of a user's secret: never `key=value`, which would put a value into the arguments. */
const isSecret: Check = (text) => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(text);
const isRelationEnd: Check = (text) => isEndpoint(text) || isApplication(text);
const isAccessObject: Check = (text) => isModel(text) || isOffer(text);
/** `key=value`: the value is handed on as it is, only the key must be a name. */
const isAssignment: Check = (text) => text.includes('=') && isConfigKey(text.slice(0, text.indexOf('=')));
const isSetting: Check = (text) => isAssignment(text) || isConfigKey(text);
const isActionPart: Check = (text) => isUnit(text) || isActionName(text) || isAssignment(text);
const anything: Check = () => true;

const reads = (scope: Command['scope'], ...required: Check[]): Command => ({
  changes: 'never',
  scope,
  required,
});
const writes = (scope: Command['scope'], ...required: Check[]): Command => ({
  changes: 'always',
  scope,
  required,
});

/** Every command that Holdfast uses, and no other one. None of them can destroy a model, a machine or an application. */
const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['status', reads('model')],
  ['models', reads('controller')],
  ['show-model', reads('first-argument', isModelOfController)],
  ['show-controller', reads('first-argument', isController)],
  ['show-application', { ...reads('model', isApplication), further: isApplication }],
  ['users', { ...reads('controller'), further: isModel }],
  ['offers', reads('model')],
  ['secrets', reads('model')],
  ['show-secret', reads('model', isSecret)],
  ['ssh-keys', reads('model')],
  ['credentials', reads('controller')],
  ['clouds', reads('controller')],
  ['disabled-commands', reads('model')],
  ['model-secret-backend', reads('model')],
  ['operations', reads('model')],
  ['show-operation', reads('model', isNumber)],
  ['show-task', reads('model', isNumber)],
  ['resources', reads('model', isApplication)],
  ['info', reads('none', isApplication)],
  ['version', reads('none')],
  ['config', { changes: 'with-values', scope: 'model', required: [isApplication], further: isSetting }],
  ['model-config', { changes: 'with-values', scope: 'model', required: [], further: isSetting }],
  ['controller-config', { changes: 'with-values', scope: 'controller', required: [], further: isSetting }],
  ['integrate', writes('model', isRelationEnd, isRelationEnd)],
  ['remove-relation', writes('model', isRelationEnd, isRelationEnd)],
  ['expose', writes('model', isApplication)],
  ['unexpose', writes('model', isApplication)],
  ['trust', writes('model', isApplication)],
  ['refresh', writes('model', isApplication)],
  ['disable-command', { ...writes('model', isCommandSet), further: anything }],
  ['enable-command', writes('model', isCommandSet)],
  ['disable-user', writes('controller', isUser)],
  ['enable-user', writes('controller', isUser)],
  ['change-user-password', writes('controller', isUser)],
  ['add-secret', { ...writes('model', isSecret), takesFile: true }],
  ['update-secret', { ...writes('model', isSecret), takesFile: true }],
  ['grant-secret', writes('model', isSecret, isApplication)],
  ['grant', { ...writes('controller', isUser, isLevel), further: isAccessObject }],
  ['revoke', { ...writes('controller', isUser, isLevel), further: isAccessObject }],
  ['grant-cloud', writes('controller', isUser, isLevel, isCloud)],
  ['revoke-cloud', writes('controller', isUser, isLevel, isCloud)],
  ['run', { ...writes('model', isUnit), further: isActionPart }],
  ['exec', writes('model')],
]);

export function commandNamed(name: string): Command | undefined {
  return commands.get(name);
}

/** `name=value` with a number or an image pinned by digest; never a path, of which the file would be sent. */
const isResource: Check = (text) =>
  text.length <= 500 &&
  /^[a-z][a-z0-9-]*=(?:\d{1,9}|[a-z0-9][a-z0-9-]*\.[a-z0-9.-]+(?::\d+)?\/[\w./-]+@sha256:[0-9a-f]+)$/.test(
    text,
  );

/** A file of ours, by its whole path. */
const isPrivateFile: Check = (text) => /^(?:\/[\w@+.,-]+)+$/.test(text) && !text.includes('/../');

const plain: Check = (text) => text !== '' && !text.startsWith('-');
const listOf =
  (check: Check): Check =>
  (text) =>
    text.split(',').every(check);

/** Options that take a value, and what it must be. `-m` and `-c` are checked against the controller besides. */
export const valuedOptions: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['-m', isModelOfController],
  ['--model', isModelOfController],
  ['-c', isController],
  ['--controller', isController],
  ['--format', (text) => /^(json|yaml)$/.test(text)],
  ['--reset', listOf(isConfigKey)],
  ['--endpoints', listOf((text) => text === '' || isEndpointName(text))],
  ['--to-cidrs', listOf(isCidr)],
  ['--scope', (text) => text === 'cluster'],
  ['--wait', (text) => /^(\d+(ms|s|m|h))+$/.test(text)],
  ['--unit', isUnit],
  ['--limit', isNumber],
  ['--revision', isNumber],
  ['--channel', plain],
  ['--resource', isResource],
  ['--base', plain],
  ['--file', isPrivateFile],
]);

/** Options without a value. */
export const switches: ReadonlySet<string> = new Set([
  '--utc',
  '--all',
  '--exact-time',
  '--background',
  '--string-args',
  '--remove',
  '--trust',
  '--full',
  '--no-prompt',
  '--reveal',
]);
