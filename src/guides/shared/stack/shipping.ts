/** The way of an application's signals to COS, with what arrives there. */
import type { ApplicationView } from '../../../core/evaluate/view.js';
import type { Judgement } from '../../../core/judgement.js';
import { byEffect, effectReasons } from './by-effect.js';
import { logReasons, logsRecent, type LogQuestion } from './logs.js';
import { targetReasons, targetsUp } from './targets.js';

/** The reasons that `shipped` adds to those of the relations. */
export const shippedReasons = { ...effectReasons, ...targetReasons, ...logReasons } as const;

/** Metrics and logs that relations bring to COS: whether each unit is measured there, and recent lines are there. */
export function shipped(
  app: ApplicationView,
  way: Judgement,
  { signals, ...question }: LogQuestion & { readonly signals: readonly string[] },
): Judgement {
  const effects = [
    ...(signals.includes('metrics') ? [targetsUp(app)] : []),
    ...(signals.includes('logs') ? [logsRecent(app, question)] : []),
  ];
  return byEffect(app, way, { effects, time: question.time });
}
