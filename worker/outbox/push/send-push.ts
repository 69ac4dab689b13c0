/**
 * One notification to one device, by the push service that its browser named: encrypted for the device
 * (RFC 8291), signed by the shop (VAPID, RFC 8292), and of no use after a given time (RFC 8030).
 */
import { encryptNotification } from '@block65/webcrypto-web-push';
import { SignJWT } from 'jose';
import { isOfService, type PushConfig } from '../../config/push-variables.ts';
import type { PushMessage } from '../../contract/push.ts';
import type { PushTarget } from '../../stores/postgres/push-subscriptions.ts';
import type { Fetch } from '../mail/post-json.ts';
import type { TryOutcome } from '../rules/outcome.ts';

/** The device is known no more: nothing is sent to it again. */
export const DEVICE_GONE = 'device_gone';
const TIMEOUT_MS = 10_000;
/** Of a signature: push services take a day at most. */
const SIGNED_S = 12 * 60 * 60;
const PAUSE_MS = 10_000;
const RETRY_AFTER_S_MAX = 60 * 60;

export interface SendPushPorts {
  config: PushConfig;
  fetch: Fetch;
  nowMs(): number;
}

/** @param untilMs after it the notification is not shown any more. */
export async function sendPush(
  { config, fetch, nowMs }: SendPushPorts,
  { endpoint, p256dh, auth }: PushTarget,
  { message, untilMs }: { message: PushMessage; untilMs: number },
): Promise<TryOutcome> {
  // It was one when it was taken; the list may have changed since.
  if (!isOfService(endpoint, config.services)) {
    return { kind: 'refused', reason: 'unknown_service' };
  }
  const ttlS = Math.floor((untilMs - nowMs()) / 1_000);
  if (ttlS <= 0) return { kind: 'dropped', reason: 'too_late' };
  const text = new TextEncoder().encode(JSON.stringify(message));
  const device = { endpoint, expirationTime: null, keys: { p256dh, auth } };
  const body = await encryptNotification(device, text).catch(() => undefined);
  if (body === undefined) return { kind: 'dropped', reason: DEVICE_GONE };
  const headers = {
    Authorization: await signature(config, new URL(endpoint).origin, nowMs()),
    'Content-Encoding': 'aes128gcm',
    'Content-Type': 'application/octet-stream',
    TTL: String(ttlS),
    Urgency: 'high',
  };
  const init = { method: 'POST', headers, body, redirect: 'manual' } as const;
  try {
    const answer = await fetch(endpoint, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.body?.cancel();
    return outcomeOf(answer);
  } catch {
    return { kind: 'failed', reason: 'no_answer' };
  }
}

async function signature(
  { key, publicKey, subject }: PushConfig,
  audience: string,
  nowMs: number,
): Promise<string> {
  const expiresAtS = Math.floor(nowMs / 1_000) + SIGNED_S;
  const token = await new SignJWT()
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(audience)
    .setSubject(subject)
    .setExpirationTime(expiresAtS)
    .sign({ kty: 'EC', crv: 'P-256', ...key });
  return `vapid t=${token}, k=${publicKey}`;
}

function outcomeOf({ status, headers }: Response): TryOutcome {
  if (status >= 200 && status < 300) return { kind: 'done' };
  if (status === 404 || status === 410) return { kind: 'dropped', reason: DEVICE_GONE };
  const reason = `status_${status}`;
  if (status === 429) {
    return { kind: 'throttled', reason, retryAfterMs: retryAfterMs(headers) ?? PAUSE_MS };
  }
  if (status >= 500 || status === 408) return { kind: 'failed', reason };
  return { kind: 'refused', reason };
}

/** Seconds; a date, which it may be too, is not worth reading for notifications that are soon too late. */
function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  if (!/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), 1), RETRY_AFTER_S_MAX) * 1_000;
}
