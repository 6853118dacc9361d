import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { judgeKey, keyReasons, setKey } from './controller-setting.js';
import { documents } from './documents.js';

export const agentRateLimit = defineControl({
  id: 'JUJU-CTRL-05',
  title: 'Logins of agents are rate-limited',
  severity: 'low',
  section: 'Harden the controller(s)',
  rationale:
    'Without a limit a storm of agents, or somebody posing as many, keeps the controller from answering.',
  references: [documents.security, documents.controllerConfig],
  evidence: ['J'],
  scope: 'controller',
  params: z.object({
    limit: z
      .int()
      .min(1)
      .default(10)
      .meta({ description: 'The limit to set where there is none: how many agents may log in at once.' }),
  }),
  reasons: { RateLimitOff: 'agent-ratelimit-max of zero or less switches the limit off.', ...keyReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual: "Run 'juju controller-config -c CONTROLLER agent-ratelimit-max=10' as a superuser.",
  hazards: [
    'After an outage of the controller a limit that is too small delays the agents of a large estate.',
  ],
  evaluate(view) {
    return judgeKey(view, {
      key: 'agent-ratelimit-max',
      wanted: 'more than 0',
      complaint: (value) =>
        Number(value) > 0
          ? undefined
          : { reason: 'RateLimitOff', message: 'logins of agents are not limited' },
    });
  },
  remediate(view, { params }) {
    return setKey(
      view,
      'agent-ratelimit-max',
      String(params.limit),
      `at most ${params.limit} agents log in at once`,
    );
  },
});
