import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, notSeen, pass, unsettled } from '../../core/judgement.js';
import { documents } from './documents.js';
import { hasFirewall } from './provider.js';

export const firewallMode = defineControl({
  id: 'JUJU-MODEL-03',
  title: 'Each machine has its own firewall rules',
  severity: 'medium',
  section: 'Harden the model(s)',
  rationale:
    'With one set of rules for all machines, what is opened for one application is open on all of them.',
  references: [documents.modelConfig],
  evidence: ['J'],
  scope: 'model',
  params: z.object({}),
  reasons: {
    FirewallNotPerInstance: 'The firewall is off, or has one set of rules for all machines.',
    NoFirewall: 'Juju has no firewall on this cloud.',
    ModeNotReported: 'The model does not report its firewall mode.',
    ProviderNotSeen: 'Whether Juju has a firewall on the cloud is not known, as its provider is not shown.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "The mode is fixed when a model is made on most clouds: make a model with '--config firewall-mode=instance' and move the applications.",
  hazards: ['Moving an application means moving its data.'],
  evaluate(view) {
    if (hasFirewall(view) === false)
      return notApplicable('NoFirewall', "Juju has no firewall on the model's cloud");
    const fact = view.get('config');
    if (!isKnown(fact)) return notSeen(fact, 'instance');
    const mode = fact.value['firewall-mode']?.value;
    const seen = evidenceOf(fact, typeof mode === 'string' ? mode : 'not reported', 'instance');
    if (typeof mode !== 'string')
      return unsettled('ModeNotReported', 'the firewall mode is not reported', seen);
    if (mode === 'instance') return pass('each machine has its own firewall rules', seen);
    if (hasFirewall(view) === undefined)
      return unsettled('ProviderNotSeen', `firewall-mode is ${mode}; the provider is not shown`, seen);
    return fail('FirewallNotPerInstance', `firewall-mode is ${mode}`, seen);
  },
});
