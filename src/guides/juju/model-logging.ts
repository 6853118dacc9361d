import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled } from '../../core/judgement.js';
import { documents } from './documents.js';
import { loudLoggers, quieted } from './logging-config.js';
import { setModelKey } from './model-setting.js';

const key = 'logging-config';

export const quietLogging = defineControl({
  id: 'JUJU-MODEL-04',
  title: "Juju's own calls are not logged in full",
  severity: 'medium',
  section: 'Harden the model(s)',
  rationale:
    'At TRACE and DEBUG the log of the agents holds the bodies of their calls, with passwords and keys in them.',
  references: [documents.modelConfig, documents.logs],
  evidence: ['J'],
  scope: 'model',
  params: z.object({}),
  reasons: {
    CallsLogged: "A logger that sees Juju's calls is set to TRACE or DEBUG.",
    LoggingNotReported: 'The model does not report its logging configuration.',
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual: "Run 'juju model-config -m MODEL --reset logging-config', or set it without the loggers named.",
  hazards: ['What was logged before stays in the old files and in the log store.'],
  evaluate(view) {
    const fact = view.get('config');
    const wanted = 'no TRACE or DEBUG of calls';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const text = fact.value[key]?.value;
    if (typeof text !== 'string')
      return unsettled(
        'LoggingNotReported',
        'logging-config is not reported',
        evidenceOf(fact, 'not reported', wanted),
      );
    const seen = evidenceOf(fact, text === '' ? "Juju's default" : text, wanted);
    const loud = loudLoggers(text);
    return loud.length === 0
      ? pass('calls are not logged', seen)
      : fail('CallsLogged', `logged in full: ${loud.join(', ')}`, seen);
  },
  remediate(view) {
    const text = valueOf(view.get('config'))?.[key]?.value;
    if (typeof text !== 'string') return [];
    const effect = "the bodies of Juju's calls are logged no more";
    return setModelKey(view, { key, value: quieted(text), effect, disruptive: false, cutsOff: [] });
  },
});
