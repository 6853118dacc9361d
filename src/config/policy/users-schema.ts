import { z } from 'zod';
import type { GrantLevel } from '../../core/policy/policy.js';

const levels = ['none', 'read', 'write', 'admin'] as const satisfies readonly GrantLevel[];

const text = z.string().trim().min(1, 'is empty');
const user = text.meta({
  description: 'A user as Juju calls it: alice, or alice@idp.example for an external one.',
});
const pattern = text.meta({ description: 'A name; * stands for any characters, ? for one.' });
const place = { controller: pattern.exactOptional(), model: pattern.exactOptional() };

const ModelGrant = z.strictObject({
  match: z
    .strictObject(place)
    .meta({ description: 'The models it is about; what is left out matches every one.' }),
  levels: z
    .record(user, z.enum(levels))
    .meta({ description: 'User to the highest level that he may hold on these models.' }),
});

const OfferGrant = z.strictObject({
  match: z
    .strictObject({ ...place, offer: pattern.exactOptional() })
    .meta({ description: 'The offers it is about; what is left out matches every one.' }),
  consumers: z
    .array(user)
    .meta({ description: 'Users who may reach these offers; everyone@external stands for everybody.' }),
});

/** The section `users` of a policy: named users and what they may hold. */
export const Users = z
  .strictObject({
    superusers: z
      .array(user)
      .exactOptional()
      .meta({ description: 'Who may be superuser of a controller; when left out, admin alone.' }),
    serviceAccounts: z
      .array(user)
      .exactOptional()
      .meta({ description: 'Accounts of programs, which are never disabled for looking unused.' }),
    managed: z
      .array(user)
      .exactOptional()
      .meta({ description: 'Accounts of Juju itself whose passwords Holdfast may change.' }),
    grants: z
      .array(ModelGrant)
      .exactOptional()
      .meta({ description: 'Who may hold what on models; later ones win, user by user.' }),
    offers: z
      .array(OfferGrant)
      .exactOptional()
      .meta({ description: 'Who may reach offers; all entries that match count together.' }),
  })
  .meta({ description: "Named users. A control's own parameters win over what is said here." });
