/** Takes the command lines of documentation apart: simple commands, each as its words. */

/** What a person types in a block: after the prompt where there is one, else each line. */
export function typedIn(block: string): string {
  const whole = block.replaceAll(/\\\n\s*/g, ' ');
  const lines = whole.split('\n');
  const prompted = lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
  return (prompted.length > 0 ? prompted : lines).join('\n');
}

const piece =
  /'(?<single>[^']*)'|"(?<double>(?:\\.|[^"\\])*)"|\\(?<escaped>.)|(?<!\S)#[^\n]*|(?<redirect>\d?[<>]{1,2}|&>)|(?<operator>[|&;()\n])|[^\S\n]+|(?<plain>[^\s'"\\|&;()<>]+)/g;

type Groups = Readonly<Record<string, string | undefined>>;

/** The commands in a text, in order; assignments before them, redirections and comments are left out. */
export function commandsIn(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let isFile = false;
  const endWord = (): void => {
    if (word === undefined) return;
    if (!isFile) commands.at(-1)?.push(word);
    word = undefined;
    isFile = false;
  };
  for (const { groups = {} } of text.matchAll(piece)) {
    const part = partOf(groups);
    if (part !== undefined) {
      word = `${word ?? ''}${part}`;
      continue;
    }
    endWord();
    isFile = groups['redirect'] !== undefined || (isFile && groups['operator'] === undefined);
    if (groups['operator'] !== undefined) commands.push([]);
  }
  endWord();
  return commands.map(withoutAssignments).filter((words) => words.length > 0);
}

function partOf({ single, double, escaped, plain }: Groups): string | undefined {
  return single ?? double ?? escaped ?? plain;
}

/** Also without what a shell puts before a command in a loop or a substitution. */
function withoutAssignments(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word) && !['do', 'then', '$', 'sudo'].includes(word));
  return first < 0 ? [] : words.slice(first);
}

/** Whether it is a command of this program. */
export function isOurs([first = '']: readonly string[]): boolean {
  return first === 'holdfast' || first.endsWith('/holdfast');
}
