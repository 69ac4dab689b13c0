/** The legal pages as they arrive, by the real components over the real database. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEGAL_AGE_MS_MAX } from '../../legal/shown-texts.ts';
import { away, dbWith } from '../../testing/apps.ts';
import { forgetLegalTexts, makeLegalText } from '../../testing/legal.ts';
import { dataOf, elementsOf, pagesWith } from '../../testing/pages.ts';
import { deps } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';

const HOSTILE = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> $& <!-- </div></main>`;
const GERMAN = { headers: { 'Accept-Language': 'de' } };

beforeEach(forgetLegalTexts);

const pageOf = async (path: string, init?: RequestInit) => (await pagesWith()(path, init)).text();

async function hrefsOf(html: string, selector: string): Promise<(string | undefined)[]> {
  return (await elementsOf(html, selector)).map(({ attributes }) => attributes['href']);
}

describe('a legal page', () => {
  it('can be read without a script, in the language that its reader asks for', async () => {
    await makeLegalText({ page: 'imprint', language: 'en' }, '# Lamps Ltd\n1 Long Road');
    await makeLegalText({ page: 'imprint', language: 'de' }, '# Lampen GmbH\nLange Straße 1');
    const answer = await pagesWith()('/legal/imprint');
    expect(answer.status).toBe(200);
    const english = await answer.text();
    expect(english).toMatch(/<html lang="en"/);
    expect(english).toMatch(/<h1[^>]*>Legal notice<\/h1>/);
    expect(english).toContain('<h2>Lamps Ltd</h2>\n<p>1 Long Road</p>');
    expect(english).not.toContain('available in');
    const german = await pageOf('/legal/imprint', GERMAN);
    expect(german).toMatch(/<html lang="de"/);
    expect(german).toMatch(/<h1[^>]*>Impressum<\/h1>/);
    expect(german).toContain('<p>Lange Straße 1</p>');
  });

  it('is shown in its other language where it has only that, and says so', async () => {
    await makeLegalText({ page: 'terms', language: 'de' }, 'Alles gilt.');
    const html = await pageOf('/legal/terms');
    expect(html).toMatch(/<h1[^>]*>Terms<\/h1>/);
    expect(html).toContain('This text is available in German only.');
    const [text] = await elementsOf(html, '.legal-text');
    expect(text?.attributes['lang']).toBe('de');
    expect(await dataOf(html)).toMatchObject({
      kind: 'legal',
      legal: { page: 'terms', language: 'de', languages: ['de'] },
    });
  });

  it('has a title, and an address for each language by which search engines tell them apart', async () => {
    await makeLegalText({ page: 'privacy', language: 'en' });
    await makeLegalText({ page: 'privacy', language: 'de' });
    const html = await pageOf('/legal/privacy?language=de&from=mail');
    expect(html).toMatch(/<html lang="de"/);
    expect((await elementsOf(html, 'title'))[0]?.text).toBe('Datenschutz · SwiftDrop');
    const at = 'https://shop.example/legal/privacy';
    expect(await hrefsOf(html, 'link[rel=canonical]')).toEqual([`${at}?language=de`]);
    const alternates = await elementsOf(html, 'link[rel=alternate]');
    expect(alternates.map(({ attributes: { hreflang, href } }) => [hreflang, href])).toEqual([
      ['de', `${at}?language=de`],
      ['en', `${at}?language=en`],
      ['x-default', at],
    ]);
    expect(await elementsOf(html, 'meta[name=robots]')).toEqual([]);
  });

  it('is in the language that its reader chose, whatever its address says', async () => {
    await makeLegalText({ page: 'privacy', language: 'en' }, 'Little is kept.');
    await makeLegalText({ page: 'privacy', language: 'de' }, 'Wenig wird behalten.');
    const headers = { Cookie: 'language=en' };
    expect(await pageOf('/legal/privacy?language=de', { headers })).toContain('Little is kept.');
    for (const odd of ['fr', '', '<script>', 'de&language=en', '%00']) {
      const html = await pageOf(`/legal/privacy?language=${odd}`);
      expect(html).not.toContain('<script>alert');
      expect(html).toContain(odd.startsWith('de') ? 'Wenig' : 'Little');
    }
  });

  it.each(['/legal/terms', '/legal/nonsense', '/legal/__proto__', '/legal'])(
    'that does not exist is not found: %s',
    async (path) => {
      const answer = await pagesWith()(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toMatch(/<h1[^>]*>Nothing here<\/h1>/);
    },
  );

  it('lets nothing that was typed become markup, end the data or the page', async () => {
    await makeLegalText(
      { page: 'returns', language: 'en' },
      `${HOSTILE}\n\n[x](javascript:alert(3))`,
    );
    const html = await pageOf('/legal/returns');
    expect(html).not.toMatch(/<img/);
    expect(html).not.toContain('<!--');
    const scripts = await elementsOf(html, 'script');
    expect(scripts.map(({ attributes }) => attributes['type'])).toEqual([
      'module',
      'application/json',
    ]);
    expect(await elementsOf(html, '.legal-text a')).toEqual([]);
    expect(await elementsOf(html, 'main')).toHaveLength(1);
    expect(html.indexOf('</main>')).toBeGreaterThan(html.indexOf('$&amp;'));
  });

  it('costs the database three reads, however many look, and shows a change in time', async () => {
    await makeLegalText({ page: 'imprint', language: 'en' }, 'Before.');
    let atMs = deps.platform.nowMs();
    const ask = pagesWith({ platform: { nowMs: () => atMs } });
    const { statements } = await storeCallsOf(async () => {
      await Promise.all(Array.from({ length: 50 }, () => ask('/legal/imprint')));
    });
    expect(statements).toBeLessThanOrEqual(3);
    await makeLegalText({ page: 'imprint', language: 'en' }, 'After.');
    expect(await (await ask('/legal/imprint')).text()).toContain('Before.');
    atMs += LEGAL_AGE_MS_MAX;
    expect(await (await ask('/legal/imprint')).text()).toContain('After.');
  });
});

describe('every page', () => {
  beforeAll(forgetLegalTexts);

  it('links to the legal pages that exist, and tells its script which', async () => {
    await makeLegalText({ page: 'privacy', language: 'de' });
    await makeLegalText({ page: 'imprint', language: 'en' });
    for (const path of ['/', '/events/evt_nowhere', '/legal/privacy']) {
      const html = await pageOf(path);
      expect(await hrefsOf(html, 'footer a'), path).toEqual(['/legal/imprint', '/legal/privacy']);
    }
    for (const path of ['/', '/profile', '/admin', '/legal/privacy']) {
      const [named] = await elementsOf(await pageOf(path), 'meta[name=legal]');
      expect(named?.attributes['content'], path).toBe('imprint privacy');
    }
  });

  it('has no such links where there is none, nor a word to its script', async () => {
    const html = await pageOf('/');
    expect(await elementsOf(html, 'footer a')).toEqual([]);
    expect(await elementsOf(html, 'meta[name=legal]')).toEqual([]);
  });

  it('comes without them while the database is away, and with those it had before', async () => {
    await makeLegalText({ page: 'imprint', language: 'en' });
    let isAway = true;
    let atMs = deps.platform.nowMs();
    const db = dbWith(() => (isAway ? away() : undefined));
    const ask = pagesWith({ stores: { db }, platform: { nowMs: () => atMs } });
    const named = async () =>
      (await elementsOf(await (await ask('/profile')).text(), 'meta[name=legal]')).length;
    expect(await named()).toBe(0);
    isAway = false;
    expect(await named()).toBe(1);
    isAway = true;
    atMs += 10 * LEGAL_AGE_MS_MAX;
    expect(await named()).toBe(1);
  });
});

it('the sitemap has the legal pages', async () => {
  await makeLegalText({ page: 'terms', language: 'de' });
  expect(await pageOf('/sitemap.xml')).toContain('<loc>https://shop.example/legal/terms</loc>');
});
