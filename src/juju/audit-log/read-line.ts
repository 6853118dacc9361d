/**
 * One line of a controller's audit log. Juju writes a line for each conversation (one connection of a client) and one
 * for each request in it, and leaves out conversations that only read (Juju facts, section on logs).
 */
import { plainText } from '../api/plain-text.js';
import { saidWithoutValues } from './said.js';

/** What a client did on one connection: the same for all requests of one command. */
export interface Conversation {
  readonly id: string;
  readonly who: string;
  /** The command line, without values; empty for clients that told none. */
  readonly what: string;
  readonly at: string;
  /** With its owner, as in `admin/data`. */
  readonly model: string;
  readonly modelUuid: string;
}

export interface Request {
  readonly conversation: string;
  /** Its number in the conversation. */
  readonly id: string;
  /** `Application.DestroyRelation`. */
  readonly method: string;
  readonly at: string;
}

/** What was answered to a request. */
export interface Reply {
  readonly conversation: string;
  readonly request: string;
  readonly failed: boolean;
}

export type LogEntry =
  { readonly conversation: Conversation } | { readonly request: Request } | { readonly reply: Reply };

/** Undefined for lines that are something else, or nothing. */
export function readLine(line: string): LogEntry | undefined {
  const { conversation, request, errors } = fieldsOf(parsed(line));
  if (conversation !== undefined) return { conversation: conversationOf(fieldsOf(conversation)) };
  if (request !== undefined) return { request: requestOf(fieldsOf(request)) };
  if (errors !== undefined) return { reply: replyOf(fieldsOf(errors)) };
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function conversationOf(fields: Fields): Conversation {
  return {
    id: plainText(fields['conversation-id'], 40),
    who: plainText(fields['who'], 100),
    what: saidWithoutValues(plainText(fields['what'], 2000)),
    at: timeOf(fields['when']),
    model: plainText(fields['model-name'], 200),
    modelUuid: plainText(fields['model-uuid'], 40),
  };
}

/** One error for each thing that was asked for; null, or none at all, where it went well. */
function replyOf(fields: Fields): Reply {
  const { errors } = fields;
  return {
    conversation: plainText(fields['conversation-id'], 40),
    request: numberOf(fields['request-id']),
    failed: Array.isArray(errors) ? errors.some((error) => error !== null) : errors != null,
  };
}

function numberOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}

function requestOf(fields: Fields): Request {
  return {
    conversation: plainText(fields['conversation-id'], 40),
    id: numberOf(fields['request-id']),
    method: `${plainText(fields['facade'], 60)}.${plainText(fields['method'], 60)}`,
    at: timeOf(fields['when']),
  };
}

/** As an Instant; the empty string for what is no time. */
function timeOf(when: unknown): string {
  const at = new Date(plainText(when, 40));
  return Number.isNaN(at.valueOf()) ? '' : at.toISOString().replace('.000Z', 'Z');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
