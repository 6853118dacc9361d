/** What has become of alerts that were told and are not open any more. */
import { isViolation } from '../outcome.js';
import type { ReportFinding } from '../report/types.js';
import { millis } from '../time.js';
import type { About, Alert, Ending } from './alert.js';
import type { Scene } from './scene.js';

/** `open`: it is not seen that it is over. */
export type Fate = 'open' | Ending;

/**
 * So long (ms) what is no finding has to stay away before it is over: after a start the work in hand is not known at once,
 * and what comes and goes need not be told each time.
 */
const calm = 60_000;

/**
 * Tells what became of alerts, look by look. What cannot be judged is not over: of a place that was not read since the
 * start nothing is, and where a control could not look it has not closed what it said before.
 */
export class Fates {
  private away = new Map<string, number>();
  private stillAway = new Map<string, number>();
  private known = new Map<string, Fate>();
  private here: ReadonlySet<string> = new Set();
  private scene: Scene | undefined;
  private byId: ReadonlyMap<string, ReportFinding> = new Map();
  /** Of whom the daemon's own watch has said that they are open, and then that they are not. */
  private opened: ReadonlySet<string> = new Set();
  private closed: ReadonlySet<string> = new Set();
  private judged: ReadonlySet<string> = new Set();
  private unseen: ReadonlySet<string> = new Set();

  /** Takes the newest look, and what stands open by it. */
  look(scene: Scene, alerts: readonly Alert[]): void {
    const { findings } = scene.report;
    this.scene = scene;
    this.here = new Set(alerts.map(({ id }) => id));
    this.byId = new Map(findings.map((finding) => [finding.id, finding]));
    this.followWatch(findings);
    this.judged = judgedPlaces(scene);
    const blind = findings.filter(({ outcome }) => outcome === 'unknown');
    this.unseen = new Set(blind.map(({ control, target }) => askedOf(control, target)));
    this.away = this.stillAway;
    this.stillAway = new Map();
    this.known = new Map();
  }

  /** Of an alert that its target is not to be told of any more. */
  of(alert: Alert): Fate {
    const known = this.known.get(alert.id);
    if (known !== undefined) return known;
    const fate = this.decide(alert);
    this.known.set(alert.id, fate);
    return fate;
  }

  /** One that stands open belongs to other targets now. */
  private decide(alert: Alert): Fate {
    if (this.here.has(alert.id)) return 'gone';
    return alert.about === 'finding' ? this.ofFinding(alert) : this.stayedAway(alert, calm);
  }

  private ofFinding(alert: Alert): Fate {
    const found = this.byId.get(alert.id);
    if (found !== undefined) return this.ofFound(found);
    if (!this.judged.has(placeOf(alert.target))) return this.ofLost(alert);
    return this.unseen.has(askedOf(alert.control ?? '', alert.target)) ? 'open' : 'gone';
  }

  private followWatch(findings: readonly ReportFinding[]): void {
    const isOpened = (finding: ReportFinding): boolean => finding.firstSeen !== undefined;
    const ended = findings.filter(
      (one) => !isOpened(one) && (this.opened.has(one.id) || this.closed.has(one.id)),
    );
    this.closed = new Set(ended.map(({ id }) => id));
    this.opened = new Set(findings.filter(isOpened).map(({ id }) => id));
  }

  private ofFound(found: ReportFinding): Fate {
    const { outcome, waiver } = found;
    if (outcome === 'unknown') return this.ofUnknown(found);
    if (!isViolation(outcome)) return 'passing';
    return waiver?.state === 'active' ? 'waived' : 'gone';
  }

  /**
   * What could not be read leaves everything open. What was read and settles nothing shows no violation either: once that
   * stands, it is told as unknown, and not as a violation any more. Where it was wrong with something that is not there
   * any more, it is over at once.
   */
  private ofUnknown({ id, reason }: ReportFinding): Fate {
    if (this.closed.has(id)) return 'gone';
    if (unread.has(reason)) return 'open';
    const isLong = this.stayedAway({ id }, (this.scene?.unknownAfter ?? 0) * 1000) !== 'open';
    return isLong ? 'unsettled' : 'open';
  }

  /** A place that is not there is gone once that stands for as long as what was read is believed. */
  private ofLost(alert: Alert): Fate {
    const { maxAge = 0, health = [] } = this.scene ?? {};
    const { controller } = alert.target;
    const followed = health.find((one) => one.controller === controller);
    const isSeen = followed === undefined || (followed.connected && followed.models.some(isRead));
    return isSeen ? this.stayedAway(alert, maxAge * 1000) : 'open';
  }

  /** ms. */
  private stayedAway({ id }: Pick<Alert, 'id'>, longEnough: number): Fate {
    const now = this.scene?.now ?? 0;
    const since = this.away.get(id) ?? now;
    this.stillAway.set(id, since);
    return now - since >= longEnough ? 'gone' : 'open';
  }
}

/** Only what stands for long enough is told; what was told already goes on. */
export class Standing {
  private readonly since = new Map<string, number>();

  /** `delay` in seconds. */
  through(
    alerts: readonly Alert[],
    { now, delay, isTold }: { now: number; delay: (about: About) => number; isTold: (id: string) => boolean },
  ): readonly Alert[] {
    const there = new Set(alerts.map(({ id }) => id));
    for (const id of this.since.keys()) if (!there.has(id)) this.since.delete(id);
    return alerts.filter(({ id, about }) => {
      const least = delay(about) * 1000;
      if (least === 0 || isTold(id)) return true;
      const since = this.since.get(id) ?? now;
      this.since.set(id, since);
      return now - since >= least;
    });
  }
}

/** Reasons of judgements for which a fact was missing. */
const unread: ReadonlySet<string> = new Set(['NotObserved', 'PermissionMissing']);

function judgedPlaces({ report, health }: Scene): ReadonlySet<string> {
  const places = new Set(report.findings.map(({ target }) => placeOf(target)));
  const unread = health.flatMap(({ controller, models }) =>
    models.filter((model) => !isRead(model)).map(({ model }) => placeOf({ controller, model })),
  );
  for (const place of unread) places.delete(place);
  return places;
}

function isRead({ lastRead }: Scene['health'][number]['models'][number]): boolean {
  return lastRead !== undefined && !Number.isNaN(millis(lastRead));
}

function placeOf({ controller, model }: { controller?: string; model?: string }): string {
  return JSON.stringify([controller ?? '', model ?? '']);
}

/** Of whom a control was asked: users and offers of one place are told by one answer of the place. */
function askedOf(control: string, { controller, model, application }: Alert['target']): string {
  return JSON.stringify([control, controller ?? '', model ?? '', application ?? '']);
}
