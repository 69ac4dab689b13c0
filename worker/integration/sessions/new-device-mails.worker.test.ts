/** The mail about a device that signs in for the first time, which strangers can have sent to anybody. */
import { expect, it } from 'vitest';
import { PASSWORD } from '../../testing/accounts.ts';
import { openMailShop, rowsFor } from '../../testing/mail-shop.ts';

const { send, join } = openMailShop();

it.each([
  ['you-won.evil.example/1', null],
  ['Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0', 'Firefox, Windows'],
])('names the device %s as %s', async (userAgent, device) => {
  const { user } = await join();
  const { email } = user;
  const headers = { 'User-Agent': userAgent };
  const answer = await send('POST', '/auth/login', {
    body: { email, password: PASSWORD },
    headers,
  });
  expect(answer.status).toBe(200);
  const [row] = await rowsFor(email, 'mail.new_device');
  expect(row?.payload).toMatchObject({ userId: user.id, device });
});
