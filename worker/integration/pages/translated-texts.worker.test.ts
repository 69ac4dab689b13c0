/** Texts of products in several languages: what admins write of them, and what a reader of each language is shown. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { Item } from '../../contract/catalogue.ts';
import type { EventList } from '../../contract/events.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { elementsOf, pagesWith } from '../../testing/pages.ts';
import { call } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const SPOKEN = ['en', 'de'] as const;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function itemNamed(name: string, translations: Item['translations']): Promise<Item> {
  const answer = await admin.call('POST', '/items', { name, description: 'Warm.', translations });
  expect(answer.status).toBe(201);
  return answer.json();
}

async function translatedSale(word: string = crypto.randomUUID().slice(0, 8)) {
  const item = await itemNamed(`Lamp ${word}`, { de: { name: `Leuchte ${word}` } });
  const items = [{ itemId: item.id, priceCents: 500, stock: 3, limitPerCustomer: 2 }];
  const times = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
  const translations = { de: { title: `Abend ${word}` } };
  const body = { title: `Evening ${word}`, description: 'Bright.', translations, ...times, items };
  const answer = await admin.call('POST', '/events', { currency: 'EUR', ...body });
  expect(answer.status).toBe(201);
  return { word, item, event: await answer.json<AdminEvent>() };
}

async function shownOn(path: string, selector: string) {
  const pages = SPOKEN.map(async (language) => {
    const answer = await pagesWith()(path, { headers: { 'Accept-Language': language } });
    const found = await elementsOf(await answer.text(), selector);
    return found.map(({ text, attributes }) => (attributes['content'] ?? text).trim());
  });
  const [en, de] = await Promise.all(pages);
  return { en, de };
}

describe('a reader', () => {
  it('is shown the title of their language in the list, else the main one', async () => {
    const { word } = await translatedSale();
    const titles = await shownOn(`/?q=${word}`, '.event-card-title a');
    expect(titles).toEqual({ en: [`Evening ${word}`], de: [`Abend ${word}`] });
    // A text of its own in no other language.
    const texts = await shownOn(`/?q=${word}`, '.event-card-description');
    expect(texts).toEqual({ en: ['Bright.'], de: ['Bright.'] });
  });

  it('is shown both names on the page of a sale, in its title and in previews', async () => {
    const { event, word } = await translatedSale();
    const path = `/events/${event.id}`;
    expect(await shownOn(path, 'h1')).toEqual({ en: [`Evening ${word}`], de: [`Abend ${word}`] });
    expect(await shownOn(path, '.item-name a')).toEqual({
      en: [`Lamp ${word}`],
      de: [`Leuchte ${word}`],
    });
    const title = { en: [`Evening ${word}`], de: [`Abend ${word}`] };
    expect(await shownOn(path, 'meta[property="og:title"]')).toEqual(title);
    expect(await shownOn(path, 'title')).toEqual({
      en: [`Evening ${word} · SwiftDrop`],
      de: [`Abend ${word} · SwiftDrop`],
    });
  });

  it('is shown the name of an item on its own page', async () => {
    const { event, word } = await translatedSale();
    const path = `/events/${event.id}/items/${event.items[0]?.id}`;
    expect(await shownOn(path, 'h1')).toEqual({ en: [`Lamp ${word}`], de: [`Leuchte ${word}`] });
  });

  it('notes the sale in a calendar in the language that the address asks for', async () => {
    const { event, word } = await translatedSale();
    const noted = async (query: string) =>
      (await call('GET', `/events/${event.id}/calendar.ics${query}`)).text();
    expect(await noted('?language=de')).toContain(`SUMMARY:Abend ${word}`);
    expect(await noted('?language=de')).toContain(`Leuchte ${word}`);
    expect(await noted('?language=en')).toContain(`SUMMARY:Evening ${word}`);
    expect(await noted('')).toContain(`SUMMARY:Evening ${word}`);
  });

  it.each(['Evening', 'Abend', 'Lamp', 'Leuchte'])(
    'finds the sale by %s, whatever they speak',
    async (term) => {
      const { event, word } = await translatedSale();
      const answer = await call('GET', `/events?q=${encodeURIComponent(`${term} ${word}`)}`);
      const { events } = await answer.json<EventList>();
      expect(events.map(({ id }) => id)).toEqual([event.id]);
      expect(events[0]?.translations).toEqual({ de: { title: `Abend ${word}` } });
    },
  );
});

describe('an admin', () => {
  it('writes translations by the rules of the main texts, and empty ones are none', async () => {
    const item = await itemNamed('Lamp', { de: { name: ' Leuchte ', description: '' }, en: {} });
    expect(item.translations).toEqual({ de: { name: 'Leuchte' } });
    const answer = await admin.call('POST', '/items', {
      name: 'Lamp',
      translations: { de: { name: 'x\ny', description: 'x'.repeat(2_001) }, fr: { name: 'Lampe' } },
    });
    expect(answer.status).toBe(400);
    const { errors } = await answer.json<{ errors: { path: string }[] }>();
    const paths = errors.map(({ path }) => path).toSorted();
    expect(paths).toEqual(['translations', 'translations.de.description', 'translations.de.name']);
  });

  it('keeps those of an item that a change leaves out, and reads in the log what changed', async () => {
    const { id } = await itemNamed('Lamp', { de: { name: 'Leuchte' } });
    const renamed = await admin.call('PUT', `/items/${id}`, { name: 'Desk lamp' });
    expect(await renamed.json()).toMatchObject({ translations: { de: { name: 'Leuchte' } } });
    const emptied = await admin.call('PUT', `/items/${id}`, {
      name: 'Desk lamp',
      translations: {},
    });
    expect(await emptied.json()).toMatchObject({ translations: {} });
    const [last, before] = await admin.auditOf(id);
    expect(last).toMatchObject({ before: { translations: { de: { name: 'Leuchte' } } } });
    expect(before?.before).not.toHaveProperty('translations');
  });

  it('corrects those of a sale at any time, which its calendar and the log tell', async () => {
    const { event, word } = await translatedSale();
    const translations = { de: { title: `Nacht ${word}`, description: 'Hell.' } };
    const path = `/events/${event.id}/texts`;
    const answer = await admin.call('PATCH', path, { translations });
    expect(await answer.json()).toMatchObject({ title: `Evening ${word}`, translations });
    const [entry] = await admin.auditOf(event.id);
    expect(entry).toMatchObject({
      action: 'event.texts',
      before: { translations: { de: { title: `Abend ${word}` } } },
      after: { translations },
    });
    const file = await (await call('GET', `/events/${event.id}/calendar.ics`)).text();
    expect(file).toContain('SEQUENCE:1');
  });

  it('has them in a copy of the sale, and keeps them where a plan leaves them out', async () => {
    const { event, item, word } = await translatedSale();
    const copy = await admin.call('POST', `/events/${event.id}/duplicate`);
    const { id, ...copied } = await copy.json<AdminEvent>();
    expect(copied.translations).toEqual({ de: { title: `Abend ${word}` } });
    const items = [{ itemId: item.id, priceCents: 700, stock: 3 }];
    const times = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
    const body = { title: 'Night', currency: 'EUR', ...times, items };
    const replaced = await admin.call('PUT', `/events/${id}`, body);
    expect(await replaced.json()).toMatchObject({ translations: copied.translations });
    const emptied = await admin.call('PUT', `/events/${id}`, { ...body, translations: {} });
    expect(await emptied.json()).toMatchObject({ translations: {} });
  });
});
