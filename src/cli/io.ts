/** How a command talks to the person or program that called it. */
export interface Io {
  /** Writes the result. */
  readonly out: (text: string) => void;
  /** Writes progress and complaints. */
  readonly err: (text: string) => void;
  /** Width of the terminal that shows the result, in columns; undefined when it goes elsewhere. */
  readonly columns?: number;
  /** Width of the terminal that shows progress, in columns; undefined when it goes elsewhere. */
  readonly progressColumns?: number;
  /** Whether the result may be coloured. */
  readonly color: boolean;
  /** Whether a person sits there who can be asked. */
  readonly interactive: boolean;
  /** All of the standard input. */
  readonly readInput: () => Promise<string>;
  /** Asks a person for one line. */
  readonly ask: (question: string) => Promise<string>;
}
