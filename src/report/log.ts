import { destination, pino, stdTimeFunctions, type Logger } from 'pino';
import type { Log } from '../core/ports/index.js';
import { redact } from './log-redact.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** Where lines go; without it standard error, written at once so that a crash loses none. */
  readonly destination?: { write(line: string): void };
}

/** One JSON object a line: `level`, `time` (UTC), the fields, `msg`. Values under secrets' keys are blanked out. */
export function createLog(options: LogOptions): Log {
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
    },
    options.destination ?? destination({ dest: 2, sync: true }),
  );
  return logOf(logger);
}

function logOf(logger: Logger): Log {
  return {
    debug: (fields, message) => {
      logger.debug(fields, message);
    },
    info: (fields, message) => {
      logger.info(fields, message);
    },
    warn: (fields, message) => {
      logger.warn(fields, message);
    },
    error: (fields, message) => {
      logger.error(fields, message);
    },
    child: (fields) => logOf(logger.child(redact(fields))),
  };
}
