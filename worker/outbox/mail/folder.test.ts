import { expect, it } from 'vitest';
import { startReceiver } from '../../testing/mail-receiver.ts';
import { createFolder } from './folder.ts';

const mail = { to: 'ada@example.com', subject: 'Hello', text: 'Hello.', html: '<p>Hello.</p>' };
const sender = { from: { name: 'Shop', email: 'a@shop.example' }, replyTo: 'b@shop.example' };

it('the folder is given the mail with its sender and its key, at the address with the secret', async () => {
  const { url, asked } = await startReceiver(() => ({ status: 204 }));
  const send = createFolder({ fetch, url: `${url}/secret`, sender, timeoutMs: 10_000 });
  expect(await send(mail, 'reminder/1')).toEqual({ kind: 'done' });
  expect(asked).toMatchObject([
    { method: 'POST', path: '/secret', body: { ...mail, ...sender, key: 'reminder/1' } },
  ]);
});

it('the folder refuses what is no mail, and is tried again where it failed or is not there', async () => {
  const outcomeOf = async (status: number) => {
    const { url } = await startReceiver(() => ({ status }));
    return createFolder({ fetch, url, sender, timeoutMs: 10_000 })(mail, 'k');
  };
  expect(await outcomeOf(400)).toEqual({ kind: 'refused', reason: 'status_400' });
  expect(await outcomeOf(404)).toEqual({ kind: 'failed', reason: 'status_404' });
  expect(await outcomeOf(500)).toEqual({ kind: 'failed', reason: 'status_500' });
  const gone = createFolder({ fetch, url: 'http://127.0.0.1:1', sender, timeoutMs: 10_000 });
  expect(await gone(mail, 'k')).toEqual({ kind: 'failed', reason: 'no_answer' });
});
