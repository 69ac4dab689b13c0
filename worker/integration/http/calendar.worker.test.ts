/** A sale as an entry of a calendar, over HTTP. */

import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { Item } from '../../contract/catalogue.ts';
import type { EventId } from '../../contract/ids.ts';
import { createReadCache } from '../../stores/cache/read-cache.ts';
import { appWith } from '../../testing/apps.ts';
import { forgetFace, makeFace } from '../../testing/face.ts';
import { hold } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

/** Asked of an isolate that has kept nothing, so that a change is seen at once. */
async function fileOf(eventId: EventId, headers: Record<string, string> = {}) {
  const readCache = createReadCache({ nowMs: deps.platform.nowMs, shares: true });
  const answer = await appWith({ stores: { readCache } })(`/events/${eventId}/calendar.ics`, {
    headers,
  });
  const text = await answer.text();
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const valueOf = (name: string) =>
    lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
  return { answer, text, lines, valueOf };
}

async function change(method: string, path: string, body?: unknown): Promise<AdminEvent> {
  const answer = await call(method, `/admin${path}`, { token: admin.token, body });
  expect(answer.status).toBe(200);
  return answer.json<AdminEvent>();
}

function inputOf({ title, description, currency, planned, holdSeconds, items }: AdminEvent) {
  const { startsAt, endsAt } = planned;
  const fields = { title, description, currency, startsAt, endsAt, holdSeconds };
  return {
    ...fields,
    items: items.map(({ itemId, priceCents, stock }) => ({
      itemId,
      priceCents,
      stock: stock.total,
    })),
  };
}

it('is a file for calendars with the sale’s own times and address', async () => {
  const startsAt = '2030-06-01T12:00:00.000Z';
  const endsAt = '2030-06-01T13:30:00.000Z';
  const { eventId } = await makeEvent({ title: 'Lamps; all, of them', startsAt, endsAt });
  const answer = await call('GET', `/events/${eventId}/calendar.ics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
  expect(answer.headers.get('Content-Disposition')).toBe(`inline; filename="${eventId}.ics"`);
  const lines = (await answer.text()).split('\r\n');
  expect(lines).toContain('SUMMARY:Lamps\\; all\\, of them');
  expect(lines).toContain('DTSTART:20300601T120000Z');
  expect(lines).toContain('DTEND:20300601T133000Z');
  expect(lines).toContain(`URL:https://shop.example/events/${eventId}`);
});

it('is by the shop in the name that its admins gave it', async () => {
  const { eventId } = await makeEvent();
  const organizer = async () => {
    const { lines } = await fileOf(eventId);
    return lines.find((line) => line.startsWith('ORGANIZER'))?.match(/CN="([^"]*)"/)?.[1];
  };
  expect(await organizer()).toBe(deps.site.organizer.name);
  await makeFace({ name: 'The "Lamp" Room' });
  expect(await organizer()).toBe('The Lamp Room');
  await forgetFace();
});

it('is not there for an event that nobody may see', async () => {
  const { eventId } = await makeEvent({ published: false });
  expect((await call('GET', `/events/${eventId}/calendar.ics`)).status).toBe(404);
});

describe('an event that changes', () => {
  it('moves in calendars: the same entry, with a greater number and its new times', async () => {
    const { eventId } = await makeEvent({ startsAt: at(HOUR_MS), endsAt: at(2 * HOUR_MS) });
    const first = await fileOf(eventId);
    expect(first.valueOf('SEQUENCE')).toBe('0');
    const read = await call('GET', `/admin/events/${eventId}`, { token: admin.token });
    const input = inputOf(await read.json<AdminEvent>());

    const startsAt = '2027-03-01T10:00:00.000Z';
    const endsAt = '2027-03-01T11:00:00.000Z';
    await change('PUT', `/events/${eventId}`, { ...input, startsAt, endsAt });
    const moved = await fileOf(eventId);
    expect(moved.valueOf('UID')).toBe(first.valueOf('UID'));
    expect(moved.valueOf('SEQUENCE')).toBe('1');
    expect(moved.valueOf('DTSTART')).toBe('20270301T100000Z');
    expect(moved.valueOf('DTEND')).toBe('20270301T110000Z');
    expect(moved.valueOf('STATUS')).toBe('CONFIRMED');
    const [before, after] = [first, moved].map(({ valueOf }) => valueOf('LAST-MODIFIED') ?? '');
    expect(after?.localeCompare(before ?? '')).toBeGreaterThanOrEqual(0);
    expect(moved.answer.headers.get('ETag')).not.toBe(first.answer.headers.get('ETag'));

    // Neither a price and a stock nor saving it unchanged is anything that a calendar shows.
    const items = input.items.map((item) => ({ ...item, priceCents: 1, stock: 99 }));
    await change('PUT', `/events/${eventId}`, { ...input, startsAt, endsAt, items });
    await change('PUT', `/events/${eventId}`, { ...input, startsAt, endsAt, items });
    expect((await fileOf(eventId)).text).toBe(moved.text);
  });

  it('names what is sold as it is called now, with its variants', async () => {
    const variants = [{ label: '41' }, { label: '42' }];
    const body = { name: 'Shoe', variants };
    const made = await call('POST', '/admin/items', { token: admin.token, body });
    const shoe = await made.json<Item>();
    const { eventId } = await makeEvent({ startsAt: at(HOUR_MS), endsAt: at(2 * HOUR_MS) });
    const read = await call('GET', `/admin/events/${eventId}`, { token: admin.token });
    const input = inputOf(await read.json<AdminEvent>());
    const sold = shoe.variants.map(({ id }) => ({ variantId: id, stock: 1 }));
    const line = { itemId: shoe.id, priceCents: 100, variants: sold };
    await change('PUT', `/events/${eventId}`, { ...input, items: [...input.items, line] });
    const joined = await fileOf(eventId);
    expect(joined.valueOf('SEQUENCE')).toBe('1');
    expect(joined.valueOf('DESCRIPTION')).toContain('Lamp\\nShoe: 41\\, 42');
    const renamed = [{ ...shoe.variants[0], label: 'EU 41' }, shoe.variants[1]];
    await change('PUT', `/items/${shoe.id}`, { name: 'Shoe', variants: renamed });
    const { valueOf } = await fileOf(eventId);
    expect(valueOf('DESCRIPTION')).toContain('Shoe: EU 41\\, 42');
    const [before, after] = [joined.valueOf('DTSTAMP'), valueOf('DTSTAMP')];
    expect(after?.localeCompare(before ?? '')).toBeGreaterThanOrEqual(0);
  });

  it('ends early where it is closed while it is on, and purchases change nothing', async () => {
    const { eventId, eventItemId } = await makeEvent();
    await hold(await makeShopper(), eventItemId);
    expect((await fileOf(eventId)).valueOf('SEQUENCE')).toBe('0');
    const { closedAt } = await change('POST', `/events/${eventId}/close`);
    const { valueOf } = await fileOf(eventId);
    expect(valueOf('SEQUENCE')).toBe('1');
    expect(valueOf('STATUS')).toBe('CONFIRMED');
    expect(valueOf('DTEND')).toBe(closedAt?.replaceAll(/[-:]|\.\d{3}/g, ''));
  });

  it('is cancelled where it is closed before it opens, and back once it is opened', async () => {
    const startsAt = '2027-03-01T10:00:00.000Z';
    const endsAt = '2027-03-01T11:00:00.000Z';
    const { eventId } = await makeEvent({ startsAt, endsAt });
    await change('POST', `/events/${eventId}/close`);
    const cancelled = await fileOf(eventId);
    expect(cancelled.lines).toContain('METHOD:CANCEL');
    expect(cancelled.lines).toContain('STATUS:CANCELLED');
    expect(cancelled.lines).toContain('DTSTART:20270301T100000Z');
    expect(cancelled.lines).toContain('DTEND:20270301T110000Z');
    await change('POST', `/events/${eventId}/open`);
    const opened = await fileOf(eventId);
    expect(opened.valueOf('SEQUENCE')).toBe('2');
    expect(opened.lines).toContain('METHOD:PUBLISH');
    expect(opened.lines).toContain('STATUS:CONFIRMED');
  });

  it('is asked about again by its tag or its date', async () => {
    const { eventId } = await makeEvent({ startsAt: at(HOUR_MS) });
    const { answer, valueOf } = await fileOf(eventId);
    const [tag, date] = [answer.headers.get('ETag'), answer.headers.get('Last-Modified')];
    if (tag === null || date === null) throw new Error('it has neither tag nor date');
    expect(new Date(date).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')).toBe(
      valueOf('LAST-MODIFIED'),
    );
    const statusOf = async (headers: Record<string, string>) =>
      (await fileOf(eventId, headers)).answer.status;
    expect(await statusOf({ 'If-None-Match': tag })).toBe(304);
    expect(await statusOf({ 'If-Modified-Since': date })).toBe(304);
    const earlier = new Date(Date.parse(date) - 1_000).toUTCString();
    expect(await statusOf({ 'If-Modified-Since': earlier })).toBe(200);
    expect(await statusOf({ 'If-Modified-Since': date, 'If-None-Match': '"other"' })).toBe(200);
    const unchanged = await fileOf(eventId, { 'If-Modified-Since': date });
    expect(unchanged.text).toBe('');
    expect(unchanged.answer.headers.get('ETag')).toBe(tag);
  });

  it('names who holds it, as configuration says', async () => {
    const { eventId } = await makeEvent();
    const { lines } = await fileOf(eventId);
    expect(lines).toContain('ORGANIZER;CN="SwiftDrop":mailto:noreply@swiftdrop.invalid');
  });
});
