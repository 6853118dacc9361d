/** What restarts mean to the applications that use the restarted one. */
import { valueOf } from '../../core/fact.js';
import type { RehearsedClient } from '../../core/rehearsal.js';
import type { ControllerState, ModelState, Relation } from '../../core/snapshot.js';
import type { SeenAbsence, SeenRestart, Span } from '../../simulator/rehearse/witness.js';

/** Interfaces by which an application is looked after rather than used. */
const notUse =
  /^(?:tls-certificates|certificate_transfer|cos_agent|juju-info|prometheus_|loki_|grafana_|s3|azure_|gcs)/;

/**
 * When units were away. A restart during which no port was seen to be shut counts as a whole: a program that starts
 * anew lets go of its clients, whatever it serves afterwards.
 */
export function awayTimes(
  restarts: readonly SeenRestart[],
  absences: readonly SeenAbsence[],
): readonly SeenAbsence[] {
  const unseen = restarts.filter(
    ({ unit, from, until }) =>
      !absences.some((absence) => absence.unit === unit && absence.from >= from && absence.from <= until),
  );
  return [...absences, ...unseen];
}

/** The clients of every application of a model whose units were away, as the copy was at the beginning. */
export function clientsHit(
  controller: ControllerState,
  model: ModelState,
  absences: readonly SeenAbsence[],
): readonly RehearsedClient[] {
  const applications = [...new Set(absences.map(({ application }) => application))].sort();
  return applications.flatMap((application) => {
    const own = absences.filter((absence) => absence.application === application);
    const units = Object.keys(valueOf(model.applications[application]?.units ?? noUnits) ?? {});
    const secondsWithout = secondsWithoutAny(own, units.length);
    const breaks = new Set(own.map(({ unit, from }) => `${unit} ${from}`)).size;
    return clientsOf(controller, model, application).map((client) => ({
      ...{ client, application, secondsWithout, breaks },
    }));
  });
}

const noUnits = { unknown: { reason: '' }, source: { road: 'snapshot', call: '' }, at: '' } as const;

/** Applications of the model that are served by it, and those of other models that come by an offer. */
function clientsOf(controller: ControllerState, model: ModelState, application: string): readonly string[] {
  const near = (valueOf(model.relations) ?? []).flatMap((relation) => clientIn(relation, application));
  const offers = Object.values(valueOf(model.offers) ?? {}).filter(
    (offer) => offer.application === application,
  );
  const far = Object.values(controller.models).flatMap((other) =>
    offers.flatMap(({ name }) => consumersIn(other, `/${model.name}.${name}`)),
  );
  return [...new Set([...near, ...far])].sort();
}

function clientIn({ ends, interface: name }: Relation, application: string): readonly string[] {
  const own = ends.find((end) => end.application === application && end.remote !== true);
  const other = ends.find((end) => end !== own);
  if (own?.role === 'requirer' || other === undefined || own === undefined || notUse.test(name)) return [];
  return other.application === application ? [] : [other.application];
}

function consumersIn(model: ModelState, urlEnd: string): readonly string[] {
  const remotes = Object.values(valueOf(model.remoteApplications) ?? {}).filter(({ offerUrl }) =>
    offerUrl.endsWith(urlEnd),
  );
  const names = new Set(remotes.map(({ name }) => name));
  return (valueOf(model.relations) ?? []).flatMap(({ ends }) => {
    const isConsumer = ends.some((end) => end.remote === true && names.has(end.application));
    return isConsumer
      ? ends.filter((end) => end.remote !== true).map((end) => `${model.name}/${end.application}`)
      : [];
  });
}

/** How long all of so many units were away at once, in seconds. */
export function secondsWithoutAny(
  absences: readonly (Span & { readonly unit: string })[],
  units: number,
): number {
  const moments = [...new Set(absences.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  let away = 0;
  for (const [index, from] of moments.entries()) {
    const until = moments[index + 1];
    if (until === undefined) break;
    const gone = new Set(
      absences.filter((one) => one.from <= from && one.until >= until).map(({ unit }) => unit),
    );
    if (gone.size >= units) away += until - from;
  }
  return inSeconds(away);
}

/** Milliseconds as seconds with one decimal. */
export function inSeconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
