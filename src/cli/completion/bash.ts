import type { CommandWords, OptionWords } from './words.js';

/** The completion for bash. */
export function bashScript(commands: readonly CommandWords[]): string {
  const names = new Set(commands.flatMap(({ subcommands }) => subcommands.map(({ name }) => name)));
  return `# Completion of holdfast for bash: source <(holdfast completion bash)
_holdfast() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path="" i
  if [[ $word == = ]]; then word=""; elif [[ $before == = ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${[...names].join('|')}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$path" in
${commands.map(wordCase).join('\n')}
  esac
}
complete -o default -F _holdfast holdfast
`;
}

function valueCases({ path, options }: CommandWords): string[] {
  return options.flatMap((option) => {
    const reply = valueReply(option);
    return reply === undefined ? [] : [`    "${path} ${option.flag}") ${reply}; return ;;`];
  });
}

function valueReply({ takes, choices }: OptionWords): string | undefined {
  if (takes === 'nothing') return undefined;
  if (takes === 'choice') return compgen(`-W "${choices.join(' ')}"`);
  if (takes === 'file') return compgen('-f');
  return takes === 'folder' ? compgen('-d') : 'COMPREPLY=()';
}

/** What a command takes; its options where that is nothing. With no word found, bash completes files by itself. */
function wordCase({ path, options, subcommands, argument, choices }: CommandWords): string {
  const flags = options.map(({ flag }) => flag);
  const words = [...subcommands.map(({ name }) => name), ...choices];
  const bare = words.length === 0 && argument === 'nothing' ? flags : words;
  return `    "${path}") if [[ $word == -* ]]; then ${compgen(`-W "${flags.join(' ')}"`)}; else ${compgen(`-W "${bare.join(' ')}"`)}; fi ;;`;
}

function compgen(what: string): string {
  return `mapfile -t COMPREPLY < <(compgen ${what} -- "$word")`;
}
