import type { CommandWords, OptionWords } from './words.js';

/** The completion for zsh. */
export function zshScript(commands: readonly CommandWords[]): string {
  return `#compdef holdfast
# Completion of holdfast for zsh: put it as _holdfast into a folder of $fpath.
${commands.map(functionOf).join('\n')}
if [ "$funcstack[1]" = "_holdfast" ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi
`;
}

function functionOf(command: CommandWords): string {
  const { path, options, subcommands } = command;
  const specs = options.map((option) => `    ${quoted(spec(option))}`);
  const rest =
    subcommands.length === 0
      ? argumentSpecs(command).map((text) => `    ${quoted(text)}`)
      : ["    '1: :->command'", "    '*:: :->rest'"];
  return `${nameOf(path)}() {
  local state line
  _arguments -C \\
${[...specs, ...rest].join(' \\\n')}
${subcommands.length === 0 ? '' : dispatch(command)}}`;
}

function dispatch({ path, subcommands }: CommandWords): string {
  const described = subcommands.map(({ name, description }) => quoted(`${name}:${description}`)).join(' ');
  const cases = subcommands.map(({ name }) => `      ${name}) ${nameOf(`${path} ${name}`.trim())} ;;`);
  return `  case "$state" in
    command) local -a commands=(${described}); _describe command commands ;;
    rest) case "$line[1]" in
${cases.join('\n')}
    esac ;;
  esac
`;
}

function spec(option: OptionWords): string {
  return `${option.flag}[${option.description.replace(/[[\]\\:]/g, '\\$&')}]${value(option)}`;
}

function value({ takes, choices }: OptionWords): string {
  if (takes === 'nothing') return '';
  if (takes === 'choice') return `:value:(${choices.join(' ')})`;
  if (takes === 'file') return ':file:_files';
  return takes === 'folder' ? ':folder:_files -/' : ':value: ';
}

function argumentSpecs({ argument, choices }: CommandWords): readonly string[] {
  if (argument === 'nothing') return [];
  return [argument === 'file' ? '*:file:_files' : `1:value:(${choices.join(' ')})`];
}

function nameOf(path: string): string {
  return path === '' ? '_holdfast' : `_holdfast_${path.replaceAll(' ', '_')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
