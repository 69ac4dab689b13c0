/** What the log says of each request, and what it never says. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OPERATIONS } from '../../openapi/operations/table.ts';
import { deviceOf, newEmail, PASSWORD, refresh, signIn, signUp } from '../../testing/accounts.ts';
import { appWith, away, type Changes, dbWith } from '../../testing/apps.ts';
import { catchLog } from '../../testing/log-lines.ts';
import { hold, reserve, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper } from '../../testing/shop.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

type Line = [level: string, message: string, fields?: Record<string, unknown>];

/** An app whose log is kept, and its lines about requests. */
function appWithLog({
  everydayShare = deps.logging.everydayShare,
  ...changes
}: Changes & { everydayShare?: number } = {}) {
  const written: Line[] = [];
  const log = (...line: Line) => written.push(line);
  const ask = appWith({ ...changes, logging: { log, everydayShare } });
  const requests = () => written.filter(([, message]) => message === 'request');
  return { ask, requests };
}

describe('a request', () => {
  it('is one line with its route’s pattern, its event, its status and its time', async () => {
    const { eventId } = await makeEvent();
    const { ask, requests } = appWithLog();
    await ask(`/events/${eventId}/live?after=somebody`, { headers: { 'X-Request-Id': 'a-1' } });
    expect(requests()).toEqual([
      [
        'info',
        'request',
        {
          requestId: 'a-1',
          method: 'GET',
          route: '/api/v1/events/:id/live',
          eventId,
          status: 426,
          code: 'upgrade_required',
          durationMs: expect.any(Number),
        },
      ],
    ]);
  });

  it('names the route that answered, and none where nobody does', async () => {
    const { ask, requests } = appWithLog();
    await ask('/admin/events/dashboard');
    await ask('/nothing/evt_000000000000?email=somebody@example.com');
    await ask('/profile', { method: 'PATCH' });
    expect(requests().map(([, , fields]) => [fields?.['route'], fields?.['code']])).toEqual([
      ['/api/v1/admin/events/dashboard', 'unauthenticated'],
      [undefined, 'not_found'],
      [undefined, 'method_not_allowed'],
    ]);
    expect(JSON.stringify(requests())).not.toContain('evt_');
  });

  it('that fails is an error, once with its cause and once as a request', async () => {
    const written: Line[] = [];
    const log = (...line: Line) => void written.push(line);
    const answer = await appWith({ stores: { db: dbWith(away) }, logging: { log } })('/events');
    expect(answer.status).toBe(503);
    const requestId = answer.headers.get('X-Request-Id');
    expect(written).toMatchObject([
      ['error', 'request failed', { requestId, error: { message: 'the database is away' } }],
      ['error', 'request', { requestId, route: '/api/v1/events', code: 'unavailable' }],
    ]);
  });

  it('says how long it waited, unless it is a purchase that the log leaves out', async () => {
    const { eventItemId } = await makeEvent();
    const buy = async (everydayShare: number) => {
      const { token } = await makeShopper();
      const { ask } = appWithLog({ everydayShare });
      const headers = { Authorization: `Bearer ${token}` };
      const answer = await ask(`/purchase/${eventItemId}`, { method: 'POST', headers });
      expect(answer.status).toBe(201);
      return answer.headers.get('Server-Timing');
    };
    expect(await buy(1)).toMatch(/^line;dur=\d+$/);
    expect(await buy(0)).toBeNull();
    const { ask } = appWithLog();
    const refused = await ask('/auth/logout', { method: 'POST' });
    expect(refused.headers.get('Server-Timing')).toMatch(/^app;dur=\d+$/);
  });
});

describe('a read', () => {
  it('is logged in its share where it was answered, and always where it was not', async () => {
    const { eventId } = await makeEvent();
    const { ask, requests } = appWithLog({ everydayShare: 0.5 });
    for (let n = 0; n < 4; n++) await ask(`/events/${eventId}`);
    expect(requests()).toHaveLength(2);
    expect(requests()[0]?.[2]).toMatchObject({ status: 200, share: 0.5 });
    for (let n = 0; n < 4; n++) await ask('/profile');
    expect(requests()).toHaveLength(6);
  });
});

describe('a purchase', () => {
  it('is logged in its share, whether it succeeds or finds nothing left', async () => {
    const { eventItemId, eventId } = await makeEvent({ stock: 3 });
    const { ask, requests } = appWithLog({ everydayShare: 0.5 });
    for (let n = 0; n < 8; n++) {
      const headers = { Authorization: `Bearer ${(await makeShopper()).token}` };
      await ask(`/purchase/${eventItemId}`, { method: 'POST', headers });
    }
    expect(requests()).toHaveLength(4);
    expect(requests()[0]?.[2]).toMatchObject({
      route: '/api/v1/purchase/:id',
      eventId,
      status: 201,
      share: 0.5,
    });
    expect(requests().at(-1)?.[2]).toMatchObject({ status: 409, code: 'sold_out' });
  });

  it('that fails, or that no sale would expect, is always logged', async () => {
    const { eventItemId } = await makeEvent();
    const { ask, requests } = appWithLog({ everydayShare: 0, sale: { attempt: () => away() } });
    const { token } = await makeShopper();
    const method = 'POST';
    await ask(`/purchase/${eventItemId}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
    });
    await ask(`/purchase/${eventItemId}`, { method });
    await ask(`/purchase/nonsense`, { method, headers: { Authorization: `Bearer ${token}` } });
    expect(requests().map(([level, , fields]) => [level, fields?.['code']])).toEqual([
      ['error', 'unavailable'],
      ['info', 'unauthenticated'],
      ['info', 'not_found'],
    ]);
  });
});

describe('the log', () => {
  it('has a line for each group, with its event, its size and what came of it', async () => {
    const log = catchLog();
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    await settle(shopper, await hold(shopper, eventItemId), 'confirm');
    const groups = log.lines('group').filter((line) => line['eventId'] === eventId);
    const times = { waitMs: expect.any(Number), settleMs: expect.any(Number) };
    const first = { level: 'info', message: 'group', eventId, size: 1, tries: 1, lineLength: 0 };
    expect(groups).toMatchObject([
      { ...first, ...times, outcomes: { reserve: 1 } },
      { ...first, ...times, outcomes: { confirm: 1 } },
    ]);
  });

  it('has nothing of who asked, or of what was sent, whatever operation is asked', async () => {
    const log = catchLog();
    const SECRET = 'recognisable';
    const email = `${SECRET}.${newEmail()}`;
    const device = await signUp(email);
    await signIn(email, `${SECRET} wrong password`);
    const { eventItemId } = await makeEvent();
    const holder = await makeShopper();
    await reserve(holder, eventItemId, `${SECRET}-key`);
    const admin = await makeShopper('admin');
    const operations = OPERATIONS.filter(({ operationId }) => operationId !== 'logout');
    const answers = operations.map(async ({ method, path, params = {}, body, caller }, n) => {
      const filled = path.replaceAll(
        /\{(\w+)\}/g,
        (_, name: string) => params[name]?.example ?? '',
      );
      const query = n % 2 === 0 ? `?email=${email}&q=${SECRET}` : '';
      const headers = {
        'Idempotency-Key': `"${SECRET}-key"`,
        Cookie: `${device.cookie}; other=${SECRET}`,
        'User-Agent': SECRET,
        'CF-Connecting-IP': '203.0.113.77',
      };
      const sent = body && { ...(body.example as object), email, displayName: SECRET };
      const token = caller === 'admin' ? admin.token : device.accessToken;
      return call(method.toUpperCase(), `${filled}${query}`, { token, headers, body: sent });
    });
    await Promise.all(answers);
    await call('GET', `/${SECRET}/${email}`);
    const { cookie: next } = await deviceOf(await refresh(device.cookie));
    await refresh(next);
    const stolen = await refresh(device.cookie);
    expect(stolen.status).toBe(401);
    expect(log.lines('request').length).toBeGreaterThan(operations.length);
    const all = log.raw.join('\n');
    const forbidden = [
      SECRET,
      email,
      PASSWORD,
      '203.0.113.77',
      'Authorization',
      'swiftdrop_refresh',
    ];
    for (const { accessToken, cookie } of [device, { accessToken: admin.token, cookie: 'none' }]) {
      forbidden.push(accessToken, cookie.split('=')[1] ?? cookie);
    }
    expect(forbidden.filter((word) => all.includes(word))).toEqual([]);
    expect(all).not.toMatch(/@example\.com|eyJ[\w-]+\./);
  });

  it('takes out of other people’s errors what they repeat of addresses and tokens', async () => {
    const log = catchLog();
    const { token } = await makeShopper();
    const email = newEmail();
    const cause = new Error(`invalid input: "${email}", Bearer abc.def, ${token}`);
    const error = new Error(`no route to postgres://user:pass-word@db.example.com/shop`, { cause });
    deps.logging.log('error', 'request failed', { requestId: 'a-1', error });
    const line = log.raw.find((one) => one.includes('no route to'));
    expect(line).toContain('no route to postgres://user:(address)/shop');
    for (const word of [email, token, 'abc.def', 'pass-word', 'db.example.com']) {
      expect(line).not.toContain(word);
    }
  });
});
