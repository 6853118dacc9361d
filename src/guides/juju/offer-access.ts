import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import type { Offer } from '../../core/snapshot.js';
import { lookup } from '../shared/lookup.js';
import { modelRef } from '../shared/model-ref.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';
import { everyone, isPlainName, mayBeChanged, ourNames, superuserNames } from './identities.js';
import { versionOf } from './version.js';

const params = z.object({
  consumers: z.record(z.string(), z.array(z.string())).default({}).meta({
    description:
      'The users who may reach each offer, with * for all offers; besides those whom users.offers of the policy names.',
  }),
  open: names().meta({ description: 'Offers, by name, that may be open to everyone with a login.' }),
});

type Params = z.output<typeof params>;

export const offerAccess = defineControl({
  id: 'JUJU-OFFER-01',
  title: 'Offers are reachable only by those meant',
  severity: 'medium',
  section: 'Harden the applications',
  rationale: 'Who may consume an offer gets credentials for the application behind it.',
  references: [documents.harden, documents.offers],
  evidence: ['J'],
  scope: 'model',
  params,
  reasons: {
    OfferOpenToEveryone: 'Everyone with a login may reach the offer.',
    UndeclaredConsumer: 'A user may reach the offer whom the policy does not name.',
    OfferUsersNotSeen: 'Who may reach an offer is shown only to an administrator of the model.',
    EveryoneNotShown: 'Juju 4 shows nowhere whether an offer is granted to everyone.',
    NoOffers: 'The model makes no offer.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju show-offer OFFER' as an administrator of the model and compare the users with the policy. Remove access with " +
    "'juju revoke USER read OFFER'; on Juju 4 run 'juju revoke everyone@external read OFFER' where in doubt.",
  hazards: ['Relations of the user over the offer are suspended when access is revoked.'],
  evaluate(view, context) {
    const fact = view.get('offers');
    const wanted = 'only declared users may reach the offers';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const offers = Object.values(fact.value);
    if (offers.length === 0) return notApplicable('NoOffers', 'the model makes no offer');
    const judged = offers.flatMap((offer) => judgeOffer(offer, view, context));
    return judged.length > 0
      ? judged
      : pass(`${offers.length} offers, reachable as declared`, evidenceOf(fact, listed(offers), wanted));
  },
  remediate(view, context, judgement) {
    const offer = lookup(valueOf(view.get('offers')) ?? {}, judgement.subject?.name ?? '');
    if (offer === undefined || judgement.reason !== 'UndeclaredConsumer' || !isPlainName(offer.name))
      return [];
    const ours = ourNames(view.controller, context);
    const users = strangers(offer, view, context).filter((user) => mayBeChanged(user, ours));
    return users.flatMap((user) => revocation(view, offer, user));
  },
});

/** Empty when the offer is as declared. */
function judgeOffer(offer: Offer, view: ModelView, context: Context<Params>): readonly Judgement[] {
  const fact = view.get('offers');
  const subject = { kind: 'offer', name: offer.name } as const;
  const seen = evidenceOf(fact, listed([offer]), 'only declared users');
  const mayBeOpen = isDeclaredOpen(offer.name, context);
  if (offer.users === undefined) {
    return [
      {
        ...unsettled(
          'OfferUsersNotSeen',
          `who may reach ${offer.name} was not read; needs model admin`,
          seen,
        ),
        subject,
      },
    ];
  }
  const isOpen = levelOf(offer, everyone) !== 'none';
  if (isOpen && !mayBeOpen) {
    return [
      {
        ...fail('OfferOpenToEveryone', `everyone may ${levelOf(offer, everyone)} ${offer.name}`, seen),
        subject,
      },
    ];
  }
  const others = strangers(offer, view, context);
  if (others.length > 0) {
    return [
      {
        ...fail('UndeclaredConsumer', `${offer.name} may be reached by ${others.join(', ')}`, seen),
        subject,
      },
    ];
  }
  if (isOpen || mayBeOpen || !hidesEveryone(view)) return [];
  return [
    {
      ...unsettled(
        'EveryoneNotShown',
        `whether everyone may reach ${offer.name} is not shown by Juju 4`,
        seen,
      ),
      subject,
    },
  ];
}

function isDeclaredOpen(offer: string, { params: { open }, users }: Context<Params>): boolean {
  return open.includes(offer) || users.consumersOf(offer).includes(everyone);
}

/** Users with access whom the policy does not name; owner, superusers and ourselves need no naming. */
function strangers(offer: Offer, view: ModelView, context: Context<Params>): readonly string[] {
  const { consumers } = context.params;
  const declared = [
    ...(lookup(consumers, '*') ?? []),
    ...(lookup(consumers, offer.name) ?? []),
    ...context.users.consumersOf(offer.name),
  ];
  const owner = valueOf(view.get('info'))?.owner ?? everyone;
  const expected = new Set([
    owner,
    everyone,
    ...declared,
    ...superuserNames(view.controller, context),
    ...ourNames(view.controller, context),
  ]);
  return Object.keys(offer.users ?? {}).filter(
    (user) => levelOf(offer, user) !== 'none' && !expected.has(user),
  );
}

function levelOf(offer: Offer, user: string): string {
  const level = lookup(offer.users ?? {}, user) ?? '';
  return level === '' ? 'none' : level;
}

/** Juju 4 takes such a grant and shows it in no answer (seen on 4.0.15). */
function hidesEveryone(view: ModelView): boolean {
  const version = versionOf(valueOf(view.controller.get('info'))?.version ?? '');
  return version === undefined || version.major >= 4;
}

/** Names the lowest level: leaves none, whatever is held by then. */
function revocation(view: ModelView, offer: Offer, user: string): readonly Remedy[] {
  const ref = modelRef(view);
  if (ref === undefined) return [];
  const on = { kind: 'offer', name: `${ref.owner}/${ref.model}.${offer.name}` } as const;
  const { controller } = ref;
  return [
    {
      action: { type: 'revoke', controller, user, level: 'read', on },
      undo: { inverse: [{ type: 'grant', controller, user, level: levelOf(offer, user), on }] },
      effect: `${user} may not reach ${offer.name}`,
      risk: 'high',
      disruptive: true,
      repeatable: true,
      cutsOff: [`${user}, with the applications related over ${offer.name}`],
      preconditions: [],
    },
  ];
}

function listed(offers: readonly Offer[]): string {
  const one = (offer: Offer) =>
    Object.entries(offer.users ?? {})
      .map(([user, level]) => `${user}: ${level}`)
      .join(', ');
  return offers
    .map(
      (offer) => `${offer.name} (${offer.users === undefined ? 'users not read' : one(offer) || 'nobody'})`,
    )
    .join('; ');
}
