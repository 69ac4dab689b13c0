import { describe, expect, it } from 'vitest';
import { startReceiver, type Told } from '../../testing/mail-receiver.ts';
import { QUOTA_PAUSE_MS, RATE_PAUSE_MS, RECIPIENT_SUPPRESSED } from './mail.ts';
import { createResend } from './resend.ts';

const mail = {
  to: 'ada@example.com',
  subject: 'Your order',
  text: 'Thank you.',
  html: '<p>Thank you.</p>',
  headers: { 'List-Unsubscribe': '<https://shop.example/off>' },
};
const sender = { from: { name: 'Lamps, \\ & more', email: 'a@shop.example' }, replyTo: undefined };

const errorOf = (name: string) =>
  JSON.stringify({ statusCode: 1, name, message: 'ada@example.com' });

function resendAt(apiUrl: string, timeoutMs = 10_000) {
  return createResend({ fetch, apiUrl, apiKey: 're_key', sender, timeoutMs });
}

async function outcomeOf(told: Told, key = 'k') {
  const { url } = await startReceiver(() => told);
  return resendAt(url)(mail, key);
}

describe('Resend', () => {
  it('is given the mail, the sender, the key and who asks', async () => {
    const { url, asked } = await startReceiver(() => ({ status: 200, body: '{"id":"1"}' }));
    expect(await resendAt(url)(mail, 'order_confirmed/ord_1')).toEqual({ kind: 'done' });
    const { to, subject, text, html, headers } = mail;
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/emails',
        headers: expect.objectContaining({
          authorization: 'Bearer re_key',
          'content-type': 'application/json',
          'idempotency-key': 'order_confirmed/ord_1',
          'user-agent': 'SwiftDrop',
        }),
        body: {
          from: String.raw`"Lamps, \\ & more" <a@shop.example>`,
          to: [to],
          subject,
          text,
          html,
          headers,
        },
      },
    ]);
  });

  it('is told where answers go, where that is not the sender', async () => {
    const { url, asked } = await startReceiver(() => ({ status: 200 }));
    const replyTo = 'help@shop.example';
    const options = { fetch, apiUrl: url, apiKey: 're_key', timeoutMs: 10_000 };
    await createResend({ ...options, sender: { ...sender, replyTo } })(mail, 'k');
    expect(asked[0]?.body).toMatchObject({ reply_to: replyTo });
  });

  it('is given a key that it takes, the same for the same and another for another', async () => {
    const { url, asked } = await startReceiver(() => ({ status: 200 }));
    const long = 'k'.repeat(257);
    for (const key of [long, long, `${long}2`, 'ä\r\nX: y']) await resendAt(url)(mail, key);
    const keys = asked.map(({ headers }) => String(headers['idempotency-key']));
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{1,256}$/);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
  });

  it('is waited for as long as it asks, or for a while where it does not say', async () => {
    const body = errorOf('rate_limit_exceeded');
    const reason = 'rate_limit_exceeded';
    const waits = async (headers: Record<string, string>) =>
      outcomeOf({ status: 429, headers, body });
    const throttled = { kind: 'throttled', reason };
    expect(await waits({ 'Retry-After': '17' })).toEqual({ ...throttled, retryAfterMs: 17_000 });
    expect(await waits({})).toEqual({ ...throttled, retryAfterMs: RATE_PAUSE_MS });
    expect(await waits({ 'Retry-After': 'soon' })).toEqual({ ...throttled, retryAfterMs: 5_000 });
    expect(await waits({ 'Retry-After': '0' })).toEqual({ ...throttled, retryAfterMs: 1_000 });
    expect(await waits({ 'Retry-After': '999999999' })).toEqual({
      ...throttled,
      retryAfterMs: 24 * 60 * 60_000,
    });
  });

  it.each(['daily_quota_exceeded', 'monthly_quota_exceeded'])(
    'is left alone for longer on %s',
    async (name) => {
      const throttled = { kind: 'throttled', reason: name, retryAfterMs: QUOTA_PAUSE_MS };
      expect(await outcomeOf({ status: 429, body: errorOf(name) })).toEqual(throttled);
    },
  );

  it('is tried again where its key, its domain or itself is not right yet', async () => {
    const failed = async (status: number, name: string) =>
      expect(await outcomeOf({ status, body: errorOf(name) })).toEqual({
        kind: 'failed',
        reason: name,
      });
    await failed(401, 'missing_api_key');
    await failed(403, 'invalid_api_key');
    await failed(500, 'internal_server_error');
    await failed(409, 'concurrent_idempotent_requests');
    expect(await outcomeOf({ status: 503, body: '<html>' })).toEqual({
      kind: 'failed',
      reason: 'status_503',
    });
  });

  it('is not tried again where it refuses the mail as it is', async () => {
    const body = errorOf('validation_error');
    expect(await outcomeOf({ status: 422, body })).toEqual({
      kind: 'refused',
      reason: 'validation_error',
    });
  });

  it('has sent a mail whose key it knows with another text', async () => {
    const body = errorOf('invalid_idempotent_request');
    expect(await outcomeOf({ status: 409, body })).toEqual({ kind: 'done' });
  });

  it('drops what goes to an address that it suppresses', async () => {
    const body = errorOf('recipient_suppressed');
    const dropped = { kind: 'dropped', reason: RECIPIENT_SUPPRESSED };
    expect(await outcomeOf({ status: 422, body })).toEqual(dropped);
  });

  it('gives reasons that are stable words, whatever it answers', async () => {
    const body = JSON.stringify({ name: 'ada@example.com is not nice' });
    expect(await outcomeOf({ status: 400, body })).toEqual({
      kind: 'refused',
      reason: 'status_400',
    });
  });

  it('is followed to no other address', async () => {
    const other = await startReceiver(() => ({ status: 200 }));
    const moved = { status: 307, headers: { Location: `${other.url}/emails` } };
    expect(await outcomeOf(moved)).toEqual({ kind: 'failed', reason: 'status_307' });
    expect(other.asked).toEqual([]);
  });

  it('has failed where it does not answer in time, or is not there', async () => {
    const { url } = await startReceiver(() => undefined);
    const failed = { kind: 'failed', reason: 'no_answer' };
    expect(await resendAt(url, 50)(mail, 'k')).toEqual(failed);
    expect(await resendAt('http://127.0.0.1:1')(mail, 'k')).toEqual(failed);
  });

  it('is read no further than an answer of its is long', async () => {
    const body = `{"name":"validation_error","message":"${'x'.repeat(1_000_000)}"}`;
    expect(await outcomeOf({ status: 422, body })).toEqual({
      kind: 'refused',
      reason: 'status_422',
    });
  });
});
