/* eslint-disable-next-line no-control-regex -- control characters are what it removes */
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** Text from outside, safe to show: control and direction characters become blanks, at most `longest` characters. */
export function plainText(value: unknown, longest = 400): string {
  const text = typeof value === 'string' ? value : '';
  const clean = text
    .slice(0, longest * 2)
    .replace(control, ' ')
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}

/** A function that blanks out the secrets given wherever they stand in a text, as a server may echo what it was sent. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets.filter((secret) => secret !== '').flatMap(spellingsOf);
  return (text) =>
    spellings.reduce((scrubbed, spelling) => scrubbed.replaceAll(spelling, '[redacted]'), text);
}

function spellingsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, inJson, encodeURIComponent(secret)])].sort((a, b) => b.length - a.length);
}
