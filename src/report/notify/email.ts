import { createTransport } from 'nodemailer';
import { bodyLines, headline } from '../../core/notify/text.js';
import type { EmailTarget } from '../../core/policy/notify.js';
import type { SendOutcome, Sender } from '../../core/ports/notifier.js';
import { answerMs } from './http.js';
import { transportReason } from '../../core/transport-reason.js';

/** One mail for each message, in plain text, under a Message-ID that stays the same when it is sent again. */
export function emailSender(target: EmailTarget, link: string | undefined): Sender {
  const transport = createTransport(optionsOf(target));
  const domain = target.from.slice(target.from.lastIndexOf('@') + 1);
  return {
    takes: 'messages',
    send: async (message, signal) => {
      const mail = {
        from: target.from,
        to: [...target.to],
        subject: headline(message),
        text: [...bodyLines(message), ...(link === undefined ? [] : ['', link]), ''].join('\n'),
        messageId: `<${message.id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      };
      return outcomeOf(Promise.race([transport.sendMail(mail), rejection(signal)]));
    },
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}

type Options = Exclude<Parameters<typeof createTransport>[0], string | undefined>;

function optionsOf({ host, port, security, caCert, login }: EmailTarget): Options {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: 2 * answerMs,
    tls: { ...(caCert === undefined ? {} : { ca: caCert }), minVersion: 'TLSv1.2' },
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
  } as Options;
}

function rejection(signal: AbortSignal): Promise<never> {
  const all = AbortSignal.any([signal, AbortSignal.timeout(3 * answerMs)]);
  return new Promise((_resolve, reject) => {
    all.addEventListener('abort', () => {
      reject(all.reason as Error);
    });
  });
}

/** SMTP: 5xx to a message means that it will not be taken, except where it is about who we are. */
async function outcomeOf(sent: Promise<unknown>): Promise<SendOutcome> {
  try {
    await sent;
    return { state: 'delivered' };
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    const reason = responseCode === undefined ? transportReason(error) : `answered ${responseCode}`;
    const isRefused = code === 'EMESSAGE' || code === 'EENVELOPE';
    return (responseCode ?? 0) >= 500 && isRefused
      ? { state: 'refused', reason }
      : { state: 'failed', reason };
  }
}
