import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Session } from '../worker/contract/accounts.ts';
import type { EventDetail, EventList, Integrity } from '../worker/contract/events.ts';
import type { OrderAnswer } from '../worker/contract/orders.ts';
import { freePort } from './free-port.ts';
import { startRealPostgres } from './neon/real-postgres.ts';
import { SAMPLE_ADMIN } from './sample-data.ts';
import { type DevServer, runDevToItsEnd, startDev } from './testing/dev-server.ts';

interface Place {
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** A port and a data folder that nobody else has. */
async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-dev-'));
  const env = {
    PORT: String(await freePort()),
    SWIFTDROP_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    MONGODB_URI: '',
  };
  return { env, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function end(dev: DevServer | undefined): Promise<void> {
  if (dev?.process.exitCode === null && dev.process.signalCode === null) await dev.interrupt();
}

async function call<T>(url: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
  });
  expect(response.ok, `${url} ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

async function liveEvent(api: string): Promise<EventDetail> {
  const { events } = await call<EventList>(`${api}/events`);
  const live = events.find(({ status }) => status === 'live');
  return call<EventDetail>(`${api}/events/${live?.id}`);
}

async function buyOne(api: string, email: string): Promise<OrderAnswer['order']> {
  const account = { email, password: 'correct horse', displayName: 'Ada' };
  const { accessToken } = await call<Session>(`${api}/auth/register`, account);
  const item = (await liveEvent(api)).items[0];
  const held = await call<OrderAnswer>(`${api}/purchase/${item?.id}`, {}, accessToken);
  const confirm = `${api}/purchase/${held.order.id}/confirm`;
  return (await call<OrderAnswer>(confirm, {}, accessToken)).order;
}

/** Asks the Data API as the Worker would, with the variables that it was given. */
async function askDocuments({ env }: Place, action: string, body: object): Promise<unknown> {
  const variables = parseEnv(
    await readFile(join(env['SWIFTDROP_DATA'] ?? '', 'worker.env'), 'utf8'),
  );
  const response = await fetch(`${variables['DATA_API_URL']}/action/${action}`, {
    method: 'POST',
    headers: { apiKey: variables['DATA_API_KEY'] ?? '', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      dataSource: 'mongodb-atlas',
      database: 'swiftdrop',
      collection: 'reviews',
      ...body,
    }),
  });
  return response.json();
}

/** The newest mail to an address, once it is there. */
async function mailTo({ env }: Place, email: string): Promise<string> {
  const folder = join(env['SWIFTDROP_DATA'] ?? '', 'mail');
  const find = async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).toSorted();
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return mails.findLast((eml) => eml.includes(`To: ${email}\r\n`));
  };
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  return (await find()) ?? '';
}

/** Each test finds it open, and leaves it open: to start one takes longer than all that is asked of it. */
describe('a shop that npm run dev opened', () => {
  let place: Place;
  let dev: DevServer;

  beforeAll(async () => {
    place = await makePlace();
    dev = await startDev(place.env);
  });

  afterAll(async () => {
    await end(dev);
    await place?.remove();
  });

  async function restart(): Promise<void> {
    await dev.interrupt();
    dev = await startDev(place.env);
  }

  it('sells, ends without a trace, and finds its data again', async () => {
    expect((await fetch(dev.url)).headers.get('Content-Type')).toContain('text/html');
    const { status } = await buyOne(`${dev.url}/api/v1`, 'ada@example.com');
    expect(status).toBe('confirmed');
    await restart();
    const event = await liveEvent(`${dev.url}/api/v1`);
    expect(event.items[0]?.stock.sold).toBe(1);
  });

  it('keeps its mails as files, whose links do what they say', async () => {
    const api = `${dev.url}/api/v1`;
    const email = 'mail@example.com';
    const account = { email, password: 'correct horse', displayName: 'Ada' };
    const { accessToken, user } = await call<Session>(`${api}/auth/register`, account);
    expect(user.emailVerified).toBe(false);
    const [, token = ''] =
      /^https?:\/\/\S+\/verify\?token=(\S+)\r$/m.exec(await mailTo(place, email)) ?? [];
    await call(`${api}/auth/email/verify`, { token });
    const profile = await call<{ emailVerified: boolean }>(
      `${api}/profile`,
      undefined,
      accessToken,
    );
    expect(profile.emailVerified).toBe(true);
  });

  it('answers under the names of this machine alone, with its port', async () => {
    const { url } = dev;
    const { port } = new URL(url);
    const asHost = async (host: string, path: string) => {
      const asked = request(`${url}${path}`, { headers: { host } }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      expect(await asHost(`${name}:${port}`, '/api/v1/events')).toBe(200);
    }
    for (const host of [`evil.example:${port}`, 'evil.example', `localhost.evil:${port}`]) {
      for (const path of ['/', '/api/v1/events', '/events/x', '/cdn-cgi/local/scheduled']) {
        expect(await asHost(host, path), `${host}${path}`).toBe(403);
      }
    }
    expect(await asHost('localhost:1', '/api/v1/events')).toBe(403);
  });

  it('has a Data API whose documents outlive a restart', async () => {
    const inserted = await askDocuments(place, 'insertOne', { document: { _id: 'a' } });
    expect(inserted).toEqual({ insertedId: 'a' });
    await restart();
    expect(await askDocuments(place, 'find', { filter: { _id: 'a' } })).toEqual({
      documents: [{ _id: 'a' }],
    });
  });

  it('killed without warning leaves nothing running and loses no sale', async () => {
    const { stock } = (await liveEvent(`${dev.url}/api/v1`)).items[0] ?? {};
    await buyOne(`${dev.url}/api/v1`, 'grace@example.com');
    await dev.killOwner();

    dev = await startDev(place.env);
    await buyOne(`${dev.url}/api/v1`, 'linus@example.com');
    const { id } = await liveEvent(`${dev.url}/api/v1`);
    const integrity = await call<Integrity>(`${dev.url}/api/v1/events/${id}/integrity`);
    expect(integrity.ok).toBe(true);
    expect(integrity.items[0]?.recounted.sold).toBe((stock?.sold ?? Number.NaN) + 2);
  });

  it('shows reports with the pictures that link previews have of them', async () => {
    const api = `${dev.url}/api/v1`;
    const { accessToken } = await call<Session>(`${api}/auth/login`, SAMPLE_ADMIN);
    const { id } = await liveEvent(api);
    const asAdmin = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
    const change = (method: string, path: string, body: object) =>
      fetch(`${api}/admin/events/${id}/${path}`, {
        method,
        headers: asAdmin,
        body: JSON.stringify(body),
      });
    expect((await change('PUT', 'report', { reportPublic: true })).ok).toBe(true);
    expect((await change('POST', 'close', {})).ok).toBe(true);
    const typeOf = async () => {
      // The page may be two seconds old, and whoever wants a picture waits for the Worker that draws it.
      const html = await (await fetch(`${dev.url}/events/${id}/report`)).text();
      const [, picture = ''] = /property="og:image" content="([^"]+)"/.exec(html) ?? [];
      const answer = await fetch(picture).catch(() => undefined);
      await answer?.body?.cancel();
      return answer?.headers.get('Content-Type');
    };
    await expect.poll(typeOf, { timeout: 60_000 }).toBe('image/png');
  });

  it('makes another one say in one line that its port is in use', async () => {
    const other = { ...place.env, SWIFTDROP_DATA: `${place.env['SWIFTDROP_DATA']}-of-another` };
    const { code, output } = await runDevToItsEnd(other);
    expect(code).toBe(1);
    expect(output.trim()).toMatch(new RegExp(`^Port ${place.env['PORT']} is in use\\..*$`));
  });
});

describe('npm run dev', () => {
  it('sells from the Postgres in DATABASE_URL, and leaves the embedded one alone', async () => {
    const server = await startRealPostgres();
    onTestFinished(() => server.stop());
    const { env, remove } = await makePlace();
    onTestFinished(remove);
    const dev = await startDev({ ...env, DATABASE_URL: server.connectionString });
    onTestFinished(() => end(dev));
    await buyOne(`${dev.url}/api/v1`, 'ada@example.com');
    const client = new pg.Client(server.connectionString);
    await client.connect();
    const { rows } = await client.query('SELECT status FROM orders');
    await client.end();
    expect(rows).toEqual([{ status: 'confirmed' }]);
    expect(existsSync(join(env['SWIFTDROP_DATA'] ?? '', 'postgres'))).toBe(false);
  });

  it('explains a data folder that it cannot use in one line', async () => {
    const { env, remove } = await makePlace();
    onTestFinished(remove);
    await writeFile(env['SWIFTDROP_DATA'] ?? '', 'not a folder');
    const { code, output } = await runDevToItsEnd(env);
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^The data folder .* cannot be used: .*$/);
  });
});
