import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../core/judgement.js';
import type { ConfigOption } from '../../core/snapshot.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';

export const plainSecrets = defineControl({
  id: 'JUJU-USER-05',
  title: 'No password stands in plain text in a configuration',
  severity: 'high',
  section: 'Juju users',
  rationale:
    "Every reader of a model reads the configuration of its applications; Juju's secrets are granted one by one.",
  references: [documents.etcdGuide, documents.secrets, documents.harden],
  evidence: ['J'],
  scope: 'application',
  params: z.object({
    harmless: names().meta({
      description: 'Names of options that look as if they held a secret and hold none.',
    }),
  }),
  reasons: { SecretInPlainConfig: 'An option whose name says that it holds a secret is set in plain text.' },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Use a charm revision whose option takes a Juju secret: 'juju add-secret NAME KEY#file=FILE', 'juju grant-secret NAME APPLICATION', " +
    "'juju config APPLICATION OPTION=secret:ID'. Then change the secret itself: it was readable. Keep the credentials of our own " +
    'identities in files of mode 0600. Options that hold no secret are named as harmless in the policy.',
  hazards: [
    'Resetting the option without giving the secret in another way takes it away from the application.',
  ],
  evaluate(view, { params }) {
    const fact = view.get('config');
    const wanted = 'secrets are given as Juju secrets';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const plain = Object.keys(fact.value).filter((name) =>
      isPlainSecret(name, fact.value[name], params.harmless),
    );
    if (plain.length === 0)
      return pass('no secret in plain configuration', evidenceOf(fact, 'none set', wanted));
    const list = plain.join(', ');
    return fail(
      'SecretInPlainConfig',
      `in plain text: ${list}`,
      evidenceOf(fact, `set: ${list} (values not kept)`, wanted),
    );
  },
});

/** Options that end in such a word hold a secret; ones that only speak of it (`password-encryption`) do not. */
const secretName =
  /(?:^|[-_.])(?:passw(?:or)?d|passphrase|token|secret|credentials?|(?:private|access|secret|api|registration|encryption)[-_]?key)$/i;

const unsetSources: ReadonlySet<string> = new Set(['default', 'unset']);

function isPlainSecret(name: string, option: ConfigOption | undefined, harmless: readonly string[]): boolean {
  if (option === undefined || unsetSources.has(option.source) || option.type === 'secret') return false;
  if (harmless.includes(name)) return false;
  // What was redacted when it was read looked like a secret, by its name or by its value.
  return option.redacted === true || (secretName.test(name) && isPlainText(option.value));
}

function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.startsWith('secret:');
}
