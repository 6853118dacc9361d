import type { DigestRule, NotifyRoute, NotifyTarget } from '../../core/policy/notify.js';
import type { Policy } from '../../core/policy/policy.js';

/** Whom a policy has told what, without a secret. */
export interface NotifySheet {
  readonly targets: readonly TargetSheet[];
  readonly routes: readonly NotifyRoute[];
  readonly digests: readonly DigestRule[];
}

interface TargetSheet {
  readonly name: string;
  readonly type: NotifyTarget['type'];
  /** Hosts, for the rest of a URL may be a secret. */
  readonly hosts: readonly string[];
  /** Whether its requests are signed. */
  readonly signed: boolean;
}

export function notifySheet({ notify }: Policy): { readonly notify?: NotifySheet } {
  if (notify === undefined) return {};
  const { targets, routes, digests } = notify;
  return { notify: { targets: targets.map(targetSheet), routes, digests } };
}

function targetSheet(target: NotifyTarget): TargetSheet {
  const { name, type } = target;
  return { name, type, hosts: hostsOf(target), signed: type === 'webhook' && target.secret !== undefined };
}

function hostsOf(target: NotifyTarget): readonly string[] {
  if (target.type === 'email') return [`${target.host}:${target.port}`];
  const urls = target.type === 'alertmanager' ? target.urls : [target.url];
  return urls.map((url) => URL.parse(url)?.host ?? '');
}

/** A line for each target, route and digest. */
export function notifyTexts({ targets, routes, digests }: NotifySheet): readonly string[] {
  return [
    ...targets.map(targetText),
    ...(routes.length === 0
      ? ['everything of severity medium or graver: all of them']
      : routes.map(routeText)),
    ...digests.map(
      ({ name, cron, timeZone, to }) => `digest ${name} at ${cron} (${timeZone}): ${to.join(', ')}`,
    ),
  ];
}

function targetText({ name, type, hosts, signed }: TargetSheet): string {
  return `${name}: ${type} at ${hosts.join(', ')}${type === 'webhook' && !signed ? ', not signed' : ''}`;
}

function routeText({ match, to }: NotifyRoute): string {
  const parts = Object.entries(match).map(([key, value]) =>
    key === 'severity' ? `severity ${String(value)} or graver` : `${key} ${String(value)}`,
  );
  return `${parts.length === 0 ? 'everything' : parts.join(', ')}: ${to.join(', ')}`;
}
