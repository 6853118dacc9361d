/** What a simulated copy of an estate cannot know: told to the person who reads the rehearsal. */
export class Doubts {
  readonly #sentences = new Map<string, Set<string>>();

  /** In the sentence, `{}` stands for the names of all that it holds for. */
  add(sentence: string, name = ''): void {
    const names = this.#sentences.get(sentence) ?? new Set<string>();
    names.add(name);
    this.#sentences.set(sentence, names);
  }

  /** In the order in which they came up, each once. */
  all(): readonly string[] {
    return [...this.#sentences].map(([sentence, names]) =>
      sentence.replace('{}', () => [...names].join(', ')),
    );
  }
}
