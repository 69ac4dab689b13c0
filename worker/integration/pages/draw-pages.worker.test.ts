/** The page of a draw as it arrives, by the real components over the real database. */
import { describe, expect, it } from 'vitest';
import { makeEventId } from '../../contract/ids.ts';
import { unpublishEvent } from '../../stores/postgres/event-controls.ts';
import { BUILT_PAGE, dataOf, elementsOf, pagesWith } from '../../testing/pages.ts';
import { keepDraw } from '../../testing/proven-draws.ts';
import { deps, makeEvent } from '../../testing/shop.ts';
import { makeDraw } from '../../testing/waiting.ts';

const GERMAN = { headers: { 'Accept-Language': 'de' } };
const HOSTILE = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)>`;

async function pageOf(eventId: string, init?: RequestInit) {
  const answer = await pagesWith()(`/events/${eventId}/draw`, init);
  return { status: answer.status, html: await answer.text() };
}

async function textOf(html: string, selector: string): Promise<string[]> {
  return (await elementsOf(html, selector)).map(({ text }) => text.trim());
}

describe('the page of a draw', () => {
  it('can be read without a script: five sentences, the head, and what stays unproven', async () => {
    const { eventId, published } = await keepDraw();
    const { status, html } = await pageOf(eventId);
    expect(status).toBe(200);
    expect(html).toMatch(/<h1[^>]*>The draw: /);
    const steps = await textOf(html, '.draw-steps li');
    expect(steps).toHaveLength(5);
    expect(steps[1]).toContain('8 entries, 2 of them withdrawn');
    const bars = published.draw.counts?.entered.filter((count) => count > 0);
    expect(await elementsOf(html, '.draw-count')).toHaveLength(bars?.length ?? 0);
    expect(await textOf(html, '.draw-hash')).toEqual(
      expect.arrayContaining([published.draw.head, published.draw.seed]),
    );
    expect(html).toContain('The random source is the shop’s own: this proves nothing to outsiders');
    expect(await textOf(html, '.draw-limits li')).toHaveLength(5);
    const [picture] = await elementsOf(html, '.draw-picture');
    expect(picture?.attributes['aria-label']).toContain('Now: drawn');
    expect(await dataOf(html)).toMatchObject({ kind: 'draw', eventId, draw: published.draw });
  });

  it('is in the language of its reader', async () => {
    const { eventId } = await keepDraw({ status: 'locked' });
    const { html } = await pageOf(eventId, GERMAN);
    expect(html).toMatch(/<html lang="de"/);
    expect(html).toMatch(/<h1[^>]*>Die Verlosung: /);
    expect((await textOf(html, '.draw-steps li'))[2]).toContain('wurde die Liste geschlossen');
  });

  it.each([
    ['open', 'people enter'],
    ['locked', 'the list is closed'],
    ['waiting_for_beacon', 'waiting for the random number'],
  ] as const)('shows how far one is that is %s', async (status, now) => {
    const { eventId } = await keepDraw({ status });
    const [picture] = await elementsOf((await pageOf(eventId)).html, '.draw-picture');
    expect(picture?.attributes['aria-label']).toContain(`Now: ${now}`);
  });

  it('says why one was given up', async () => {
    const givenUp = { atMs: Date.now() - 1_000, reason: 'beacon_silent' as const };
    const { eventId } = await keepDraw({ status: 'given_up', givenUp });
    expect((await pageOf(eventId)).html).toContain('The random source was silent for an hour.');
  });

  it('says of one before anybody entered what will happen', async () => {
    const { eventId } = await makeDraw();
    const { html } = await pageOf(eventId);
    expect((await textOf(html, '.draw-steps li'))[0]).toMatch(/^When the first person enters/);
    expect(await textOf(html, '.draw-hash')).toEqual([]);
  });

  it('has a title, an address and a preview of its own', async () => {
    const { eventId } = await keepDraw();
    const { html } = await pageOf(eventId);
    const address = `https://shop.example/events/${eventId}/draw`;
    expect((await textOf(html, 'title'))[0]).toMatch(/^The draw: .* · SwiftDrop$/);
    const [canonical] = await elementsOf(html, 'link[rel=canonical]');
    expect(canonical?.attributes['href']).toBe(address);
    const [url] = await elementsOf(html, 'meta[property="og:url"]');
    expect(url?.attributes['content']).toBe(address);
    const [described] = await elementsOf(html, 'meta[property="og:description"]');
    expect(described?.attributes['content']).toMatch(/a check that runs in your browser/);
  });

  it('has its styles linked before its script runs, and no other page has them', async () => {
    const { eventId } = await keepDraw();
    const meta = '<meta name="styles-draw" content="/assets/draw.css">';
    const built = BUILT_PAGE.replace('</head>', `${meta}</head>`);
    const pages = pagesWith({ site: { builtPage: async () => new Response(built) } });
    const linked = async (path: string) =>
      (await elementsOf(await (await pages(path)).text(), 'link[rel=stylesheet]')).map(
        ({ attributes }) => attributes['href'],
      );
    expect(await linked(`/events/${eventId}/draw`)).toEqual(['/assets/draw.css']);
    expect(await linked(`/events/${eventId}`)).toEqual([]);
  });

  it('runs nothing that an event is called', async () => {
    const { eventId } = await keepDraw({ event: { title: HOSTILE } });
    const { html } = await pageOf(eventId);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
  });

  it('stays for who has a receipt, when the event is not public any more', async () => {
    const { eventId } = await keepDraw();
    const act = { actor: 'a test', requestId: 'a test', nowMs: Date.now() };
    expect(await unpublishEvent(deps.stores.db, eventId, act)).not.toBe(false);
    const { status, html } = await pageOf(eventId);
    expect(status).toBe(200);
    expect(html).toMatch(/<h1[^>]*>The draw<\/h1>/);
    expect(await dataOf(html)).toMatchObject({ kind: 'draw', event: null });
  });

  it('is none where there is no draw', async () => {
    const { eventId } = await makeEvent();
    for (const id of [eventId, makeEventId(deps.platform.fillRandom), 'nonsense', '%00']) {
      const { status, html } = await pageOf(id);
      expect(status).toBe(404);
      expect(html).toContain('Nothing here');
    }
  });

  it('is meant by its address with a slash at its end', async () => {
    const { eventId } = await keepDraw();
    const answer = await pagesWith()(`/events/${eventId}/draw/`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('Location')]).toEqual([
      308,
      `/events/${eventId}/draw`,
    ]);
  });
});
