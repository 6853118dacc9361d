import { bodyLines, headline } from '../../core/notify/text.js';
import type { Message } from '../../core/notify/message.js';
import type { SlackTarget } from '../../core/policy/notify.js';
import type { Sender } from '../../core/ports/notifier.js';
import { httpPoster } from './http.js';

/** Blocks take 3000 characters, and an attachment of plain lines is understood by Mattermost and Rocket.Chat, too. */
const most = 2900;

/** As Slack's incoming webhooks take it. */
export function slackSender(target: SlackTarget, link: string | undefined): Sender {
  const poster = httpPoster(target.access);
  return {
    takes: 'messages',
    send: (message, signal) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': message.id };
      return poster.post(target.url, JSON.stringify(slackBody(message, link)), headers, signal);
    },
    close: () => poster.close(),
  };
}

export function slackBody(message: Message, link: string | undefined): object {
  const lines = bodyLines(message).map(escaped);
  const text = cut([...lines, ...(link === undefined ? [] : [`<${escaped(link)}|Holdfast>`])]);
  return {
    text: escaped(headline(message)),
    ...(text === '' ? {} : { attachments: [{ color: colorOf(message), text, mrkdwn_in: [] }] }),
  };
}

/** Whole lines only: half of an escaped character would be nonsense. */
function cut(lines: readonly string[]): string {
  let length = 0;
  const kept = lines.filter((line) => {
    length += line.length + 1;
    return length <= most;
  });
  return kept.length === lines.length ? kept.join('\n') : [...kept, '…'].join('\n');
}

/**
 * Slack: these three have a meaning in texts; `<!channel>` would call everybody. Mattermost and Rocket.Chat read Markdown
 * besides: links and pictures are taken apart, and names that stand for everybody.
 */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('](', '] (')
    .replace(/@(?=all|channel|everyone|here)/gi, '@ ');
}

function colorOf({ counts }: Message): string {
  if (counts.bySeverity.critical + counts.bySeverity.high > 0) return 'danger';
  return counts.firing > 0 ? 'warning' : 'good';
}
