import { documentOf } from '../../core/notify/document.js';
import type { WebhookTarget } from '../../core/policy/notify.js';
import type { Clock } from '../../core/ports/index.js';
import type { Sender } from '../../core/ports/notifier.js';
import { httpPoster } from './http.js';
import { signature } from './signature.js';

/** The message as JSON; each attempt is signed anew, under the same idempotency key. */
export function webhookSender(target: WebhookTarget, clock: Clock, link: string | undefined): Sender {
  const poster = httpPoster(target.access);
  const { secret, url } = target;
  return {
    takes: 'messages',
    send: (message, signal) => {
      const body = JSON.stringify(documentOf(message, link));
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'holdfast',
        'idempotency-key': message.id,
        ...(secret === undefined ? {} : { 'holdfast-signature': signature(secret, body, clock.now()) }),
      };
      return poster.post(url, body, headers, signal);
    },
    close: () => poster.close(),
  };
}
