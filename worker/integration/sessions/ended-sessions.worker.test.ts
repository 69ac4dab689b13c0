/** What somebody whose session has ended may still do: nothing, from the very next call on. */
import { describe, expect, it } from 'vitest';
import { LOGINS_PER_USER_MAX } from '../../stores/postgres/ended-logins.ts';
import {
  changePassword,
  currentLoginOf,
  type Device,
  deviceOf,
  expectProblem,
  PASSWORD,
  readProfile,
  refresh,
  signIn,
  signUp,
} from '../../testing/accounts.ts';
import { hold, reserve, settle, stockOf } from '../../testing/purchases.ts';
import { call, makeEvent, makeShopper } from '../../testing/shop.ts';

/** Each ends the session in which the call before it was made. */
const ENDS: Record<string, (device: Device) => Promise<Response>> = {
  'signed out': ({ accessToken }) => call('POST', '/auth/logout', { token: accessToken }),
  'signed out by cookie': ({ cookie }) =>
    call('POST', '/auth/logout', { headers: { Cookie: cookie } }),
  'signed out on another device': async ({ user }) => {
    const { accessToken } = await (await signIn(user.email)).json<Device>();
    return call('POST', '/auth/logout', { token: accessToken });
  },
  'changed the password': (device) => changePassword(device, PASSWORD, 'battery staple'),
  'was deactivated': async ({ user }) => {
    const { token } = await makeShopper('admin');
    return call('POST', `/admin/users/${user.id}/deactivate`, { token });
  },
  'signed out here alone': ({ accessToken }) =>
    call('POST', '/auth/logout', { token: accessToken, body: { everywhere: false } }),
  'signed out here alone by cookie': ({ cookie }) =>
    call('POST', '/auth/logout', { headers: { Cookie: cookie }, body: { everywhere: false } }),
  'was signed out from another device': async (device) => {
    const there = await deviceOf(await signIn(device.user.email));
    const id = await currentLoginOf(device);
    return call('DELETE', `/profile/logins/${id}`, { token: there.accessToken });
  },
  'signed in on too many other devices': async ({ user }) => {
    for (let n = 0; n < LOGINS_PER_USER_MAX; n++) expect((await signIn(user.email)).ok).toBe(true);
    return new Response();
  },
  'showed a refresh token too late': async ({ cookie }) => {
    await refresh((await deviceOf(await refresh(cookie))).cookie);
    expect((await refresh(cookie)).status).toBe(401);
    return new Response();
  },
};

/** What is held ends with the account alone: whoever signs in again may still confirm it. */
const ENDS_HOLDS = 'was deactivated';

describe.each(Object.entries(ENDS))('a customer who %s', (how, end) => {
  it('is refused on the very next purchase', async () => {
    const device = await signUp();
    const shopper = { user: device.user, token: device.accessToken };
    const [one, two] = [await makeEvent(), await makeEvent()];
    await hold(shopper, one.eventItemId);
    expect((await end(device)).ok).toBe(true);
    for (const { eventItemId } of [two, one]) {
      await expectProblem(await reserve(shopper, eventItemId), 401, 'unauthenticated');
    }
    expect(await stockOf(two.eventId)).toMatchObject({ remaining: 10, held: 0 });
  });

  it('is refused on the very next confirmation, and cannot cancel', async () => {
    const device = await signUp();
    const shopper = { user: device.user, token: device.accessToken };
    // To sign in on many devices takes seconds.
    const { eventId, eventItemId } = await makeEvent({ holdSeconds: 600 });
    const order = await hold(shopper, eventItemId);
    expect((await end(device)).ok).toBe(true);
    await expectProblem(await settle(shopper, order, 'confirm'), 401, 'unauthenticated');
    await expectProblem(await settle(shopper, order, 'cancel'), 401, 'unauthenticated');
    const held = how === ENDS_HOLDS ? 0 : 1;
    expect(await stockOf(eventId)).toMatchObject({ remaining: 10 - held, held, sold: 0 });
  });

  it('is refused on their profile and orders', async () => {
    const device = await signUp();
    const { accessToken: token } = device;
    expect((await readProfile(device)).status).toBe(200);
    expect((await end(device)).ok).toBe(true);
    for (const path of ['/profile', '/profile/orders']) {
      await expectProblem(await call('GET', path, { token }), 401, 'unauthenticated');
    }
    const body = { displayName: 'Eve' };
    await expectProblem(await call('PUT', '/profile', { token, body }), 401, 'unauthenticated');
  });
});
