import { describe, expect, it } from 'vitest';
import { createCloudflare, type EmailBinding } from './cloudflare.ts';
import { QUOTA_PAUSE_MS, RATE_PAUSE_MS, RECIPIENT_SUPPRESSED } from './mail.ts';

const mail = { to: 'ada@example.com', subject: 'Hello', text: 'Hello.', html: '<p>Hello.</p>' };
const sender = { from: { name: 'Shop', email: 'a@shop.example' }, replyTo: undefined };

async function outcomeOf(send: EmailBinding['send'], timeoutMs = 10_000) {
  return createCloudflare({ binding: { send }, sender, timeoutMs })(mail, 'k');
}

const never = () => Promise.withResolvers<never>().promise;
const failsWith = (code: unknown) => () => Promise.reject(Object.assign(new Error('no'), { code }));

describe('the binding for mails', () => {
  it('is given the mail as its fields, and where answers go if that is not the sender', async () => {
    const sent: unknown[] = [];
    const binding: EmailBinding = { send: async (message) => sent.push(message) };
    const headers = { 'List-Unsubscribe': '<https://shop.example/off>' };
    const replyTo = 'b@shop.example';
    const options = { binding, timeoutMs: 10_000 };
    await createCloudflare({ ...options, sender })(mail, 'k');
    await createCloudflare({ ...options, sender: { ...sender, replyTo } })(
      { ...mail, headers },
      'k',
    );
    const { from } = sender;
    expect(sent).toEqual([
      { ...mail, from },
      { ...mail, from, headers, replyTo },
    ]);
  });

  it('has sent what it took', async () => {
    expect(await outcomeOf(async () => ({ messageId: 'm' }))).toEqual({ kind: 'done' });
  });

  it.each([
    ['E_RATE_LIMIT_EXCEEDED', RATE_PAUSE_MS],
    ['E_DAILY_LIMIT_EXCEEDED', QUOTA_PAUSE_MS],
  ])('is waited for after %s, without a try being counted', async (code, retryAfterMs) => {
    const reason = code.slice(2).toLowerCase();
    expect(await outcomeOf(failsWith(code))).toEqual({ kind: 'throttled', reason, retryAfterMs });
  });

  it('drops what goes to an address that it suppresses', async () => {
    const dropped = { kind: 'dropped', reason: RECIPIENT_SUPPRESSED };
    expect(await outcomeOf(failsWith('E_RECIPIENT_SUPPRESSED'))).toEqual(dropped);
  });

  it.each(['E_VALIDATION_ERROR', 'E_CONTENT_TOO_LARGE', 'E_HEADER_NOT_ALLOWED'])(
    'is not tried again after %s',
    async (code) => {
      const reason = code.slice(2).toLowerCase();
      expect(await outcomeOf(failsWith(code))).toEqual({ kind: 'refused', reason });
    },
  );

  it.each(['E_SENDER_NOT_VERIFIED', 'E_DELIVERY_FAILED', 'E_SOMETHING_NEW'])(
    'is tried again after %s',
    async (code) => {
      const reason = code.slice(2).toLowerCase();
      expect(await outcomeOf(failsWith(code))).toEqual({ kind: 'failed', reason });
    },
  );

  it('gives reasons that are stable words, also for what is no error of its own', async () => {
    const failed = { kind: 'failed', reason: 'no_answer' };
    expect(await outcomeOf(failsWith(undefined))).toEqual(failed);
    expect(await outcomeOf(failsWith('E_to ada@example.com'))).toEqual(failed);
    expect(await outcomeOf(() => Promise.reject('text'))).toEqual(failed);
  });

  it('has failed where it does not answer in time', async () => {
    expect(await outcomeOf(never, 20)).toEqual({ kind: 'failed', reason: 'no_answer' });
  });
});
