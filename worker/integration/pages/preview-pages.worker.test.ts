/** Links to drafts: what they show, to whom, and for how long. */
import { beforeAll, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { PreviewLink } from '../../contract/event-lifecycle.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { elementsOf, pagesWith } from '../../testing/pages.ts';
import { reserve } from '../../testing/purchases.ts';
import { call, makeItem, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function drafted(title: string, plan: object = {}): Promise<AdminEvent> {
  const items = [{ itemId: await makeItem(), priceCents: 500, stock: 3, limitPerCustomer: 2 }];
  const times = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
  const body = { title, currency: 'EUR', published: false, ...times, ...plan, items };
  return (await admin.call('POST', '/events', body)).json();
}

async function linkTo(id: string): Promise<PreviewLink & { path: string }> {
  const answer = await admin.call('POST', `/events/${id}/preview`);
  expect(answer.status).toBe(200);
  const link = await answer.json<PreviewLink>();
  return { ...link, path: new URL(link.url).pathname };
}

async function look(path: string, at: { nowMs?: () => number; language?: string } = {}) {
  const get = pagesWith(at.nowMs && { platform: { nowMs: at.nowMs } });
  const headers = { 'Accept-Language': at.language ?? 'en' };
  const answer = await get(path, { headers, redirect: 'manual' });
  return { answer, html: await answer.text() };
}

it('a draft is shown to whoever has its link, marked as what it is and kept by nobody', async () => {
  const { id, items } = await drafted('Secret lamps');
  const { path, expiresAt } = await linkTo(id);
  const { answer, html } = await look(path);
  expect(answer.status).toBe(200);
  expect(html).toContain('Secret lamps');
  expect(html).toContain(items[0]?.name);
  expect(html).toContain('Preview: nobody else sees this');
  expect(html).toContain('It works until');
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(answer.headers.get('X-Robots-Tag')).toBe('noindex');
  expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 6 * DAY_MS);
  expect((await look(path, { language: 'de' })).html).toContain('Vorschau: Niemand sonst');
});

it('tells the time by the clocks of the event, as it has no script that knows those of its reader', async () => {
  const { id } = await drafted('Lamps at noon', {
    startsAt: '2031-06-01T12:00',
    endsAt: '2031-06-01T13:00',
    timeZone: 'Asia/Tokyo',
  });
  const { path } = await linkTo(id);
  const { html } = await look(path);
  expect(html).toMatch(/Jun 1, 12:00\sPM GMT\+9/);
});

it('the page of a draft stands still, and leads to its own items alone', async () => {
  const { id, items } = await drafted('Still lamps');
  const { path } = await linkTo(id);
  const { html } = await look(path);
  expect(await elementsOf(html, 'script')).toEqual([]);
  const buttons = await elementsOf(html, 'button');
  expect(buttons.filter(({ attributes }) => !('disabled' in attributes))).toEqual([]);
  const hrefs = (await elementsOf(html, 'a')).map(({ attributes }) => attributes['href']);
  const item = `${path}/items/${items[0]?.id}`;
  expect(hrefs).toContain(item);
  expect(hrefs.filter((href) => href?.includes(`/events/${id}`))).toEqual([]);
  const shown = await look(item);
  expect(shown.answer.status).toBe(200);
  expect(shown.html).toContain('Preview: nobody else sees this');
  expect((await look(`${path}/items/evi_0123456789ab0`)).answer.status).toBe(404);
});

it('the link ends when its time is over, and says so', async () => {
  const { id } = await drafted('Fleeting lamps');
  const { path, expiresAt } = await linkTo(id);
  const endsAtMs = Date.parse(expiresAt);
  expect((await look(path, { nowMs: () => endsAtMs - 1 })).answer.status).toBe(200);
  const { answer, html } = await look(path, { nowMs: () => endsAtMs });
  expect(answer.status).toBe(410);
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(html).toContain('This preview does not work any more');
  expect(html).not.toContain('Fleeting lamps');
});

it('the link ends with its event', async () => {
  const { id } = await drafted('Deleted lamps');
  const { path } = await linkTo(id);
  await admin.call('DELETE', `/events/${id}`);
  const { answer, html } = await look(path);
  expect(answer.status).toBe(410);
  expect(html).toContain('This preview does not work any more');
});

it('a link that was tampered with, or made for another draft, shows nothing', async () => {
  const [one, other] = await Promise.all([drafted('One lamp'), drafted('Other lamp')]);
  const { path } = await linkTo(one.id);
  const forged = path.replace(one.id.slice(4), other.id.slice(4));
  for (const wrong of [forged, `${path}x`, path.slice(0, -1), '/preview/none']) {
    const { answer, html } = await look(wrong);
    expect(answer.status, wrong).toBe(404);
    expect(html).not.toContain('lamp');
  }
});

it('the link leads to the page of the event once that is published', async () => {
  const { id } = await drafted('Open lamps');
  const { path } = await linkTo(id);
  await admin.call('POST', `/events/${id}/publish`);
  const { answer } = await look(path);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('Location')).toBe(`/events/${id}`);
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
});

it('what has a preview is still no event for anybody else, and cannot be bought', async () => {
  const { id, items } = await drafted('Hidden lamps');
  const { path } = await linkTo(id);
  expect((await look(path)).answer.status).toBe(200);
  expect((await call('GET', `/events/${id}`)).status).toBe(404);
  const refused = await reserve(await makeShopper(), items[0]?.id ?? '');
  expect(refused.status).toBe(404);
});

it('there is no link to what is no event', async () => {
  const answer = await admin.call('POST', '/events/evt_000000000000/preview');
  expect(answer.status).toBe(404);
});
