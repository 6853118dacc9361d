import type { Options } from './argv.js';
import type { Context } from './context.js';
import type { Format } from './output.js';

/** One command of the client. */
export interface Command {
  readonly options: Options;
  /** Formats it knows, its own first; none where it has no such option. */
  readonly formats: readonly Format[];
  /** What a block of this command is called, for the hint that lifts it. */
  readonly blockedBy?: 'change' | 'remove';
  /** As in `You do not have permission to …`, where the client says so. */
  readonly deniedTo?: string;
  /** Times that it tries again by itself. */
  readonly retries?: number;
  run(context: Context, format: Format): Promise<void>;
}

export const onModel: Options = { model: 'text' };
export const onController: Options = { controller: 'text' };
export const formatted: Options = { format: 'text' };

/** The positional argument at this place; @throws CliError with exit code 2 when it is missing. */
export function argument({ parsed }: Context, index: number): string {
  return parsed.positional[index] ?? '';
}
