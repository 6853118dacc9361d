/** A crowd of requests takes turns with everything else that the process does. */

/** What asks whether we are alive does not wait behind the crowd. */
const atOnce = new Set(['/healthz', '/readyz']);

/**
 * Whoever awaits it goes on in one turn of the event loop each, the first at once: between two pages the daemon's own
 * timers and connections are served, so that a thousand readers at once do not keep it from its work.
 */
export function takingTurns(): (path: string | undefined) => Promise<void> {
  const waiting: (() => void)[] = [];
  let isBusy = false;
  const next = (): void => {
    const first = waiting.shift();
    isBusy = first !== undefined;
    if (first === undefined) return;
    first();
    setImmediate(next);
  };
  return (path) => {
    if (path !== undefined && atOnce.has(path)) return Promise.resolve();
    if (isBusy) return new Promise((resolve) => waiting.push(resolve));
    isBusy = true;
    setImmediate(next);
    return Promise.resolve();
  };
}
