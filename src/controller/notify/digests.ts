/** Sends summaries at their times; one that was missed while nobody was there is made up for once. */
import { digestOf } from '../../core/notify/digest.js';
import { messageOf } from '../../core/notify/group.js';
import type { Told } from '../../core/notify/message.js';
import type { Scene } from '../../core/notify/scene.js';
import type { DigestRule } from '../../core/policy/notify.js';
import { nextOccurrence } from '../../core/rails/index.js';
import { instant, millis } from '../../core/time.js';
import type { LaneOptions } from './lane.js';
import type { Lanes } from './lanes.js';

export class Digests {
  private readonly options: Pick<LaneOptions, 'newId'>;
  /** When (ms) each was sent last, by name and unit. */
  private readonly last = new Map<string, number>();

  constructor(options: Pick<LaneOptions, 'newId'>) {
    this.options = options;
  }

  restore(told: readonly Told[]): void {
    for (const { id, at, alert } of told)
      if (alert === undefined && (this.last.get(id) ?? 0) < millis(at)) this.last.set(id, millis(at));
  }

  send(rules: readonly DigestRule[], scene: Scene, lanes: Lanes): void {
    for (const rule of rules) this.sendOne(rule, scene, lanes);
  }

  private sendOne(rule: DigestRule, scene: Scene, lanes: Lanes): void {
    const { now, unit } = scene;
    const id = JSON.stringify(['digest', unit ?? '', rule.name]);
    const last = this.last.get(id);
    const [first, ...others] = lanes.mailboxes(rule.to);
    if (first === undefined) return;
    const mark = { type: 'told', told: [{ target: '', id, at: instant(now) }] } as const;
    if (last === undefined) {
      this.last.set(id, now);
      first.note(mark);
      return;
    }
    const due = nextOccurrence(rule, last);
    if (due === undefined || due > now) return;
    this.last.set(id, now);
    const digest = digestOf(rule, scene, last);
    const envelope = { newId: this.options.newId, now, ...(unit === undefined ? {} : { unit }) };
    const message = (): Parameters<typeof first.post>[0] => ({
      ...messageOf('digest', { firing: [], resolved: [] }, envelope),
      digest,
    });
    first.post(message(), unit, mark);
    for (const lane of others) lane.post(message(), unit);
  }
}
