/** Alertmanager's API, version 2. */
import { targetLabel } from '../../core/target.js';
import { labelsOf } from '../../core/notify/document.js';
import { plain } from '../../core/notify/plain.js';
import type { AlertmanagerTarget } from '../../core/policy/notify.js';
import type { SendOutcome, Sender, StandingAlert } from '../../core/ports/notifier.js';
import { instant } from '../../core/time.js';
import { httpPoster, type Poster } from './http.js';

/** Alerts in one request. */
const atOnce = 250;

/** Tells every Alertmanager of the cluster, as Prometheus does; it worked when all of them took it. */
export function alertmanagerSender(target: AlertmanagerTarget, link: string | undefined): Sender {
  const lanes = target.urls.map((url) => ({
    url: `${url.replace(/\/+$/, '')}/api/v2/alerts`,
    poster: httpPoster(target.access),
  }));
  return {
    takes: 'standing',
    push: async (alerts, signal) => {
      const bodies = bodiesOf(alerts, link);
      const outcomes = await Promise.all(lanes.map((lane) => pushTo(lane, bodies, signal)));
      return outcomes.find(({ state }) => state !== 'delivered') ?? { state: 'delivered' };
    },
    close: async () => {
      await Promise.all(lanes.map(({ poster }) => poster.close()));
    },
  };
}

/** One after the other, until one is not taken. */
async function pushTo(
  { url, poster }: { readonly url: string; readonly poster: Poster },
  bodies: readonly string[],
  signal: AbortSignal,
): Promise<SendOutcome> {
  for (const body of bodies) {
    const outcome = await poster.post(url, body, { 'content-type': 'application/json' }, signal);
    if (outcome.state !== 'delivered') return outcome;
  }
  return { state: 'delivered' };
}

function bodiesOf(alerts: readonly StandingAlert[], link: string | undefined): readonly string[] {
  const bodies: string[] = [];
  for (let from = 0; from < alerts.length; from += atOnce)
    bodies.push(JSON.stringify(alerts.slice(from, from + atOnce).map((one) => posted(one, link))));
  return bodies;
}

/** As in the schema `postableAlert`. */
function posted({ alert, endsAt }: StandingAlert, link: string | undefined): object {
  const { title, message, reason, who, since, target } = alert;
  // What ended must not have begun after that, whatever the clocks say.
  const startsAt = instant(Math.min(Date.parse(since), endsAt));
  return {
    labels: Object.fromEntries(Object.entries(labelsOf(alert)).map(([name, value]) => [name, plain(value)])),
    annotations: {
      summary: plain(`${title}: ${targetLabel(target)}`),
      description: plain(message, 2000),
      reason,
      ...(who === undefined ? {} : { who: plain(who) }),
    },
    startsAt,
    endsAt: instant(endsAt),
    ...(link === undefined ? {} : { generatorURL: link }),
  };
}
