/** What the mail provider reports, as it sends it. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findSuppression } from '../../stores/postgres/mail-suppressions.ts';
import { expectProblem, newEmail } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { call, deps, shopEnv } from '../../testing/shop.ts';

const SECRET = (shopEnv as { MAIL_WEBHOOK_SECRET?: string }).MAIL_WEBHOOK_SECRET ?? '';

function signedHeaders(rawBody: string): Record<string, string> {
  const [id, timestamp] = ['msg_1', String(Math.floor(Date.now() / 1_000))];
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${rawBody}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${mac}` };
}

function report(event: unknown): Promise<Response> {
  const rawBody = typeof event === 'string' ? event : JSON.stringify(event);
  return call('POST', '/mail/events', { rawBody, headers: signedHeaders(rawBody) });
}

const isRefused = async (email: string) => (await findSuppression(deps.stores.db, email)) !== null;

describe('a report of the mail provider', () => {
  it('that mail came back for good, or that somebody complained, ends all mail to the address', async () => {
    const [gone, annoyed] = [newEmail(), newEmail()];
    const bounce = { type: 'Permanent', subType: 'General', message: 'no such user' };
    const bounced = { type: 'email.bounced', data: { to: [gone.toUpperCase()], bounce } };
    expect((await report(bounced)).status).toBe(204);
    expect((await report(bounced)).status).toBe(204);
    expect((await report({ type: 'email.complained', data: { to: [annoyed] } })).status).toBe(204);
    expect([await isRefused(gone), await isRefused(annoyed)]).toEqual([true, true]);
  });

  it('of anything else is taken and changes nothing', async () => {
    const email = newEmail();
    const to = [email];
    for (const event of [
      { type: 'email.bounced', data: { to, bounce: { type: 'Transient' } } },
      { type: 'email.delivered', data: { to } },
      { type: 'contact.created', data: { email } },
      { type: 'email.bounced' },
      { type: 'email.complained', data: { to: [] } },
    ]) {
      expect((await report(event)).status).toBe(204);
    }
    expect(await isRefused(email)).toBe(false);
  });

  it('is refused without a good signature, and changes nothing', async () => {
    const email = newEmail();
    const rawBody = JSON.stringify({ type: 'email.complained', data: { to: [email] } });
    const headers = signedHeaders(`${rawBody} `);
    const answers = [
      await call('POST', '/mail/events', { rawBody }),
      await call('POST', '/mail/events', { rawBody, headers }),
    ];
    for (const answer of answers) await expectProblem(answer, 401, 'unauthenticated');
    expect(await isRefused(email)).toBe(false);
  });

  it('that is no report is refused, also where it is signed', async () => {
    for (const body of ['{', 'null', '[]', '{"data":{}}', '{"type":"email.bounced","data":7}']) {
      await expectProblem(await report(body), 400, 'malformed');
    }
    const long = { type: 'email.delivered', data: { text: 'x'.repeat(70_000) } };
    await expectProblem(await report(long), 413, 'too_large');
  });

  it('is not looked for in a shop without the provider’s secret', async () => {
    const ask = appWith({ site: { mailWebhookSecret: undefined } });
    const body = JSON.stringify({ type: 'email.delivered' });
    const headers = { 'Content-Type': 'application/json', ...signedHeaders(body) };
    const answer = await ask('/mail/events', { method: 'POST', body, headers });
    await expectProblem(answer, 404, 'not_found');
  });
});
