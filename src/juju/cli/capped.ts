/** Which part of an overlong output is kept: data begins at the head, `juju` ends its errors at the tail. */
export type Keep = 'head' | 'tail';

/** Collects a process's output up to a number of bytes, and marks the place where it was cut. */
export interface Capped {
  add(chunk: Uint8Array): void;
  text(): string;
}

export function capped(limit: number, keep: Keep): Capped {
  const chunks: Uint8Array[] = [];
  let held = 0;
  let cut = 0;

  function add(chunk: Uint8Array): void {
    const room = keep === 'head' ? chunk.subarray(0, Math.max(0, limit - held)) : chunk;
    cut += chunk.length - room.length;
    if (room.length === 0) return;
    chunks.push(room);
    held += room.length;
    if (keep === 'tail') dropOldest();
  }

  function dropOldest(): void {
    while (held > limit) {
      const oldest = chunks.shift() ?? new Uint8Array();
      const rest = oldest.subarray(Math.min(oldest.length, held - limit));
      cut += oldest.length - rest.length;
      held -= oldest.length - rest.length;
      if (rest.length > 0) chunks.unshift(rest);
    }
  }

  function text(): string {
    const whole = Buffer.concat(chunks).toString('utf8');
    if (cut === 0) return whole;
    const mark = `[${cut} bytes cut]`;
    return keep === 'head' ? `${whole}\n${mark}\n` : `${mark}\n${whole}`;
  }

  return { add, text };
}
