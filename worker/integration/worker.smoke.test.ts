import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../local/database.ts';
import {
  type BuiltWorker,
  buildWorker,
  type RunningWorker,
} from '../../local/testing/built-worker.ts';
import { openMigratedPglite } from '../../local/testing/migrated-database.ts';

let built: BuiltWorker;
beforeAll(async () => {
  built = await buildWorker();
});
afterAll(() => built?.remove());

interface Opened {
  server: RunningWorker;
  database: Database;
  close(): Promise<void>;
}

/** The bundle as `wrangler deploy` makes it, with its assets, in the real runtime. */
async function open(vars: Record<string, string> = {}): Promise<Opened> {
  const database = await openMigratedPglite();
  const { databaseUrl, databaseEndpoint } = database;
  const server = await built.start({
    DATABASE_URL: databaseUrl,
    DATABASE_ENDPOINT: databaseEndpoint,
    JWT_SECRET: 's'.repeat(32),
    ...vars,
  });
  const close = async () => {
    await server.close();
    await database.close();
  };
  return { server, database, close };
}

describe('the deployed bundle', () => {
  let shop: Opened;

  beforeAll(async () => {
    shop = await open();
  });

  afterAll(() => shop?.close());

  it('serves the page at every address of the shop, and JSON below /api', async () => {
    const { server } = shop;
    for (const path of ['/', '/events/evt_000000000000', '/orders']) {
      const page = await server.fetch(path);
      expect(page.headers.get('Content-Type')).toContain('text/html');
    }
    const missing = await server.fetch('/api/v1/nothing');
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ code: 'not_found' });
    expect((await server.fetch('/api/v1/health')).status).toBe(200);
  });

  it('reads nothing of a body that came with a GET, and answers as if there were none', async () => {
    for (const path of ['/', '/api/v1/events', '/api/v1/health']) {
      for (const method of ['GET', 'HEAD']) {
        expect(await statusWithBody(shop.server.url, method, path), `${method} ${path}`).toBe(200);
      }
    }
  });

  it('dresses its pages so that they run, load and frame nothing of others', async () => {
    const { server } = shop;
    const page = await (await server.fetch('/')).text();
    // Data in a block of its own is no script: nothing runs it.
    const markup = page.replaceAll(/<script type="application\/json".*?<\/script>/gs, '');
    expect(markup).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
    for (const path of ['/', '/orders', '/api-docs.css', '/favicon.svg', script]) {
      const { status, headers } = await server.fetch(path);
      expect(status, path).toBe(200);
      expect(headers.get('Content-Security-Policy')).toMatch(
        /default-src 'none'; script-src 'self';/,
      );
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('Strict-Transport-Security')).toContain('max-age=31536000');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).not.toBeNull();
      expect(headers.get('Permissions-Policy')).toContain('camera=()');
      expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    }
    const docs = await server.fetch('/api/v1/docs');
    expect(docs.headers.get('Content-Type')).toContain('text/html');
    expect(docs.headers.get('Content-Security-Policy')).toContain("style-src 'self'");
    expect(await (await server.fetch('/api/v1/openapi.json')).json()).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./),
    });
  });

  it('fills the built page with what it shows, at the addresses that have something', async () => {
    const { server } = shop;
    const list = await (await server.fetch('/')).text();
    expect(list).toContain('<title>Drops · SwiftDrop</title>');
    expect(list).toContain('No drops are planned right now.');
    expect(list).toMatch(/<script type="module"[^>]* src="\/assets\/[^"]+\.js"/);
    const missing = await server.fetch('/events/evt_000000000000');
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain('Nothing here');
    const orders = await server.fetch('/orders');
    expect(await orders.text()).toContain('<div id="app"></div>');
    expect(orders.headers.get('X-Robots-Tag')).toBe('noindex');
  });

  it('answers what is no page with no page, to be kept by nobody', async () => {
    const { server } = shop;
    const gone = ['/assets/gone-abc123.js', '/assets/gone', '/images/gone.svg', '/gone.css'];
    for (const path of [...gone, '/events/gone.png', '/admin/gone.js', '/.well-known/gone']) {
      const answer = await server.fetch(path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('Cache-Control'), path).toBe('no-store');
      expect(answer.headers.get('Content-Type'), path).not.toContain('text/html');
    }
  });

  it('keeps what is there for as long as its name says', async () => {
    const { server } = shop;
    const page = await (await server.fetch('/')).text();
    const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
    const { headers } = await server.fetch(script);
    expect(headers.get('Cache-Control')).toContain('immutable');
    const icon = await server.fetch('/favicon.ico', { method: 'HEAD' });
    expect(icon.headers.get('Content-Type')).toMatch(/^image\/(x-icon|vnd\.microsoft\.icon)/);
    const preview = await server.fetch('/og.png');
    expect(preview.headers.get('Content-Type')).toBe('image/png');
    // Width and height, as PNG has them in its first chunk.
    const view = new DataView(await preview.arrayBuffer());
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([1_200, 630]);
  });

  it('can be installed: its manifest names pictures that are there', async () => {
    const { server } = shop;
    const page = await (await server.fetch('/orders')).text();
    const address = /rel="manifest" href="([^"]+)"/.exec(page)?.[1] ?? 'no manifest';
    const answer = await server.fetch(address);
    expect(answer.headers.get('Content-Type')).toContain('application/manifest+json');
    const { icons } = (await answer.json()) as { icons: { src: string; type: string }[] };
    const touch = { src: '/apple-touch-icon.png', type: 'image/png' };
    for (const { src, type } of [...icons, touch]) {
      expect((await server.fetch(src)).headers.get('Content-Type'), src).toContain(type);
    }
  });

  it('shares one read among many requests, also when the one that began it hangs up', async () => {
    // Its own, which has nothing to remember yet.
    const { server, close } = await open();
    onTestFinished(close);
    const hangUp = new AbortController();
    const first = server.fetch('/api/v1/events', { signal: hangUp.signal }).catch(() => 'gone');
    const others = Array.from({ length: 200 }, () => server.fetch('/api/v1/events'));
    hangUp.abort();
    await first;
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('names the variables that are wrong and does not half work', async () => {
    const { server, close } = await open({ SCRYPT_COST: 'much' });
    onTestFinished(close);
    const health = await server.fetch('/api/v1/health');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      code: 'unavailable',
      detail: 'Configuration: SCRYPT_COST is malformed.',
    });
    const events = await server.fetch('/api/v1/events');
    expect(events.status).toBe(503);
    expect(await events.text()).not.toContain('SCRYPT_COST');
    const page = await server.fetch('/');
    expect(page.headers.get('Content-Type')).toContain('text/html');
  });

  it('limits a flood of sign-ins from one address, and says when to come back', async () => {
    const { server, close } = await open({ SCRYPT_COST: '2:1:1' });
    onTestFinished(close);
    const headers = { 'Content-Type': 'application/json' };
    const signIn = (n: number) => {
      const body = JSON.stringify({ email: `nobody-${n}@example.com`, password: 'wrong' });
      return server.fetch('/api/v1/auth/login', { method: 'POST', headers, body });
    };
    let allowed = 0;
    let answer = await signIn(allowed);
    // Where a new period of the limit begins in their midst, it counts anew.
    for (; answer.status === 401 && allowed < 40; answer = await signIn(allowed)) allowed++;
    expect(allowed).toBeGreaterThanOrEqual(20);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Retry-After')).toBe('10');
  });

  it('answers unavailable, not an error, while the database is away', async () => {
    const { server, database, close } = await open();
    onTestFinished(close);
    await database.close();
    const page = await server.fetch('/');
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('<div id="app"></div>');
    for (const path of ['/api/v1/health', '/api/v1/events']) {
      const answer = await server.fetch(path);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('Retry-After')).toBe('1');
      expect(await answer.json()).toMatchObject({ code: 'unavailable' });
    }
  });
});

/** `fetch` sends no body with a GET; this client does, in chunks and without its size. */
function statusWithBody(origin: URL, method: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'Transfer-Encoding': 'chunked', 'Content-Type': 'application/json' };
    const call = request(new URL(path, origin), { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.on('error', reject);
    call.end('{"a":1}');
  });
}
