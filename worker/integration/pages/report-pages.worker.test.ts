/** The page of a report as it arrives, by the real components over the real database. */
import { describe, expect, it } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import { dataOf, elementsOf, pagesWith } from '../../testing/pages.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { call, makeEvent, makeShopper } from '../../testing/shop.ts';

const HOSTILE = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> $&`;

async function closedSale(title: string): Promise<EventId> {
  const { eventId, eventItemId } = await makeEvent({ title, stock: 2, reportPublic: true });
  const buyer = await makeShopper();
  await settle(buyer, await hold(buyer, eventItemId), 'confirm');
  const { token } = await makeShopper('admin');
  await call('POST', `/admin/events/${eventId}/close`, { token });
  return eventId;
}

async function contentsOf(html: string, name: string): Promise<(string | undefined)[]> {
  const found = await elementsOf(html, `meta[property="${name}"]`);
  return found.map(({ attributes }) => attributes['content']);
}

describe('the page of a report', () => {
  it('can be read without a script, in both languages', async () => {
    const id = await closedSale('Night drop');
    const answer = await pagesWith()(`/events/${id}/report`);
    expect(answer.status).toBe(200);
    const english = await answer.text();
    expect(english).toMatch(/<h1[^>]*>Report: Night drop<\/h1>/);
    expect(english).toContain('1 of 2 units sold.');
    const bars = await elementsOf(english, 'svg[role=img]');
    expect(bars.map(({ attributes }) => attributes['aria-label'])).toEqual([
      'Of all units: Sold at once 1, Never taken 1.',
    ]);
    expect((await elementsOf(english, 'link[href="/report.css"]')).length).toBe(1);
    const german = await pagesWith()(`/events/${id}/report`, {
      headers: { 'Accept-Language': 'de' },
    });
    expect(await german.text()).toContain('1 von 2 Stücken verkauft.');
  });

  it('tells previews what it is about, with a picture of the other Worker', async () => {
    const id = await closedSale('Night drop');
    const site = { previewsUrl: 'https://previews.example' };
    const html = await (await pagesWith({ site })(`/events/${id}/report`)).text();
    expect(await contentsOf(html, 'og:title')).toEqual(['Report: Night drop']);
    expect(await contentsOf(html, 'og:description')).toEqual(['1 of 2 units sold.']);
    expect(await contentsOf(html, 'og:url')).toEqual([`https://shop.example/events/${id}/report`]);
    expect(await contentsOf(html, 'og:image')).toEqual([
      `https://previews.example/reports/${id}/en.png`,
    ]);
    const without = await (await pagesWith()(`/events/${id}/report`)).text();
    expect(await contentsOf(without, 'og:image')).toEqual(['https://shop.example/og.png']);
  });

  it('takes nothing in a title for markup', async () => {
    const id = await closedSale(HOSTILE.slice(0, 120));
    const html = await (await pagesWith()(`/events/${id}/report`)).text();
    expect((await elementsOf(html, 'img[src=x]')).length).toBe(0);
    const scripts = await elementsOf(html, 'script:not([src]):not([type="application/json"])');
    expect(scripts).toEqual([]);
    expect(await dataOf(html)).toMatchObject({ kind: 'report' });
  });

  it('is not there while the sale is on, nor of no sale', async () => {
    const { eventId } = await makeEvent({ reportPublic: true });
    for (const id of [eventId, 'evt_000000000000', 'nothing']) {
      const answer = await pagesWith()(`/events/${id}/report`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('noindex');
    }
    const slashed = await pagesWith()(`/events/${eventId}/report/`, { redirect: 'manual' });
    expect(slashed.headers.get('Location')).toBe(`/events/${eventId}/report`);
  });
});
