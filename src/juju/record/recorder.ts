import type { Clock, JujuCli } from '../../core/ports/index.js';
import type { ApiExchange, RecordApi } from '../api/recorder.js';
import { apiFile, cliFile, type CliExchange } from './to-files.js';
import { prepareFolder, writeFolder } from './write.js';

/** Keeps every answer of Juju of one run, and writes them down when the run has ended well. */
export interface Recorder {
  readonly api: RecordApi;
  /** The same driver, listened to. */
  cli(cli: JujuCli): JujuCli;
  /** Writes everything at once, secrets removed. @throws InputError when the folder cannot be written */
  write(): void;
}

/**
 * @param controller our name for it; the command line tells it in every call
 * @throws InputError when the folder is there already and is not empty, or cannot be made
 */
export function recorderInto(folder: string, clock: Clock, controller?: string): Recorder {
  prepareFolder(folder);
  const [asked, called]: [ApiExchange[], CliExchange[]] = [[], []];
  return {
    api: (exchange) => {
      asked.push(exchange);
    },
    cli: (cli) => ({
      controller: cli.controller,
      run: async (argv, options) => {
        const at = clock.now();
        const result = await cli.run(argv, options);
        called.push({ result, at });
        return result;
      },
    }),
    write: () => {
      const files = [
        ...asked.map((exchange, index) => apiFile({ ...exchange, controller }, index + 1)),
        ...called.map((exchange, index) => cliFile(exchange, index + 1)),
      ];
      writeFolder(folder, files);
    },
  };
}
