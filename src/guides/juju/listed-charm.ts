import { z } from 'zod';
import { defineControl, type Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, type Known } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  manual,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';
import { freshKnowledge } from '../shared/in-channel.js';
import { lookup } from '../shared/lookup.js';
import { duration, names } from '../shared/params.js';
import { documents } from './documents.js';

const params = z.object({
  publishers: names('Canonical').meta({
    description: "Who may publish the charms that are used, as 'juju info CHARM' names them.",
  }),
  age: duration('90d').meta({
    description: 'How long ago Charmhub may have been asked who publishes a charm, as in 90d.',
  }),
});

export const listedCharm = defineControl({
  id: 'JUJU-APP-07',
  title: 'Charms are listed and from known publishers',
  severity: 'low',
  section: 'Harden the applications',
  rationale:
    'A charm is run as root, or by the operator of the cluster: who publishes it can do anything there.',
  references: [documents.harden, documents.charms],
  evidence: ['H'],
  scope: 'application',
  params,
  reasons: {
    PublisherNotDeclared: 'The charm comes from a publisher whom the policy does not name.',
    NotOnCharmhub: 'Charmhub knows no charm of this name: nobody answers for it.',
    PublisherNotSeen: 'Juju does not tell the publisher of a charm; Charmhub would, and was not asked.',
    CharmhubNotReached: 'Charmhub was asked and did not answer, and no data name the publisher.',
    KnowledgeStale: 'What is known of the publisher is older than the policy allows.',
    CharmStore: 'The charm comes from the charm store, which is closed: nobody answers for it.',
    LocalCharm: 'The charm was deployed from a file: somebody has to answer for where it came from.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju info CHARM' and look at the publisher. Name those whom you trust in the parameter publishers of the policy, or move to a charm of one of them.",
  hazards: ["Whether Charmhub also shows the charm to those who search, 'juju info' does not tell."],
  evaluate(view, context) {
    const fact = view.get('charm');
    const wanted = `a charm published by ${context.params.publishers.join(' or ')}`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const { origin, name } = fact.value;
    const seen = evidenceOf(fact, name, wanted);
    if (origin === 'local') return manual('LocalCharm', 'the charm was deployed from a file', seen);
    if (origin === 'charmstore') return fail('CharmStore', `${name} comes from the closed charm store`, seen);
    return byListing(view, context, { fact, wanted }) ?? byData(context, { fact, wanted });
  },
});

type Judging = Pick<Context<z.output<typeof params>>, 'params' | 'time' | 'knowledge'>;

interface About {
  readonly fact: Known<Charm>;
  readonly wanted: string;
}

/** Undefined where Charmhub was not asked, or did not answer while data may know. */
function byListing(view: ApplicationView, context: Judging, { fact, wanted }: About): Judgement | undefined {
  const { name } = fact.value;
  const listing = view.model.controller.estate.listing(name);
  if (listing === undefined) return undefined;
  if (!isKnown(listing)) {
    if (broughtFor(name, context) !== undefined) return undefined;
    const { reason, permission = freshKnowledge } = listing.unknown;
    return unsettled(
      'CharmhubNotReached',
      `${reason}; needs ${permission}`,
      evidenceOf(listing, 'no answer', wanted),
    );
  }
  const { listed, publisher, askedAt } = listing.value;
  const seen = { ...evidenceOf(listing, publisher === '' ? 'none' : publisher, wanted), observedAt: askedAt };
  if (!listed) return fail('NotOnCharmhub', `Charmhub knows no charm ${name}`, seen);
  return judged({ name, publisher, at: askedAt, seen }, context);
}

/** What somebody brought along, as old as it says. */
function byData(context: Judging, { fact, wanted }: About): Judgement {
  const { name } = fact.value;
  const entry = broughtFor(name, context);
  if (entry === undefined) {
    const message = `who publishes ${name} is shown by Charmhub only; ${freshKnowledge}`;
    return unsettled('PublisherNotSeen', message, evidenceOf(fact, name, wanted));
  }
  const { publisher, asked } = entry;
  const at = `${asked}T00:00:00Z`;
  const seen = { source: `knowledge: channelMaps ${name}`, observedAt: at, seen: publisher, wanted };
  return judged({ name, publisher, at, seen }, context);
}

interface Brought {
  readonly publisher: string;
  readonly asked: string;
}

/** The newest word on it, whatever the track. */
function broughtFor(name: string, { knowledge }: Judging): Brought | undefined {
  const tracks = lookup(knowledge.channelMaps, name);
  if (tracks === undefined) return undefined;
  return Object.values(tracks)
    .flatMap(({ publisher, asked }) =>
      publisher === undefined || asked === undefined ? [] : [{ publisher, asked }],
    )
    .sort((a, b) => a.asked.localeCompare(b.asked))
    .at(-1);
}

interface Published {
  readonly name: string;
  readonly publisher: string;
  readonly at: string;
  readonly seen: Evidence;
}

function judged(
  { name, publisher, at, seen }: Published,
  { params: { publishers, age }, time }: Judging,
): Judgement {
  if (!publishers.includes(publisher)) {
    const who = publisher === '' ? 'nobody whom Charmhub names' : publisher;
    return fail('PublisherNotDeclared', `${name} is published by ${who}`, seen);
  }
  if (!time.isOlder(at, age)) return pass(`${name} is published by ${publisher}`, seen);
  const message = `${name} was published by ${publisher} on ${at}, longer ago than ${durationText(age)}; ${freshKnowledge}`;
  return unsettled('KnowledgeStale', message, seen);
}
