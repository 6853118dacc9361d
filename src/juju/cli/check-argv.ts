import { commandNamed, switches, valuedOptions, type Command } from './commands.js';

/** Who calls, for the check of one call's arguments. */
export interface Caller {
  /** The only controller that the call may name. */
  readonly controller: string;
  readonly readOnly: boolean;
}

/** Longer than any sensible argument; a longer one is a mistake or an attack. */
const longest = 64 * 1024;

const modelOptions: ReadonlySet<string> = new Set(['-m', '--model']);
const controllerOptions: ReadonlySet<string> = new Set(['-c', '--controller']);

interface Arguments {
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly positionals: readonly string[];
  readonly refusal?: string;
}

/**
 * Why this call must not be made, in one sentence, or undefined when it may: only commands that Holdfast uses, only
 * names that are names by Juju's rules, only this controller, and always with the model or controller named.
 */
export function refusal(argv: readonly string[], caller: Caller): string | undefined {
  const [name = '', ...rest] = argv;
  const command = commandNamed(name);
  if (command === undefined) return `juju ${shown(name)} is no command that Holdfast uses`;
  const odd = argv.find((argument) => argument.length > longest || argument.includes('\0'));
  if (odd !== undefined) return 'an argument is too long or holds a zero byte';
  const args = split(rest, command);
  const problem = args.refusal ?? scopeProblem(command, args, caller) ?? positionalProblem(command, args);
  if (problem !== undefined) return `juju ${name}: ${problem}`;
  return caller.readOnly && changes(command, args)
    ? `juju ${name} would change something; this road only reads`
    : undefined;
}

/** Options and names apart; what follows `--` is the business of the command run in the unit. */
function split(argv: readonly string[], command: Command): Arguments {
  const options: (readonly [string, string])[] = [];
  const positionals: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const argument = argv[i] ?? '';
    if (argument === '--') break;
    if (!argument.startsWith('-')) {
      positionals.push(argument);
      continue;
    }
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const value = equals < 0 && valuedOptions.has(name) ? (argv[(i += 1)] ?? '') : argument.slice(equals + 1);
    const wrong = optionProblem(name, value, command);
    if (wrong !== undefined) return { options, positionals, refusal: wrong };
    options.push([name, value]);
  }
  return { options, positionals };
}

function optionProblem(name: string, value: string, command: Command): string | undefined {
  if (switches.has(name)) return undefined;
  const check = valuedOptions.get(name);
  const isOutOfPlace = name === '--file' && command.takesFile !== true;
  if (check === undefined || isOutOfPlace) return `${shown(name)} is no option that Holdfast uses`;
  return check(value) ? undefined : `${shown(value)} is no value for ${name}`;
}

function scopeProblem(command: Command, args: Arguments, { controller }: Caller): string | undefined {
  const values = (names: ReadonlySet<string>): string[] =>
    args.options.filter(([name]) => names.has(name)).map(([, value]) => value);
  const models = values(modelOptions);
  const controllers = values(controllerOptions);
  const first = command.scope === 'first-argument' ? args.positionals.slice(0, 1) : [];
  const foreign = [...models, ...controllers, ...first].find((value) => controllerIn(value) !== controller);
  if (foreign !== undefined) return `${shown(foreign)} is not of the controller ${controller}`;
  if (command.scope === 'model' && models.length === 0) return 'the model is not named';
  return command.scope === 'controller' && controllers.length === 0
    ? 'the controller is not named'
    : undefined;
}

function controllerIn(value: string): string {
  const colon = value.indexOf(':');
  return colon < 0 ? value : value.slice(0, colon);
}

function positionalProblem(command: Command, { positionals }: Arguments): string | undefined {
  if (positionals.length < command.required.length) return 'arguments are missing';
  const wrong = positionals.find((value, index) => {
    const check = command.required[index] ?? command.further;
    return check?.(value) !== true;
  });
  return wrong === undefined ? undefined : `${shown(wrong)} is no name that may stand there`;
}

function changes(command: Command, args: Arguments): boolean {
  if (command.changes !== 'with-values') return command.changes === 'always';
  return (
    args.positionals.some((value) => value.includes('=')) || args.options.some(([name]) => name === '--reset')
  );
}

/** A text from outside for a message: short, and without control characters. */
function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
