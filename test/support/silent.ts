import type { Log, Telemetry } from '../../src/core/ports/index.js';

/** Logs nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

/** Counts nothing. */
export const silentTelemetry: Telemetry = {
  reconciled: () => undefined,
  evaluated: () => undefined,
  drift: () => undefined,
  fixed: () => undefined,
  controlFailed: () => undefined,
  remediationEnded: () => undefined,
  cliCall: () => undefined,
  probed: () => undefined,
  looked: () => undefined,
};
