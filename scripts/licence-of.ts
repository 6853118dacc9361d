/** What packages say of their licences, as SPDX writes it. */

/** Names of licences that packages give in their own words. */
const inSpdx: Readonly<Record<string, string>> = {
  'apache 2.0': 'Apache-2.0',
  'apache software license': 'Apache-2.0',
  'mit license': 'MIT',
};

/** Licences that let a program under Apache-2.0 use the package without passing on terms of theirs. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Unlicense',
]);

/** From a Python package's metadata: the expression, else the classifier, else the short text. */
export function pythonLicence(metadata: string): string {
  const field = (name: string): string =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(metadata)?.[1]?.trim() ?? '';
  const classifier = /^Classifier: License :: (?:OSI Approved :: )?(.+)$/m.exec(metadata)?.[1] ?? '';
  const text = [field('License-Expression'), classifier, field('License')].find((one) => one !== '') ?? '';
  return inSpdx[text.toLowerCase()] ?? text;
}

/** Why a package must not be used; undefined where it may. Of alternatives one has to be allowed, of a conjunction all. */
export function objectionTo(licence: string): string | undefined {
  const alternatives = licence.replaceAll(/[()]/g, '').split(/ OR /);
  const isAllowed = alternatives.some((one) => one.split(/ AND /).every((part) => allowed.has(part.trim())));
  if (isAllowed) return undefined;
  return licence === '' ? 'says no licence' : `is under ${licence}, which is not on the list`;
}
