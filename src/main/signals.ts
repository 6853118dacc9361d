export interface Signals {
  /** SIGHUP. */
  readonly reload?: () => Promise<void>;
}

const endings = ['SIGINT', 'SIGTERM'] as const;

/**
 * Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. The listeners stay until then: what
 * cleans up after child processes ends ours too where it finds nobody else listening, in the midst of a change.
 */
export async function untilSignal(signals: Signals = {}): Promise<void> {
  const reload = (): void => void signals.reload?.();
  process.on('SIGHUP', reload);
  await new Promise<void>((resolve) => {
    let isAsked = false;
    const end = (signal: NodeJS.Signals): void => {
      if (isAsked) endNow(signal, end);
      isAsked = true;
      resolve();
    };
    for (const signal of endings) process.on(signal, end);
  });
  process.off('SIGHUP', reload);
}

function endNow(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): void {
  for (const one of endings) process.off(one, listener);
  process.kill(process.pid, signal);
}
