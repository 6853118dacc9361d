/** A message as JSON for programs: documented in docs/notifications.md; later versions only add keys. */
import { targetLabel } from '../target.js';
import { alertNames, type Alert, type EndedAlert } from './alert.js';
import type { Message } from './message.js';

type Labels = Readonly<Record<string, string>>;

/** As the alert rules name what alerts are about. Empty ones are left out. */
export function labelsOf(alert: Alert): Labels {
  const { target, unit } = alert;
  const named = target.unit ?? target.user ?? target.name;
  const labels: readonly (readonly [string, string | undefined])[] = [
    ['alertname', alertNames[alert.about]],
    ['severity', alert.severity],
    ['control', alert.control],
    ['guide', alert.guide],
    ['controller', target.controller],
    ['target_model', target.model],
    ['target_application', target.application],
    ['target_name', named],
    ['holdfast_id', alert.id],
    ['holdfast_unit', unit],
  ];
  return Object.fromEntries(
    labels.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}

export function documentOf(message: Message, link: string | undefined): object {
  const { id, sort, at, firing, resolved, counts, digest, unit } = message;
  return {
    kind: 'HoldfastNotification',
    version: 'v1',
    id,
    sort,
    at,
    ...(unit === undefined ? {} : { unit }),
    ...(link === undefined ? {} : { link }),
    counts,
    firing: firing.map(alertDocument),
    resolved: resolved.map(endedDocument),
    ...(digest === undefined ? {} : { digest }),
  };
}

function alertDocument(alert: Alert): object {
  const { id, about, title, reason, message, since, target, fixableBy, who } = alert;
  return {
    id,
    about,
    labels: labelsOf(alert),
    title,
    reason,
    message,
    since,
    place: targetLabel(target),
    target,
    ...(fixableBy === undefined ? {} : { fixableBy }),
    ...(who === undefined ? {} : { who }),
  };
}

function endedDocument(alert: EndedAlert): object {
  return { ...alertDocument(alert), ending: alert.ending };
}
