export interface Signals {
  /** SIGHUP. */
  readonly reload?: () => Promise<void>;
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export async function untilSignal(signals: Signals = {}): Promise<void> {
  const reload = (): void => void signals.reload?.();
  process.on('SIGHUP', reload);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => {
      resolve();
    });
    process.once('SIGTERM', () => {
      resolve();
    });
  });
  process.off('SIGHUP', reload);
}
