/** Writes docs/reference/command-line.md from the program's own commands; `--check` says whether it is up to date. */
import type { Argument, Command, Option } from 'commander';
import type * as Environment from '../src/config/environment.js';
import type * as Program from '../src/cli/program.js';
import type { Services } from '../src/cli/services.js';
import { fromDist } from './from-dist.ts';
import { writeOrCheck } from './generated.ts';
import { code, plain, table } from './markdown.ts';

const { everyCommand, newProgram } = await fromDist<typeof Program>('cli/program.js');
const { readEnvironment } = await fromDist<typeof Environment>('config/environment.js');

const head = `# Command line

Generated from the program's own commands by \`make docs\`; \`holdfast COMMAND --help\` prints the same. What the exit codes
mean is in [exit codes](exit-codes.md), what the environment says in [environment](environment.md).

Standard output is the result, standard error the progress. Patterns know \`*\` for any characters and \`?\` for one.
A capital word in an example is yours to fill in.
`;

/** Nothing is run: the commands are only asked what they are. */
const services: Services = {
  io: {
    out: () => undefined,
    err: () => undefined,
    color: false,
    interactive: false,
    readInput: () => Promise.resolve(''),
    ask: () => Promise.resolve(''),
  },
  environment: readEnvironment({}),
  version: '',
  now: () => 0,
  guides: () => Promise.resolve([]),
  roads: {},
};
const program = newProgram(await everyCommand(), services, () => undefined);
const contents = below(program).map(
  (command) => `- [${pathOf(command)}](#${pathOf(command).replaceAll(' ', '-')}): ${command.description()}`,
);
const pages = [program, ...below(program)].map(page);
const text = [head, ...contents, '', ...pages].join('\n');
writeOrCheck(new Map([['docs/reference/command-line.md', `${text.trimEnd()}\n`]]), 'make docs');

/** Every command below one, in the order of the help; `help` itself explains itself. */
function below(command: Command): readonly Command[] {
  return command.commands.flatMap((sub) => [sub, ...below(sub)]);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function page(command: Command): string {
  const parts = [
    `## ${pathOf(command)}`,
    '',
    sentence(command.description()),
    '',
    '```text',
    `${pathOf(command)} ${command.usage()}`,
    '```',
    '',
    ...argumentTable(command.registeredArguments),
    ...groups(command.options).flatMap(([title, options]) => optionTable(title, options)),
    ...after(command),
  ];
  return parts.join('\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

function argumentTable(all: readonly Argument[]): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map((argument) => [code(argument.name()), withChoices(argument.description, argument)]);
  return table(['argument', 'what'], rows);
}

/** Options by the heading that they stand under in the help. */
function groups(options: readonly Option[]): readonly (readonly [string, readonly Option[]])[] {
  const found = new Map<string, Option[]>();
  for (const option of options) {
    const title = option.helpGroupHeading ?? '';
    found.set(title, [...(found.get(title) ?? []), option]);
  }
  return [...found];
}

function optionTable(title: string, options: readonly Option[]): readonly string[] {
  const rows = options.map((option) => [code(option.flags), withChoices(option.description, option)]);
  return [...(title === '' ? [] : [`**${title}**`, '']), ...table(['option', 'what'], rows)];
}

function withChoices(text: string, of: Pick<Option, 'argChoices' | 'defaultValue'>): string {
  const choices = of.argChoices === undefined ? '' : `: ${of.argChoices.map(code).join(', ')}`;
  const value: unknown = of.defaultValue;
  // `--no-x` has the default true, which says nothing.
  const isTold = value !== undefined && typeof value !== 'boolean';
  return `${text.replaceAll('*', '\\*')}${choices}${isTold ? `; ${code(plain(value))} unless given` : ''}`;
}

/** What the help says below the options: examples as they are typed, everything else as prose. */
function after(command: Command): readonly string[] {
  let whole = '';
  command.configureOutput({
    writeOut: (part) => {
      whole += part;
    },
  });
  command.outputHelp();
  const rest = whole.slice(command.helpInformation().length).trim();
  return rest === '' ? [] : rest.split(/\n\s*\n/).flatMap(paragraph);
}

function paragraph(text: string): readonly string[] {
  const [first = '', ...lines] = text.split('\n');
  if (!/^(Examples|Start here):$/.test(first)) return [text, ''];
  return [`**${first}**`, '', '```shell', ...lines.map(example), '```', ''];
}

/** A word beside a command becomes a comment, so that the line can be copied whole. */
function example(line: string): string {
  return line.replace(/^ {2}/, '').replace(/(?<=\S) {2,}(?=\S)/, '  # ');
}
