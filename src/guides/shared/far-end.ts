import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import type { Charm, RelationEnd, RemoteApplication } from '../../core/snapshot.js';
import { offeredApplication } from './offer-url.js';

/** What stands at the other end of a relation. */
export type FarEnd =
  | { readonly kind: 'local'; readonly name: string; readonly app: ApplicationView }
  | {
      readonly kind: 'remote';
      readonly name: string;
      readonly remote: RemoteApplication | undefined;
      /** The application behind the offer, where its model is in the estate. */
      readonly offered: ApplicationView | undefined;
    }
  | { readonly kind: 'unseen'; readonly name: string };

/** Resolves an end, through the remote applications of the model where it is one of another model. */
export function farEnd(model: ModelView, end: RelationEnd): FarEnd {
  const name = end.application;
  const app = model.application(name);
  if (app !== undefined) return { kind: 'local', name, app };
  const remotes = model.get('remoteApplications');
  const remote = isKnown(remotes) ? remotes.value[name] : undefined;
  if (remote === undefined && end.remote !== true) return { kind: 'unseen', name };
  return { kind: 'remote', name, remote, offered: remote && offeredApplication(model, remote.offerUrl) };
}

/** The application itself, here or in another model of the estate; undefined when it is not seen. */
export function applicationAt(end: FarEnd): ApplicationView | undefined {
  if (end.kind === 'local') return end.app;
  return end.kind === 'remote' ? end.offered : undefined;
}

/** The charm at the far end, when it can be seen. */
export function charmAt(end: FarEnd): Charm | undefined {
  return charmOf(applicationAt(end));
}

export function charmOf(app: ApplicationView | undefined): Charm | undefined {
  return app && valueOf(app.get('charm'));
}
