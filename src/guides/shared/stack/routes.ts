/** Whom an alert would reach through the routes of Alertmanager. */
import type { Dict } from '../../../core/dict.js';
import type { AlertRoute, AlertRouting } from '../../../core/observability/stack.js';
import { allMatch, type Sure } from './label-matching.js';

/** Whether an alert with these labels is told to anybody. Times at which routes are muted are not looked at. */
export function reachesAnybody({ root, receivers }: AlertRouting, labels: Dict<string>): Sure {
  return handled(root, { labels, receivers });
}

interface Alert {
  readonly labels: Dict<string>;
  readonly receivers: AlertRouting['receivers'];
}

/** What came of the routes before: whom they reached, and whether any took the alert. */
interface Before {
  readonly reached: Sure;
  readonly isTaken: boolean;
}

function handled(route: AlertRoute, alert: Alert): Sure {
  const own: Sure = (alert.receivers[route.receiver] ?? []).length > 0 ? 'yes' : 'no';
  const children = route.routes
    .map((child) => ({ child, fits: allMatch(child.matchers, alert.labels) }))
    .filter(({ fits }) => fits !== 'no')
    .map(({ child, fits }) => ({ fits, goesOn: child.goesOn, reached: handled(child, alert) }));
  const known = new Map<string, Sure>();
  const from = (index: number, before: Before): Sure => {
    const key = `${index} ${before.reached} ${before.isTaken}`;
    const answer = known.get(key) ?? judged(index, before);
    known.set(key, answer);
    return answer;
  };
  const judged = (index: number, before: Before): Sure => {
    const next = children[index];
    if (next === undefined) return before.isTaken ? before.reached : either(before.reached, own);
    const reached = either(before.reached, next.reached);
    const taken = next.goesOn ? from(index + 1, { reached, isTaken: true }) : reached;
    if (next.fits === 'yes') return taken;
    const passed = from(index + 1, before);
    return taken === passed ? taken : 'perhaps';
  };
  return from(0, { reached: 'no', isTaken: false });
}

function either(one: Sure, other: Sure): Sure {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'perhaps' || other === 'perhaps' ? 'perhaps' : 'no';
}
