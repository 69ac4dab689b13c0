/** Mails by Resend's HTTP API, which sends what has one key once within 24 hours. */
import * as z from 'zod';
import type { TryOutcome } from '../rules/outcome.ts';
import {
  addressed,
  type Mail,
  QUOTA_PAUSE_MS,
  RATE_PAUSE_MS,
  RECIPIENT_SUPPRESSED,
  type Sender,
  type SendMail,
} from './mail.ts';
import { type Fetch, type PostAnswer, postJson } from './post-json.ts';

/** What Resend takes as a key: https://resend.com/docs/dashboard/emails/idempotency-keys */
const KEY_FORM = /^[\x21-\x7e]{1,256}$/;
const RETRY_AFTER_S_MAX = 24 * 60 * 60;

/** https://resend.com/docs/api-reference/errors */
const errorSchema = z.object({ name: z.string().regex(/^[a-z_]{1,60}$/) });

export interface ResendOptions {
  fetch: Fetch;
  /** The origin of the API. */
  apiUrl: string;
  apiKey: string;
  sender: Sender;
  timeoutMs: number;
}

export function createResend({
  fetch,
  apiUrl,
  apiKey,
  sender,
  timeoutMs,
}: ResendOptions): SendMail {
  return async (mail, key) => {
    const answer = await postJson({
      fetch,
      url: `${apiUrl}/emails`,
      headers: {
        Authorization: `Bearer ${apiKey}`,
        'Idempotency-Key': KEY_FORM.test(key) ? key : await digestOf(key),
        // Asked for by Resend, which refuses a request without one.
        'User-Agent': 'SwiftDrop',
      },
      body: bodyOf(mail, sender),
      timeoutMs,
    });
    return answer === undefined ? { kind: 'failed', reason: 'no_answer' } : outcomeOf(answer);
  };
}

async function digestOf(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bodyOf(given: Mail, configured: Sender): object {
  const { mail, sender } = addressed(given, configured);
  const { to, subject, text, html, headers } = mail;
  const { from, replyTo } = sender;
  const name = from.name.replaceAll('\\', String.raw`\\`);
  return {
    from: `"${name}" <${from.email}>`,
    to: [to],
    subject,
    text,
    html,
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(headers !== undefined && { headers }),
  };
}

function outcomeOf({ status, headers, json }: PostAnswer): TryOutcome {
  if (status >= 200 && status < 300) return { kind: 'done' };
  const error = errorSchema.safeParse(json).data?.name;
  const reason = error ?? `status_${status}`;
  // The key was taken with another text, as of another version of the shop: that mail was sent.
  if (error === 'invalid_idempotent_request') return { kind: 'done' };
  if (error === 'concurrent_idempotent_requests') return { kind: 'failed', reason };
  if (status === 429) {
    const isQuota = error?.endsWith('quota_exceeded') === true;
    const pauseMs = isQuota ? QUOTA_PAUSE_MS : RATE_PAUSE_MS;
    return { kind: 'throttled', reason, retryAfterMs: retryAfterMs(headers) ?? pauseMs };
  }
  if (error?.includes('suppress')) return { kind: 'dropped', reason: RECIPIENT_SUPPRESSED };
  // A key or a domain that is not right yet: the mail is good, and goes when its owner has put it right.
  if (status === 401 || status === 403) return { kind: 'failed', reason };
  return status >= 400 && status < 500 && status !== 408
    ? { kind: 'refused', reason }
    : { kind: 'failed', reason };
}

/** Seconds, which is how Resend gives it. */
function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  if (!/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), 1), RETRY_AFTER_S_MAX) * 1_000;
}
