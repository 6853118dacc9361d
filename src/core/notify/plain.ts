/** Control characters, and those that turn text around or break lines, as U+FFFD: texts from models are anybody's. */
export function plain(text: string, most = 500): string {
  const clean = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]+/gu, '\ufffd');
  const whole = clean.isWellFormed() ? clean : clean.toWellFormed();
  return whole.length <= most ? whole : `${whole.slice(0, most - 1).toWellFormed()}…`;
}
