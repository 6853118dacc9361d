const veil = '[secret]';
/** Shorter strings occur everywhere by chance; a credential is never that short. */
const shortest = 4;

/** Replaces every known secret in a text, and the part of one where the text was cut within it. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= shortest).sort((a, b) => b.length - a.length);
  return (text) => known.reduce(hide, text);
}

function hide(text: string, secret: string): string {
  const whole = text.replaceAll(secret, veil);
  const end = /\n\[\d+ bytes cut\]\n$/.exec(whole);
  if (end !== null) return withoutBeginning(whole.slice(0, end.index), secret) + end[0];
  const start = /^\[\d+ bytes cut\]\n/.exec(whole);
  return start === null ? whole : start[0] + withoutEnd(whole.slice(start[0].length), secret);
}

function withoutBeginning(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= shortest; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + veil;
  }
  return text;
}

function withoutEnd(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= shortest; length -= 1) {
    if (text.startsWith(secret.slice(-length))) return veil + text.slice(length);
  }
  return text;
}
