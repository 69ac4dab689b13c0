/** What everybody is shown of an event that was cancelled: its page, the list, previews, search engines, calendars. */
import { expect, it } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import { createReadCache } from '../../stores/cache/read-cache.ts';
import { cancelEvent } from '../../stores/postgres/event-cancellation.ts';
import { closeEvent } from '../../stores/postgres/event-controls.ts';
import { appWith } from '../../testing/apps.ts';
import { elementsOf, pagesWith } from '../../testing/pages.ts';
import { deps, makeEvent, makeShopper } from '../../testing/shop.ts';

async function makeCancelled(title: string): Promise<EventId> {
  const { eventId } = await makeEvent({ title, description: 'Two hundred lamps.' });
  const { user } = await makeShopper('admin');
  const act = { actor: user.id, nowMs: Date.now(), condition: undefined };
  await closeEvent(deps.stores.db, eventId, act);
  await cancelEvent(deps.stores.db, eventId, { ...act, reason: 'The hall was flooded' });
  return eventId;
}

async function pageOf(path: string, language = 'en'): Promise<string> {
  return (await pagesWith()(path, { headers: { 'Accept-Language': language } })).text();
}

it('the page says so, to previews too, in both languages, and not why', async () => {
  const eventId = await makeCancelled('Night of lamps');
  for (const [language, word] of [
    ['en', 'Called off'],
    ['de', 'Abgesagt'],
  ] as const) {
    const html = await pageOf(`/events/${eventId}`, language);
    const [when] = await elementsOf(html, '.facts-when');
    expect(when?.text).toContain(word);
    const [preview] = await elementsOf(html, 'meta[property="og:description"]');
    expect(preview?.attributes['content']).toBe(`${word}. Two hundred lamps.`);
    expect(html).not.toContain('flooded');
  }
});

it('search engines read that the event is cancelled, and that nothing of it is sold', async () => {
  const eventId = await makeCancelled('Night of lamps');
  const html = await pageOf(`/events/${eventId}`);
  const [block] = await elementsOf(html, 'script[type="application/ld+json"]');
  expect(JSON.parse(block?.text ?? '')).toMatchObject({
    '@graph': [
      {
        '@type': 'SaleEvent',
        name: 'Night of lamps',
        eventStatus: 'https://schema.org/EventCancelled',
      },
      { '@type': 'Product', offers: { availability: 'https://schema.org/Discontinued' } },
    ],
  });
});

it('calendars take their entry away, also of a sale that was closed before', async () => {
  const eventId = await makeCancelled('Night of lamps');
  const readCache = createReadCache({ nowMs: deps.platform.nowMs, shares: true });
  const file = await (
    await appWith({ stores: { readCache } })(`/events/${eventId}/calendar.ics`)
  ).text();
  expect(file).toContain('METHOD:CANCEL');
  expect(file).toContain('STATUS:CANCELLED');
  expect(file).toContain('SEQUENCE:2');
});
