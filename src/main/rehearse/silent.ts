import type { Log, Telemetry } from '../../core/ports/index.js';

function ignore(): void {
  // A rehearsal is told at its end, not logged and counted meanwhile.
}

export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLog,
};

export const silentTelemetry: Telemetry = {
  reconciled: ignore,
  evaluated: ignore,
  drift: ignore,
  fixed: ignore,
  controlFailed: ignore,
  remediationEnded: ignore,
  cliCall: ignore,
  probed: ignore,
  looked: ignore,
};
