import type { Happening } from './course.js';
import { endingOf, Silence } from './ending.js';
import { eventOf, type WatchEvent } from './event.js';
import type { FeedOptions } from './feed.js';
import { Lines } from './lines.js';
import { Watchdog } from './watchdog.js';

interface WatchOptions extends Pick<
  FeedOptions,
  'reader' | 'list' | 'ledger' | 'clock' | 'random' | 'settings'
> {
  readonly from: string;
  readonly signal: AbortSignal;
  /** The server takes the watch on. */
  readonly onAccepted: () => void;
  /** The server told something: where something reads differently now, if anywhere. */
  readonly onHeard: (changed: readonly string[]) => void;
}

/** One watch from its start to its end. A version counts as told only once all up to it is in the ledger. */
export async function watchOnce(
  options: WatchOptions,
): Promise<{ readonly happening: Happening; readonly error?: unknown }> {
  const { clock, settings } = options;
  const watch = new Watch(options);
  const ended = new AbortController();
  const end = (): void => {
    ended.abort(options.signal.reason);
  };
  options.signal.addEventListener('abort', end, { once: true });
  const dog = new Watchdog(clock, settings.silenceMs, () => {
    ended.abort(new Silence(settings.silenceMs));
  });
  try {
    await watch.run(ended.signal, dog);
    return { happening: { kind: 'ended', ...watch.told } };
  } catch (thrown) {
    const error: unknown = ended.signal.aborted ? ended.signal.reason : thrown;
    return { happening: { ...endingOf(error), ...watch.told }, error };
  } finally {
    dog.stop();
    options.signal.removeEventListener('abort', end);
  }
}

class Watch {
  readonly #options: WatchOptions;
  #version: string;
  #accepted: number | undefined;
  #events = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#version = options.from;
  }

  get told(): { readonly version: string; readonly lasted: number } {
    const now = this.#options.clock.now();
    return { version: this.#version, lasted: now - (this.#accepted ?? now) };
  }

  async run(signal: AbortSignal, dog: Watchdog): Promise<void> {
    signal.throwIfAborted();
    const { reader, clock, settings, onAccepted, onHeard } = this.#options;
    const body = await reader.stream(this.#path(), signal);
    this.#accepted = clock.now();
    onAccepted();
    const lines = new Lines(settings.eventLimit);
    for await (const piece of body) {
      const changed: string[] = [];
      const before = this.#events;
      try {
        for (const line of lines.push(piece)) this.#take(eventOf(line), changed);
      } finally {
        if (this.#events > before) {
          dog.hear();
          onHeard(changed);
        }
      }
    }
    signal.throwIfAborted();
  }

  #take(event: WatchEvent, changed: string[]): void {
    if (event.type === 'error') throw event.error;
    const { ledger } = this.#options;
    const namespace =
      event.type === 'bookmark'
        ? undefined
        : event.type === 'put'
          ? ledger.put(event.object)
          : ledger.delete(event.object);
    this.#version = event.version;
    this.#events += 1;
    if (namespace !== undefined) changed.push(namespace);
  }

  #path(): string {
    const { list, settings, random } = this.#options;
    const seconds = Math.round(settings.watchSeconds * (1 + random.next()));
    const parameters = new URLSearchParams({
      ...list.query,
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#version,
      timeoutSeconds: String(seconds),
    });
    return `${list.path}?${parameters.toString()}`;
  }
}
