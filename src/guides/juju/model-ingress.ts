import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, notSeen, pass, unsettled } from '../../core/judgement.js';
import type { ConfigValue } from '../../core/snapshot.js';
import type { Dict } from '../../core/dict.js';
import { isWorldOpen } from '../shared/cidr.js';
import { cidr } from '../shared/params.js';
import { documents } from './documents.js';
import { setModelKey } from './model-setting.js';
import { hasFirewall, honoursSshAllow } from './provider.js';

const keys = ['ssh-allow', 'saas-ingress-allow'] as const;
type Key = (typeof keys)[number];

export const limitedIngress = defineControl({
  id: 'JUJU-MODEL-02',
  title: 'SSH and cross-model traffic come in from known networks only',
  severity: 'high',
  section: 'Harden the model(s)',
  rationale: 'Both are open to every address by default, on every machine of the model.',
  references: [documents.harden, documents.modelConfig],
  evidence: ['J'],
  scope: 'model',
  params: z.object({
    sshAllow: z.array(cidr).default([]).meta({
      description: 'Address blocks of the administrators, from which SSH may come in, as in 10.0.0.0/8.',
    }),
    saasIngressAllow: z.array(cidr).default([]).meta({
      description:
        'Address blocks of the models that consume our offers, from which cross-model traffic may come in.',
    }),
  }),
  reasons: {
    IngressOpenToWorld: 'SSH or cross-model traffic is let in from every address.',
    NotHonouredByCloud: 'Juju does not apply these keys on this cloud.',
    ProviderNotSeen: 'Whether the cloud applies these keys is not known, as its provider is not shown.',
    KeysNotReported: 'The model does not report these keys.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "List the networks of the administrators and of the models that consume the offers, then run 'juju model-config -m MODEL " +
    "ssh-allow=LIST saas-ingress-allow=LIST'. Add the networks to the policy, so that the change is made by itself.",
  hazards: ['Administrators and consumers outside the networks are cut off.'],
  evaluate(view) {
    const fact = view.get('config');
    const wanted = 'not open to 0.0.0.0/0 or ::/0';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const reported = keys.filter((key) => fact.value[key] !== undefined);
    if (reported.length === 0)
      return unsettled(
        'KeysNotReported',
        'the model reports neither key',
        evidenceOf(fact, 'not reported', wanted),
      );
    const honoured = reported.filter((key) => isHonoured(view, key) !== false);
    if (honoured.length === 0)
      return notApplicable('NotHonouredByCloud', "Juju applies neither key on the model's cloud");
    const open = honoured.filter((key) => isOpen(fact.value, key));
    const seen = evidenceOf(
      fact,
      reported.map((key) => `${key}=${textOf(fact.value, key)}`).join(' '),
      wanted,
    );
    if (open.length === 0) return pass('limited to known networks', seen);
    if (open.some((key) => isHonoured(view, key) === true))
      return fail('IngressOpenToWorld', `open to every address: ${open.join(', ')}`, seen);
    return unsettled('ProviderNotSeen', `whether the cloud applies ${open.join(', ')} is not known`, seen);
  },
  remediate(view, { params }) {
    const config = valueOf(view.get('config')) ?? {};
    const wanted = { 'ssh-allow': params.sshAllow, 'saas-ingress-allow': params.saasIngressAllow };
    return keys
      .filter((key) => wanted[key].length > 0 && isHonoured(view, key) === true && isOpen(config, key))
      .flatMap((key) => {
        const to = wanted[key].join(',');
        const who = key === 'ssh-allow' ? 'administrators' : 'consumers of the offers';
        return setModelKey(view, {
          key,
          value: to,
          effect: `${who} come in from ${to} only`,
          disruptive: true,
          cutsOff: [`${who} outside ${to}`],
        });
      });
  },
});

function isHonoured(view: ModelView, key: Key): boolean | undefined {
  return key === 'ssh-allow' ? honoursSshAllow(view) : hasFirewall(view);
}

function textOf(config: Dict<ConfigValue>, key: Key): string {
  const value = config[key]?.value;
  return typeof value === 'string' ? value : '';
}

function isOpen(config: Dict<ConfigValue>, key: Key): boolean {
  return textOf(config, key).split(',').some(isWorldOpen);
}
