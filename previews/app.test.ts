import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPreviews, type PictureCache } from './app.ts';
import { PICTURE } from './picture.ts';
import { decodePng } from './testing/decoded-png.ts';
import { sampleReport } from './testing/sample-report.ts';

const EVENT = 'evt_000000000000';
/** Only where it passes in any case: a busy machine may take longer to answer. */
const IMPATIENT_MS = 200;
const PATH = `/reports/${EVENT}/en.png`;

let asked: string[];
let logged: string[];
let nowMs: number;

beforeEach(() => {
  asked = [];
  logged = [];
  nowMs = 1_000_000;
});

/** As the platform's: a text for a key, and nothing that is not fresh by itself. */
function openCache(): PictureCache & { keys: string[] } {
  const kept = new Map<string, Response>();
  return {
    get keys() {
      return [...kept.keys()];
    },
    async match(key) {
      return kept.get(key)?.clone();
    },
    async put(key, response) {
      kept.set(key, response);
    },
  };
}

async function openShop(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Given {
  cache?: PictureCache;
  answerMsMax?: number;
}

async function openPreviews(
  answer: RequestListener,
  { cache = openCache(), ...given }: Given = {},
) {
  const handle = createPreviews({
    shopUrl: await openShop(answer),
    fetch,
    ...given,
    cache,
    nowMs: () => nowMs,
    log: (message, error) => logged.push(`${message}: ${String(error)}`),
  });
  return async (path: string, init?: RequestInit) => {
    const later: Promise<unknown>[] = [];
    const response = await handle(new Request(`https://previews.example${path}`, init), (work) =>
      later.push(work),
    );
    await Promise.all(later);
    return response;
  };
}

const withReport: RequestListener = (_request, response) =>
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(sampleReport()));
const withText =
  (text: string): RequestListener =>
  (_request, response) =>
    response.end(text);
const withStatus =
  (status: number): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { Location: 'https://elsewhere.example/' }).end('{}');

describe('the picture of a report', () => {
  it('is drawn from what the shop tells everybody, in both languages', async () => {
    const get = await openPreviews(withReport);
    const english = await get(PATH);
    expect(english.status).toBe(200);
    expect(english.headers.get('Content-Type')).toBe('image/png');
    expect(english.headers.get('Cache-Control')).toBe('public, max-age=300');
    expect(decodePng(new Uint8Array(await english.arrayBuffer()))).toMatchObject(PICTURE);
    const german = await get(`/reports/${EVENT}/de.png`);
    expect(german.status).toBe(200);
    expect(asked).toEqual(Array(2).fill(`GET /api/v1/events/${EVENT}/report`));
  });

  it('is drawn once in five minutes, whatever the query', async () => {
    const get = await openPreviews(withReport);
    const first = await (await get(PATH)).arrayBuffer();
    nowMs += 299_000;
    expect(await (await get(`${PATH}?another=copy`)).arrayBuffer()).toEqual(first);
    expect(asked.length).toBe(1);
  });

  it('is taken from the platform’s cache by another isolate, and kept there without a query', async () => {
    const cache = openCache();
    await (await openPreviews(withReport, { cache }))(`${PATH}?copy=1`);
    expect(cache.keys).toEqual([`https://previews.example${PATH}`]);
    const again = await (await openPreviews(withStatus(500), { cache }))(PATH);
    expect(again.status).toBe(200);
    expect(asked.length).toBe(1);
  });

  it('is drawn again when the isolate’s copy is old', async () => {
    const nothing = { match: async () => undefined, put: async () => {} };
    const get = await openPreviews(withReport, { cache: nothing });
    await get(PATH);
    nowMs += 300_000;
    await get(PATH);
    expect(asked.length).toBe(2);
  });
});

describe('where there is no picture', () => {
  it('says so for a minute, and repeats nothing of the request', async () => {
    const get = await openPreviews(withStatus(404));
    const answer = await get(`${PATH}?<script>`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('Cache-Control')).toBe('public, max-age=60');
    expect(await answer.text()).toBe('There is no such picture.');
    await get(PATH);
    expect(asked.length).toBe(1);
  });

  it.each([
    '/',
    '/reports',
    `/reports/${EVENT}`,
    `/reports/${EVENT}/fr.png`,
    `/reports/${EVENT}/en.svg`,
    `/reports/${EVENT}/en.png/`,
    '/reports/evt_0/en.png',
    '/reports/..%2fadmin/en.png',
    `/reports/${EVENT}%0d%0aX:1/en.png`,
  ])('does not ask the shop for %s', async (path) => {
    const get = await openPreviews(withReport);
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('There is no such picture.');
    expect(asked).toEqual([]);
  });

  it('takes no other method', async () => {
    const get = await openPreviews(withReport);
    const answer = await get(PATH, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toBe('GET, HEAD');
  });
});

describe('where the shop does not tell', () => {
  const cases: { what: string; answer: RequestListener; reason: RegExp; answerMsMax?: number }[] = [
    { what: 'has a fault', answer: withStatus(500), reason: /answered 500/ },
    { what: 'has been asked too often', answer: withStatus(429), reason: /answered 429/ },
    { what: 'sends elsewhere', answer: withStatus(302), reason: /answered 302/ },
    { what: 'never answers', answer: () => {}, reason: /timeout/i, answerMsMax: IMPATIENT_MS },
    {
      what: 'stops in the middle',
      answer: (_request, response) => void response.write('{"title":'),
      reason: /timeout/i,
      answerMsMax: IMPATIENT_MS,
    },
    { what: 'says what is no report', answer: withText('{"title":1}'), reason: /Zod|expected/ },
    { what: 'says what is no JSON', answer: withText('<html>'), reason: /SyntaxError/ },
    { what: 'says too much', answer: withText(`"${'x'.repeat(2_100_000)}"`), reason: /more than/ },
  ];

  it.each(cases)('because it $what, answers 503 and keeps nothing', async (one) => {
    const { answer, reason, answerMsMax } = one;
    const cache = openCache();
    const get = await openPreviews(answer, { cache, ...(answerMsMax && { answerMsMax }) });
    const response = await get(PATH);
    expect(response.status).toBe(503);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Retry-After')).toBe('60');
    expect(await response.text()).toBe('Not now.');
    expect(logged).toEqual([expect.stringMatching(reason)]);
    expect(cache.keys).toEqual([]);
  });
});
