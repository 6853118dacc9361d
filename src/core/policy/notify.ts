/** Whom to tell what, as the policy says it, with the secrets that its files hold. */
import type { About } from '../notify/alert.js';
import type { Severity } from '../outcome.js';
import type { RuleMatch } from './policy.js';

export interface NotifyPolicy {
  readonly targets: readonly NotifyTarget[];
  /** Every route that fits tells its targets; none at all: everything of severity medium or graver goes to all. */
  readonly routes: readonly NotifyRoute[];
  readonly digests: readonly DigestRule[];
  readonly pace: NotifyPace;
  /** Where a person finds the page of this Holdfast; absent: no message names one. */
  readonly link?: string;
}

/** Seconds, and messages per hour. */
export interface NotifyPace {
  /** How long changes are gathered before they are told together. */
  readonly gather: number;
  /** How long something has to stay unknown before that is told. */
  readonly unknownAfter: number;
  /** How long a controller has to stay unseen, or a target out of reach, before that is told. */
  readonly blindAfter: number;
  /** Between two times that Alertmanager is told of what goes on firing. */
  readonly refresh: number;
  /** Messages to one target at most; what is more waits and comes together. */
  readonly perHour: number;
  /** What could not be delivered for so long is given up. */
  readonly keep: number;
}

export const defaultNotifyPace: NotifyPace = {
  gather: 30,
  unknownAfter: 900,
  blindAfter: 300,
  refresh: 60,
  perHour: 30,
  keep: 7 * 86_400,
};

export type NotifyTarget = AlertmanagerTarget | SlackTarget | WebhookTarget | EmailTarget;

/** How a target is reached over HTTP. Never printed, logged or put into a report, for it holds secrets. */
export interface HttpAccess {
  /** PEM text of the only authorities that are trusted; absent: the public ones. */
  readonly caCert?: string;
  /** URL of a proxy, which may hold its user and password. */
  readonly proxy?: string;
  readonly bearerToken?: string;
  readonly login?: { readonly user: string; readonly password: string };
}

export interface AlertmanagerTarget {
  readonly type: 'alertmanager';
  readonly name: string;
  /** Each of them is told everything: Alertmanagers share what they sent, not what they were told. */
  readonly urls: readonly string[];
  readonly access: HttpAccess;
}

export interface SlackTarget {
  readonly type: 'slack';
  readonly name: string;
  /** A secret. */
  readonly url: string;
  readonly access: HttpAccess;
}

export interface WebhookTarget {
  readonly type: 'webhook';
  readonly name: string;
  readonly url: string;
  /** Signs every request; absent: requests are not signed. */
  readonly secret?: string;
  readonly access: HttpAccess;
}

export interface EmailTarget {
  readonly type: 'email';
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or nothing, or `none`. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly from: string;
  readonly to: readonly string[];
  readonly caCert?: string;
  readonly login?: { readonly user: string; readonly password: string };
}

/** What a route is about; what is left out matches everything. */
export interface NotifyMatch extends Pick<
  RuleMatch,
  'controller' | 'model' | 'application' | 'guide' | 'control'
> {
  /** So grave at least. */
  readonly severity?: Severity;
  readonly about?: readonly About[];
}

export interface NotifyRoute {
  readonly match: NotifyMatch;
  /** Names of targets. */
  readonly to: readonly string[];
}

/** A summary at set times. */
export interface DigestRule {
  readonly name: string;
  /** Five fields. */
  readonly cron: string;
  readonly timeZone: string;
  readonly match: Pick<NotifyMatch, 'controller' | 'model'>;
  readonly to: readonly string[];
}
