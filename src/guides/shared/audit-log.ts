import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, type Judgement } from '../../core/judgement.js';

/** The reasons that `auditLog` gives. */
export const auditLogReasons = {
  AuditLogOff: 'The controller keeps no audit log, so changes through Juju leave no record.',
} as const;

/** Whether the controller of an application's model records who changed what. */
export function auditLog(app: ApplicationView): Judgement {
  const wanted = 'auditing-enabled true';
  const config = app.model.controller.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const enabled = config.value['auditing-enabled'];
  const seen = evidenceOf(config, `auditing-enabled ${String(enabled)}`, wanted);
  if (enabled === true) return pass('the controller keeps an audit log', seen);
  return fail('AuditLogOff', 'the controller keeps no audit log', seen);
}
