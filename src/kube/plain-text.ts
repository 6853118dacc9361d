/* eslint-disable-next-line no-control-regex -- control characters are what it removes */
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** Text from a server, safe to show: control and direction characters become blanks, at most `longest` characters. */
export function plainText(text: string, longest = 300): string {
  const clean = text
    .slice(0, longest * 2)
    .replace(control, ' ')
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
