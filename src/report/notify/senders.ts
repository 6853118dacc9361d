import type { Clock } from '../../core/ports/index.js';
import type { MakeSender } from '../../core/ports/notifier.js';

/** Makes what takes messages to the targets of a policy; mail is loaded by those only who send some. */
export function makeSenders(clock: Clock): MakeSender {
  return async (target, link) => {
    switch (target.type) {
      case 'alertmanager':
        return (await import('./alertmanager.js')).alertmanagerSender(target, link);
      case 'slack':
        return (await import('./slack.js')).slackSender(target, link);
      case 'webhook':
        return (await import('./webhook.js')).webhookSender(target, clock, link);
      case 'email':
        return (await import('./email.js')).emailSender(target, link);
    }
  };
}
