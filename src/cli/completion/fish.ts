import type { CommandWords, OptionWords } from './words.js';

/** The completion for fish. */
export function fishScript(commands: readonly CommandWords[]): string {
  return `# Completion of holdfast for fish: put it into ~/.config/fish/completions/holdfast.fish
complete -c holdfast -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, options, subcommands, argument, choices }: CommandWords): string[] {
  const condition = conditionOf(
    path,
    subcommands.map(({ name }) => name),
  );
  const line = (rest: string): string => `complete -c holdfast -n ${quoted(condition)} ${rest}`;
  return [
    ...subcommands.map(({ name, description }) => line(`-a ${name} -d ${quoted(description)}`)),
    ...(argument === 'choice' ? [line(`-a ${quoted(choices.join(' '))}`)] : []),
    ...(argument === 'file' ? [line('-F')] : []),
    ...options.map((option) => line(optionText(option))),
  ];
}

/** Every word of the path was typed, and none of the commands below it. */
function conditionOf(path: string, below: readonly string[]): string {
  const words = path === '' ? [] : path.split(' ');
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
  const unseen = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(' ')}`];
  return [...seen, ...unseen].join('; and ');
}

function optionText({ flag, description, takes, choices }: OptionWords): string {
  return `-l ${flag.replace(/^-+/, '')}${value(takes, choices)} -d ${quoted(description)}`;
}

function value(takes: OptionWords['takes'], choices: readonly string[]): string {
  if (takes === 'nothing') return '';
  if (takes === 'choice') return ` -x -a ${quoted(choices.join(' '))}`;
  if (takes === 'text') return ' -x';
  return takes === 'folder' ? " -x -a '(__fish_complete_directories)'" : ' -r -F';
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
