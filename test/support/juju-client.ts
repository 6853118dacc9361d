/**
 * The command line of the `juju` client in the series 3.6 and 4.0, as far as our texts use it: names, options and how many
 * arguments belong to each. Facts of Juju's own command definitions; none of its help.
 */

interface Shape {
  /** What `-m` or `-c` names; a client command takes neither. */
  readonly on: 'model' | 'controller' | 'client';
  /** The fewest and the most arguments. */
  readonly takes: readonly [number, number];
  /** Its own options; those with a value end in `=`. */
  readonly options: readonly string[];
}

const any = Number.POSITIVE_INFINITY;

function shape(on: Shape['on'], least: number, most: number, options = ''): Shape {
  return { on, takes: [least, most], options: options === '' ? [] : options.split(' ') };
}

const format = '--format= -o= --output=';

const client: ReadonlyMap<string, Shape> = new Map([
  ['add-credential', shape('controller', 1, 1, '--client -f= --file= --region=')],
  [
    'add-k8s',
    shape('controller', 1, 1, '--client --cluster-name= --context-name= --credential= --region= --storage='),
  ],
  ['add-model', shape('controller', 1, 2, '--config= --credential= --no-switch --owner=')],
  ['add-secret', shape('model', 1, any, '--file= --info=')],
  ['add-secret-backend', shape('controller', 2, any, '--config= --import-id=')],
  ['add-space', shape('model', 1, any)],
  ['add-unit', shape('model', 1, 1, '-n= --num-units= --to= --attach-storage=')],
  ['add-user', shape('controller', 1, 2)],
  ['bind', shape('model', 2, any, '--force')],
  [
    'bootstrap',
    shape('client', 0, 2, '--config= --credential= --model-default= --agent-version= --bootstrap-base='),
  ],
  ['change-user-password', shape('controller', 0, 1, '--no-prompt --reset')],
  ['config', shape('model', 1, any, `--reset= --file= ${format}`)],
  ['consume', shape('model', 1, 2)],
  ['controller-config', shape('controller', 0, any, `--file= --ignore-read-only-fields ${format}`)],
  ['controllers', shape('client', 0, 0, `--refresh --managed ${format}`)],
  ['create-backup', shape('model', 0, 1, '--filename= --no-download')],
  [
    'debug-log',
    shape('model', 0, 0, '--include= --exclude= --include-module= --level= -l= --replay --tail --no-tail'),
  ],
  [
    'deploy',
    shape(
      'model',
      1,
      2,
      '--base= --bind= --channel= --config= --constraints= -n= --resource= --revision= --to= --trust',
    ),
  ],
  [
    'destroy-controller',
    shape('client', 1, 1, '--destroy-all-models --destroy-storage --release-storage --no-prompt'),
  ],
  ['disable-command', shape('model', 1, any)],
  ['disable-user', shape('controller', 1, 1)],
  ['enable-command', shape('model', 1, 1)],
  ['enable-ha', shape('controller', 0, 0, '-n= --to= --constraints=')],
  ['enable-user', shape('controller', 1, 1)],
  [
    'exec',
    shape(
      'model',
      1,
      any,
      `--all -a= --app= --application= --unit= -u= --machine= --wait= --background ${format}`,
    ),
  ],
  ['export-bundle', shape('model', 0, 0, '--filename= --include-charm-defaults')],
  ['expose', shape('model', 1, 1, '--endpoints= --to-cidrs= --to-spaces=')],
  ['grant', shape('controller', 2, any)],
  ['grant-cloud', shape('controller', 3, any)],
  ['grant-secret', shape('model', 2, 2)],
  ['info', shape('controller', 1, 1, `--arch= --base= --channel= --config --revision= --track= ${format}`)],
  ['integrate', shape('model', 1, 2, '--via=')],
  ['model-config', shape('model', 0, any, `--reset= --file= --ignore-read-only-fields ${format}`)],
  ['model-secret-backend', shape('model', 0, 1)],
  ['models', shape('controller', 0, 0, `--all --exact-time --uuid ${format}`)],
  ['offer', shape('controller', 1, 2)],
  [
    'operations',
    shape('model', 0, 0, `--actions= --apps= --limit= --offset= --status= --units= --utc ${format}`),
  ],
  [
    'refresh',
    shape(
      'model',
      1,
      1,
      '--base= --bind= --channel= --config= --force --force-units --path= --resource= --revision= --switch= --trust',
    ),
  ],
  ['remove-relation', shape('model', 1, 2, '--force')],
  ['remove-ssh-key', shape('model', 1, any)],
  ['remove-unit', shape('model', 1, any, '--destroy-storage --force --no-prompt --num-units=')],
  ['resources', shape('model', 1, 1, `--details ${format}`)],
  ['resume-relation', shape('model', 1, any)],
  ['revoke', shape('controller', 2, any)],
  ['revoke-cloud', shape('controller', 3, any)],
  ['run', shape('model', 2, any, `--background --params= --string-args --utc --wait= ${format}`)],
  ['scale-application', shape('model', 2, 2)],
  ['set-application-base', shape('model', 2, 2, '--force')],
  ['set-credential', shape('model', 2, 2)],
  ['show-cloud', shape('controller', 1, 1, `--client --include-config ${format}`)],
  ['show-controller', shape('client', 0, any, `--show-password ${format}`)],
  ['show-model', shape('model', 0, 1, format)],
  ['show-offer', shape('controller', 1, 1, format)],
  ['show-operation', shape('model', 1, 1, `--utc --wait= --watch ${format}`)],
  ['show-secret', shape('model', 1, 1, `--reveal --revision= --revisions ${format}`)],
  ['ssh', shape('model', 1, any)],
  ['ssh-keys', shape('model', 0, 0, '--full')],
  ['status', shape('model', 0, any, `--relations --storage --utc ${format}`)],
  ['switch', shape('client', 0, 1)],
  ['trust', shape('model', 1, 1, '--remove --scope=')],
  ['unexpose', shape('model', 1, 1, '--endpoints=')],
  ['update-credential', shape('controller', 0, 2, '--client --force -f= --file= --region=')],
  ['update-secret', shape('model', 1, any, '--auto-prune --file= --info= --name=')],
  ['upgrade-controller', shape('controller', 0, 0, '--agent-version= --dry-run -y --yes --timeout=')],
  ['upgrade-model', shape('model', 0, 0, '--agent-version= --dry-run -y --yes --timeout=')],
  ['users', shape('controller', 0, 1, `--all --exact-time ${format}`)],
]);

const places = { model: ['-m=', '--model='], controller: ['-c=', '--controller='], client: [] } as const;

/** A command line of `juju`, taken apart. */
export interface JujuLine {
  readonly command: string;
  readonly args: readonly string[];
  /** Options as they were written, each with its value, '' for a switch. */
  readonly options: readonly (readonly [string, string])[];
}

/** The command line, or a sentence on why the client would refuse it. @param words without `juju` */
export function readJujuLine(words: readonly string[]): JujuLine | string {
  const [command = '', ...rest] = words;
  const known = client.get(command);
  if (known === undefined) return `there is no juju ${command}`;
  const line = takenApart(command, rest, new Set([...known.options, ...places[known.on]]));
  return typeof line === 'string' ? line : (miscounted(line, known) ?? line);
}

function takenApart(
  command: string,
  words: readonly string[],
  known: ReadonlySet<string>,
): JujuLine | string {
  const args: string[] = [];
  const options: (readonly [string, string])[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [name = '', ...value] = word.split('=');
    if (word === '--') args.push(...left.splice(0));
    else if (!name.startsWith('-')) args.push(word);
    else if (known.has(name)) options.push([name, '']);
    else if (known.has(`${name}=`)) options.push([name, value.join('=') || (left.shift() ?? '')]);
    else return `juju ${command} has no ${name}`;
  }
  return { command, args, options };
}

function miscounted(
  { command, args, options }: JujuLine,
  { takes: [least, most] }: Shape,
): string | undefined {
  const [valueless] =
    options.find(([name, value]) => value === '' && client.get(command)?.options.includes(name) !== true) ??
    [];
  if (valueless !== undefined) return `juju ${command}: ${valueless} wants a value`;
  if (args.length < least) return `juju ${command} wants ${least} arguments or more, and has ${args.length}`;
  return args.length > most ? `juju ${command} takes ${most} arguments at most` : undefined;
}
