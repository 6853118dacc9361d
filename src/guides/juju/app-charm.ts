import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown, type Known } from '../../core/fact.js';
import { evidenceOf, fail, manual, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';
import { upgradeJudgement, upgradeParams, upgradeReasons } from '../shared/charm-currency.js';
import { lookup } from '../shared/lookup.js';
import { names } from '../shared/params.js';
import { refreshRemedies } from '../shared/refresh-steps.js';
import { documents } from './documents.js';
import { standingOf } from './retired-charm.js';

const references = [documents.harden, documents.charms] as const;

export const stableChannel = defineControl({
  id: 'JUJU-APP-03',
  title: 'Charms come from stable channels',
  severity: 'medium',
  section: 'Harden the applications',
  rationale:
    'What is in candidate, beta or edge has not passed the tests of a release, and changes without notice.',
  references,
  evidence: ['S'],
  scope: 'application',
  params: z.object({
    risks: names('stable').meta({
      description: 'Risks from which charms may come: stable, candidate, beta, edge.',
    }),
  }),
  reasons: {
    ChannelNotStable: 'The charm comes from a channel of a risk that the policy does not allow.',
    CharmStore: 'The charm comes from the charm store, which is closed: it gets no fixes.',
    LocalCharm: 'The charm was deployed from a file: somebody has to answer for where it came from.',
    ChannelNotShown: 'The road does not show the channel of the charm.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Read the release notes between the two channels, then run 'juju refresh APPLICATION --channel TRACK/stable' with the recipe of that charm. Going back is not supported by most charms.",
  hazards: [
    'A stable channel may hold an older revision than the one that runs, and the data may be newer than it reads.',
  ],
  evaluate(view, { params }) {
    const fact = view.get('charm');
    if (!isKnown(fact)) return notSeen(fact, params.risks.join(' or '));
    return channelOf(fact, params.risks);
  },
});

function channelOf(fact: Known<Charm>, risks: readonly string[]): Judgement {
  const { origin, risk, channel, name } = fact.value;
  const seen = evidenceOf(fact, channel ?? risk ?? origin ?? 'not shown', risks.join(' or '));
  if (origin === 'local') return manual('LocalCharm', `${name} was deployed from a file`, seen);
  if (origin === 'charmstore') return fail('CharmStore', `${name} comes from the closed charm store`, seen);
  if (risk === undefined) return unsettled('ChannelNotShown', `the channel of ${name} is not shown`, seen);
  if (risks.includes(risk)) return pass('from a stable channel', seen);
  return fail('ChannelNotStable', `${name} comes from ${channel ?? risk}`, seen);
}

export const currentCharm = defineControl({
  id: 'JUJU-APP-04',
  title: 'Charms are refreshed regularly',
  severity: 'medium',
  section: 'Harden the applications',
  rationale: "A charm's revision pins its workload: fixes of both come only with a refresh.",
  references: [...references, documents.etcdGuide],
  evidence: ['S', 'H'],
  scope: 'application',
  params: z.object(upgradeParams),
  reasons: upgradeReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Back up, run the charm's check before a refresh, then 'juju refresh APPLICATION', and the charm's action that resumes it unit by unit.",
  hazards: [
    'A refresh restarts the units one after another; a single unit is down meanwhile.',
    'While it runs, no other change to the application is allowed.',
    'Charms of which Holdfast does not know the steps are left to a person.',
  ],
  evaluate: upgradeJudgement,
  remediate: (view, context) => refreshRemedies(view, context),
});

export const retiredCharm = defineControl({
  id: 'JUJU-APP-06',
  title: 'No retired charm is used',
  severity: 'medium',
  section: 'Harden the applications',
  rationale: 'Nobody mends a retired charm.',
  references,
  evidence: ['S'],
  scope: 'application',
  params: z.object({}),
  reasons: { RetiredCharm: 'The charm is not maintained any more.' },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Deploy the charm that takes its place beside the old one, relate the applications to it one by one, then remove the old one.',
  hazards: ['Leaving a TLS provider passes through plain text: relate the new one within the same window.'],
  evaluate(view, { knowledge, time }) {
    const fact = view.get('charm');
    const wanted = 'a maintained charm';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const { name } = fact.value;
    const entry = lookup(knowledge.retiredCharms, name);
    if (entry === undefined) return pass('not among the retired charms', evidenceOf(fact, name, wanted));
    const seen = evidenceOf(fact, `${name} on ${fact.value.base ?? 'an unknown base'}`, wanted);
    const standing = standingOf(fact.value, entry, time);
    if (standing === 'retired')
      return fail('RetiredCharm', `${name} is retired (${entry.source}); use ${entry.instead}`, seen);
    return pass(`${name} is maintained ${standing}`, seen);
  },
});
