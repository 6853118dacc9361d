import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { valueOf } from '../../core/fact.js';
import { names } from '../shared/params.js';
import { isTrue, judgeKey, keyReasons, setKey, settingText } from './controller-setting.js';
import { documents } from './documents.js';
import { areExcluded, isHarmlessMethod } from './audit-methods.js';

const section = 'Audit and observe';
const references = [documents.harden, documents.controllerConfig, documents.logs] as const;

export const auditing = defineControl({
  id: 'JUJU-CTRL-01',
  title: 'The controller keeps an audit log',
  severity: 'high',
  section,
  rationale: 'Without it nobody can tell who granted, removed or changed what.',
  references,
  evidence: ['J'],
  scope: 'controller',
  params: z.object({}),
  reasons: { AuditingOff: 'The controller records no commands of users.', ...keyReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual: "Run 'juju controller-config -c CONTROLLER auditing-enabled=true' as a superuser.",
  hazards: ['The log grows to audit-log-max-backups files of audit-log-max-size on each controller machine.'],
  evaluate(view) {
    return judgeKey(view, {
      key: 'auditing-enabled',
      wanted: 'true',
      complaint: (value) =>
        isTrue(value) ? undefined : { reason: 'AuditingOff', message: 'the controller keeps no audit log' },
    });
  },
  remediate(view) {
    return setKey(view, 'auditing-enabled', 'true', 'commands of users are recorded from now on');
  },
});

export const auditedMethods = defineControl({
  id: 'JUJU-CTRL-02',
  title: 'The audit log leaves out no method that changes anything',
  severity: 'high',
  section,
  rationale:
    'A method named in audit-log-exclude-methods is done without a trace: a grant, a deployment, a removal.',
  references,
  evidence: ['J'],
  scope: 'controller',
  params: z.object({
    harmless: names().meta({
      description:
        'Methods, as Facade.Method, that may be left out of the audit log besides those known to change nothing.',
    }),
  }),
  reasons: {
    MutatingMethodExcluded: 'A method that changes something is left out of the audit log.',
    ...keyReasons,
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Run 'juju controller-config -c CONTROLLER audit-log-exclude-methods=ReadOnlyMethods' as a superuser.",
  hazards: ['Methods that a program calls often make the log grow.'],
  evaluate(view, { params }) {
    return judgeKey(view, {
      key: 'audit-log-exclude-methods',
      wanted: 'only methods that read',
      complaint: (value) => {
        const mutating = areExcluded(value).filter((method) => !isHarmlessMethod(method, params.harmless));
        if (mutating.length === 0) return undefined;
        return { reason: 'MutatingMethodExcluded', message: `not recorded: ${mutating.join(', ')}` };
      },
    });
  },
  remediate(view, { params }) {
    const key = 'audit-log-exclude-methods';
    const value = valueOf(view.get('config'))?.[key];
    const kept = areExcluded(value).filter((method) => isHarmlessMethod(method, params.harmless));
    const methods = kept.length === 0 ? ['ReadOnlyMethods'] : kept;
    const text = Array.isArray(value) ? settingText(methods) : methods.join(',');
    return setKey(view, key, text, 'every method that changes something is recorded');
  },
});

export const auditArguments = defineControl({
  id: 'JUJU-CTRL-03',
  title: 'The audit log holds arguments only where the policy says that it is protected',
  severity: 'medium',
  section,
  rationale: 'The arguments of a call can hold passwords and keys; the log is then as secret as they are.',
  references,
  evidence: ['J'],
  scope: 'controller',
  params: z.object({
    captureArgs: z.boolean().default(false).meta({
      description:
        'Whether the audit log has to hold the arguments of calls, which is right only where it is protected.',
    }),
  }),
  reasons: {
    ArgumentsCaptured: 'The audit log holds the arguments of calls, secrets among them.',
    ArgumentsNotCaptured: 'The policy wants the arguments of calls in the audit log, and they are not.',
    ...keyReasons,
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Run 'juju controller-config -c CONTROLLER audit-log-capture-args=false' (or true, as the policy says) as a superuser.",
  hazards: ['What was logged before stays in the old files: delete or protect them.'],
  evaluate(view, { params: { captureArgs } }) {
    return judgeKey(view, {
      key: 'audit-log-capture-args',
      wanted: String(captureArgs),
      complaint: (value) => {
        if (isTrue(value) === captureArgs) return undefined;
        return captureArgs
          ? { reason: 'ArgumentsNotCaptured', message: 'the audit log holds no arguments' }
          : { reason: 'ArgumentsCaptured', message: 'the audit log holds arguments, which can be secrets' };
      },
    });
  },
  remediate(view, { params: { captureArgs } }) {
    const effect = captureArgs
      ? 'arguments of calls are recorded'
      : 'arguments of calls are recorded no more';
    return setKey(view, 'audit-log-capture-args', String(captureArgs), effect);
  },
});
