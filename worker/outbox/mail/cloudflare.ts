/**
 * Mails by Cloudflare's Email Service, through a `send_email` binding. It knows no keys: a mail whose
 * answer was lost is sent again.
 */
import { within } from '../../platform/within.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import {
  addressed,
  QUOTA_PAUSE_MS,
  RATE_PAUSE_MS,
  RECIPIENT_SUPPRESSED,
  type Sender,
  type SendMail,
} from './mail.ts';

/** What is used of the binding. */
export interface EmailBinding {
  send(message: {
    from: { name: string; email: string };
    to: string;
    subject: string;
    text: string;
    html: string;
    replyTo?: string;
    headers?: Record<string, string>;
  }): Promise<unknown>;
}

/**
 * Errors that stay as long as the mail is as it is:
 * https://developers.cloudflare.com/email-service/api/send-emails/workers-api/
 */
const REFUSED = new Set([
  'E_VALIDATION_ERROR',
  'E_FIELD_MISSING',
  'E_TOO_MANY_RECIPIENTS',
  'E_RECIPIENT_NOT_ALLOWED',
  'E_CONTENT_TOO_LARGE',
]);

export interface CloudflareOptions {
  binding: EmailBinding;
  sender: Sender;
  timeoutMs: number;
}

export function createCloudflare({ binding, sender, timeoutMs }: CloudflareOptions): SendMail {
  return async (given) => {
    const { mail, sender: named } = addressed(given, sender);
    const { from, replyTo } = named;
    try {
      const sent = binding.send({ ...mail, from, ...(replyTo !== undefined && { replyTo }) });
      const done = sent.then((): TryOutcome => ({ kind: 'done' }));
      return (await within(timeoutMs, done)) ?? { kind: 'failed', reason: 'no_answer' };
    } catch (error) {
      return outcomeOf(codeOf(error));
    }
  };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && /^E_[A-Z_]{1,60}$/.test(code) ? code : undefined;
}

function outcomeOf(code: string | undefined): TryOutcome {
  const reason = code === undefined ? 'no_answer' : code.slice(2).toLowerCase();
  switch (code) {
    case 'E_RATE_LIMIT_EXCEEDED':
      return { kind: 'throttled', reason, retryAfterMs: RATE_PAUSE_MS };
    case 'E_DAILY_LIMIT_EXCEEDED':
      return { kind: 'throttled', reason, retryAfterMs: QUOTA_PAUSE_MS };
    case 'E_RECIPIENT_SUPPRESSED':
      return { kind: 'dropped', reason: RECIPIENT_SUPPRESSED };
    default:
      return code !== undefined && (REFUSED.has(code) || code.startsWith('E_HEADER'))
        ? { kind: 'refused', reason }
        : { kind: 'failed', reason };
  }
}
