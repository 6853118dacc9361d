/** Longest message that is shown to people. */
const longest = 300;

/**
 * What `juju` says went wrong: from its first `ERROR` line on, without the chatter before it. Falls back on all of
 * standard error. Control characters, which could come from a model, are left out.
 */
export function errorText(stderr: string): string {
  const start = /^ERROR ?/m.exec(stderr);
  const told = start === null ? stderr : stderr.slice(start.index + start[0].length);
  return told.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

/** The beginning of an error, as a sentence can hold it. */
export function brief(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
