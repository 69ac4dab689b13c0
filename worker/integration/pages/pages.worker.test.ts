/** The pages that are drawn here, by the real components over the real database. */
import { describe, expect, it, vi } from 'vitest';
import type { Deps } from '../../deps/deps.ts';
import { createStripe } from '../../payment/stripe/stripe.ts';
import { updateItem } from '../../stores/postgres/catalogue.ts';
import { away, dbWith } from '../../testing/apps.ts';
import { BUILT_PAGE, dataOf, elementsOf, pagesWith } from '../../testing/pages.ts';
import { hold } from '../../testing/purchases.ts';
import { deps, makeEvent, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const HOSTILE = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> $& <!--`;

async function pageOf(path: string, init?: RequestInit): Promise<string> {
  return (await pagesWith()(path, init)).text();
}

async function contentOf(html: string, selector: string): Promise<string | undefined> {
  const [found] = await elementsOf(html, selector);
  return found?.attributes['content'];
}

/** An event whose one item is called, described and pictured as given. */
async function eventWith(item: { name: string; description: string; imageUrl: string | null }) {
  const made = await makeEvent({ title: HOSTILE, description: HOSTILE });
  await updateItem(deps.stores.db, { id: made.itemId, category: 'other', ...item }, 'a test');
  return made;
}

describe('the page of an event', () => {
  it('has it all before any script runs: items, prices, stock as of now, times', async () => {
    const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
    const { eventId } = await makeEvent({ title: 'Night of lamps', startsAt, stock: 7 });
    const answer = await pagesWith()(`/events/${eventId}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toContain('text/html');
    const html = await answer.text();
    expect(html).toMatch(/<h1[^>]*>Night of lamps<\/h1>/);
    expect(html).toMatch(/<h3[^>]*>.*Lamp.*<\/h3>/);
    expect(html).toContain('€19.99');
    expect(html).toContain('<strong>7 left</strong> of 7');
    expect(html).toContain('Not open yet');
    expect(html).toMatch(/Opens \w{3},? .*UTC/);
    expect(html).toContain(`/api/v1/events/${eventId}/calendar.ics`);
    expect(html).not.toContain('Of any page');
  });

  it('brings the data that it shows, as of the server’s time', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 3 });
    await hold(await makeShopper(), eventItemId);
    const beforeMs = Date.now();
    const data = await dataOf(await pageOf(`/events/${eventId}`));
    if (data.kind !== 'event') throw new Error(`it is a page of ${data.kind}`);
    expect(data.event.items[0]?.stock).toMatchObject({ remaining: 2, held: 1 });
    expect(Date.parse(data.event.serverNow)).toBeGreaterThanOrEqual(beforeMs);
  });

  it('says to previews and search engines what it is about, with absolute addresses', async () => {
    const { eventId } = await eventWith({ name: 'Lamp', description: '', imageUrl: '/lamp.png' });
    const path = `/events/${eventId}`;
    const html = await pageOf(`${path}?from=mail`);
    expect(await elementsOf(html, 'title')).toHaveLength(1);
    const [canonical] = await elementsOf(html, 'link[rel=canonical]');
    expect(canonical?.attributes['href']).toBe(`https://shop.example${path}`);
    expect(await contentOf(html, 'meta[property="og:url"]')).toBe(`https://shop.example${path}`);
    expect(await contentOf(html, 'meta[property="og:image"]')).toBe(
      'https://shop.example/lamp.png',
    );
    expect(await contentOf(html, 'meta[name="twitter:card"]')).toBe('summary_large_image');
    const [block] = await elementsOf(html, 'script[type="application/ld+json"]');
    expect(JSON.parse(block?.text ?? '')).toMatchObject({
      '@graph': [
        {
          '@type': 'Product',
          image: 'https://shop.example/lamp.png',
          offers: {
            price: '19.99',
            priceCurrency: 'EUR',
            availability: 'https://schema.org/LimitedAvailability',
          },
        },
      ],
    });
  });

  it.each([null, '/images/lamp.svg', 'https://pictures.example/picture?of=lamp'])(
    'is previewed with the shop’s own picture where the item’s is %s',
    async (imageUrl) => {
      const { eventId } = await eventWith({ name: 'Lamp', description: '', imageUrl });
      const html = await pageOf(`/events/${eventId}`);
      const preview = (name: string) => contentOf(html, `meta[property="og:image${name}"]`);
      expect(await preview('')).toBe('https://shop.example/og.png');
      expect(await preview(':type')).toBe('image/png');
      expect(await preview(':width')).toBe('1200');
      expect(await preview(':height')).toBe('630');
      expect(await preview(':alt')).toBe('SwiftDrop');
      expect(await contentOf(html, 'meta[name="twitter:card"]')).toBe('summary_large_image');
    },
  );

  it('is previewed with an item’s picture that is a raster image, and its type', async () => {
    const imageUrl = 'https://pictures.example/lamp.JPG?size=large';
    const { eventId } = await eventWith({ name: 'Lamp', description: '', imageUrl });
    const html = await pageOf(`/events/${eventId}`);
    expect(await contentOf(html, 'meta[property="og:image"]')).toBe(imageUrl);
    expect(await contentOf(html, 'meta[property="og:image:type"]')).toBe('image/jpeg');
    expect(await contentOf(html, 'meta[property="og:image:alt"]')).toBe('Lamp');
    expect(await contentOf(html, 'meta[property="og:image:width"]')).toBeUndefined();
  });

  it.each(['https://[', '//host.example/x.png', '/\\host.example'])(
    'is drawn without a picture where one from before is %s',
    async (imageUrl) => {
      const { eventId, eventItemId } = await eventWith({ name: 'Lamp', description: '', imageUrl });
      for (const path of [`/events/${eventId}`, `/events/${eventId}/items/${eventItemId}`]) {
        const html = await pageOf(path);
        expect(html).toMatch(/<h1/);
        expect(await elementsOf(html, '.item-picture img')).toEqual([]);
        expect(html).not.toContain('host.example');
      }
      const data = await dataOf(await pageOf(`/events/${eventId}`));
      expect(data).toMatchObject({ event: { items: [{ imageUrl: null }] } });
    },
  );

  it('lets nothing that an admin typed become markup or end a data block', async () => {
    const { eventId } = await eventWith({
      name: HOSTILE,
      description: HOSTILE,
      imageUrl: `https://pictures.example/"><script>alert(3)</script>`,
    });
    const html = await pageOf(`/events/${eventId}`);
    expect(html).not.toMatch(/<img[^>]*\sonerror/);
    expect(html).not.toContain('<!--');
    const scripts = await elementsOf(html, 'script');
    expect(scripts.map(({ attributes }) => attributes['type'])).toEqual([
      'application/ld+json',
      'module',
      'application/json',
    ]);
    expect(await contentOf(html, 'meta[property="og:title"]')).toContain('&quot;');
    const data = await dataOf(html);
    expect(data).toMatchObject({ kind: 'event', event: { title: HOSTILE } });
    expect(JSON.parse(scripts[0]?.text ?? '')).toMatchObject({ '@graph': [{ name: HOSTILE }] });
  });

  it('of an item has the item’s own name and picture, its price and its stock', async () => {
    const { eventId, eventItemId } = await eventWith({
      name: 'Brass lamp',
      description: 'It shines.',
      imageUrl: '/brass.png',
    });
    const html = await pageOf(`/events/${eventId}/items/${eventItemId}`);
    expect(await contentOf(html, 'meta[property="og:title"]')).toBe('Brass lamp');
    expect(await contentOf(html, 'meta[name="description"]')).toBe('It shines.');
    expect(html).toMatch(/<h1[^>]*>Brass lamp<\/h1>/);
    expect(html).toContain('€19.99');
    expect(html).toMatch(/<strong>\d+ left<\/strong>/);
    const other = await pagesWith()(`/events/${eventId}/items/evi_zzzzzzzzzzzz_1`);
    expect(other.status).toBe(404);
  });
});

describe('the page of the list', () => {
  it('has the events, and brings them', async () => {
    // The newest opening is first, so that no other test's events push it to a later page.
    const times = { startsAt: '2098-01-01T10:00:00.000Z', endsAt: '2098-01-02T10:00:00.000Z' };
    const { eventId } = await makeEvent({ title: 'A sale in the list', ...times });
    const html = await pageOf('/');
    expect(await elementsOf(html, `a[href="/events/${eventId}"]`)).toHaveLength(1);
    expect(html).toContain('Opening soon');
    const data = await dataOf(html);
    if (data.kind !== 'events') throw new Error(`it is a page of ${data.kind}`);
    expect(data.list.events.map(({ id }) => id)).toContain(eventId);
  });
});

describe('an address without anything', () => {
  it('is not found, with the page that says so', async () => {
    const { eventId } = await makeEvent({ title: 'Not yet', published: false });
    for (const path of [`/events/${eventId}`, '/events/evt_zzzzzzzzzzzz', '/events/nonsense']) {
      const answer = await pagesWith()(path);
      expect(answer.status, path).toBe(404);
      const html = await answer.text();
      expect(html).toContain('Nothing here');
      expect(html).not.toContain('Not yet');
      expect(await contentOf(html, 'meta[name="robots"]')).toBe('noindex');
      expect(await dataOf(html)).toMatchObject({ kind: 'missing' });
    }
  });

  it('that no one can decode is not found either', async () => {
    for (const path of ['/events/%', '/events/%ff%fe']) {
      const answer = await pagesWith()(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Nothing here');
    }
  });

  it.each([
    '/nope',
    '/events/evt_zzzzzzzzzzzz/b',
    '/events',
    '/items/itm_zz',
    '/%',
    '//host.example/',
  ])('such as %s is a page that says so, in the reader’s language', async (path) => {
    const answer = await pagesWith()(path, { headers: { 'Accept-Language': 'de' } });
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('class="site-header"');
    expect(html).toContain('Hier ist nichts');
    expect(await contentOf(html, 'meta[name="robots"]')).toBe('noindex');
  });

  it.each(['/assets/gone.js', '/assets/gone', '/images/gone.svg', '/gone.css', '/events/gone.png'])(
    'of a file, such as %s, is no page and kept by nobody',
    async (path) => {
      const answer = await pagesWith()(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    },
  );

  it('with a slash too many leads to the page that is meant', async () => {
    const answer = await pagesWith()('/orders/?status=pending');
    expect(answer.status).toBe(308);
    expect(answer.headers.get('Location')).toBe('/orders?status=pending');
    const head = await pagesWith()('/orders/', { method: 'HEAD' });
    expect(head.status).toBe(308);
    const missing = await pagesWith()('/nope', { method: 'HEAD' });
    expect(missing.headers.get('Content-Type')).toContain('text/html');
  });

  it('below /api is answered for programs, whatever is asked', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nope'],
      ['GET', '/api'],
      ['POST', '/nope'],
    ] as const) {
      const answer = await pagesWith()(path, { method });
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    }
  });
});

describe('a page of one person', () => {
  it.each([
    '/orders',
    '/orders/ord_1',
    '/profile',
    '/sign-in',
    '/register',
    '/forgotten',
    '/reset?token=secret',
    '/verify?token=secret',
    '/reminders/off?token=secret',
    '/admin',
    '/admin/events/evt_1',
  ])('such as %s is sent as it was built, and is not for search engines', async (path) => {
    const answer = await pagesWith()(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('X-Robots-Tag')).toBe('noindex');
    const html = await answer.text();
    expect(await contentOf(html, 'meta[name="robots"]')).toBe('noindex');
    expect(html).toContain('<div id="app"></div>');
  });

  it('tells nobody its address, which may have the token of a mail in it', async () => {
    const answer = await pagesWith()('/reset?token=secret');
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(await answer.text()).not.toContain('secret');
  });
});

/** The modules that a page has fetched before its script asks for them. */
async function preloaded(headers: Record<string, string>) {
  const links = await elementsOf(await pageOf('/', { headers }), 'link[rel=modulepreload]');
  return links.map(({ attributes }) => attributes['href']);
}

const unreachable = () => Promise.reject(new Error('nobody pays'));

it('every page says to its script whether this shop sends mail and takes payments', async () => {
  const statement = undefined;
  const keys = { apiUrl: 'https://pay.example', secretKey: 'sk_test_1', statement };
  const provider = createStripe({ ...keys, timeoutMs: 1_000, fetch: unreachable });
  for (const path of ['/', '/sign-in', '/nowhere']) {
    const said = async (changes: Parameters<typeof pagesWith>[0]) => {
      const html = await (await pagesWith(changes)(path)).text();
      const names = ['sends-mail', 'takes-payments'];
      return Promise.all(names.map((name) => contentOf(html, `meta[name="${name}"]`)));
    };
    expect(await said({ outbox: { sendsMail: true } }), path).toEqual(['yes', undefined]);
    const paid = { outbox: { sendsMail: false }, payments: { provider } };
    expect(await said(paid), path).toEqual([undefined, 'yes']);
  }
});

describe('a page', () => {
  const GERMAN = { 'Accept-Language': 'de-CH, en;q=0.5' };

  it('is written in the language that the reader asks for, and in the one they chose', async () => {
    const { eventId } = await makeEvent();
    const ask = pagesWith();
    const textFor = async (headers: Record<string, string>) =>
      (await ask(`/events/${eventId}`, { headers })).text();
    const [german, english, chosen] = [
      await textFor(GERMAN),
      await textFor({ 'Accept-Language': 'fr' }),
      await textFor({ 'Accept-Language': 'en', Cookie: 'a=b; language=de' }),
    ];
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('Im Verkauf');
    expect(german).toMatch(/<noscript>Ohne JavaScript/);
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('On sale');
    expect(chosen).toContain('<html lang="de">');
    expect((await ask('/')).headers.get('Vary')).toBe('Accept-Language, Cookie');
  });

  it('has the words of its language fetched together with its script', async () => {
    expect(await preloaded(GERMAN)).toEqual(['/assets/de.js']);
    // English is in the script itself.
    expect(await preloaded({})).toEqual([]);
  });

  it('shows times in the zone where the platform takes the reader to be', async () => {
    const endsAt = '2030-01-01T12:00:00.000Z';
    const { eventId } = await makeEvent({ endsAt });
    const cf: CfProperties = { timezone: 'Asia/Kolkata' };
    expect(await pageOf(`/events/${eventId}`, { cf })).toMatch(/Closes .*5:30 PM GMT\+5:30/);
  });

  it('is the same whoever is signed in, and has nothing of them', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    await hold(shopper, eventItemId);
    const headers = {
      Authorization: `Bearer ${shopper.token}`,
      Cookie: 'swiftdrop_refresh=secret-of-a-shopper',
    };
    const html = await pageOf(`/events/${eventId}`, { headers });
    expect(html).toContain('Sign in');
    for (const secret of [shopper.user.displayName, shopper.user.id, shopper.token, 'secret-of']) {
      expect(html).not.toContain(secret);
    }
  });

  it('has the headers of the built page, is kept by nobody else, and asked for again', async () => {
    const { headers } = await pagesWith()('/');
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    expect(headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('Strict-Transport-Security')).not.toBeNull();
    expect(headers.get('Cache-Control')).toBe('private, no-cache');
    expect(headers.get('ETag')).toBeNull();
    expect(headers.get('Set-Cookie')).toBeNull();
  });

  it('costs the database a read, one of its links and one of the shop’s face, however many look', async () => {
    const { eventId } = await makeEvent();
    const read = vi.fn<() => void>();
    const ask = pagesWith({ stores: { db: dbWith(read) } });
    for (let n = 0; n < 5; n++) expect((await ask(`/events/${eventId}`)).status).toBe(200);
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('is sent as it was built while the database is away, to be kept by nobody', async () => {
    const log = vi.fn<Deps['logging']['log']>();
    const ask = pagesWith({ stores: { db: dbWith(() => away()) }, logging: { log } });
    const answer = await ask('/events/evt_zzzzzzzzzzzz');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('1');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.text()).toBe(BUILT_PAGE);
    const messages = log.mock.calls.map(([, what]) => what);
    expect(messages.toSorted()).toEqual(['page not drawn', 'request']);
  });

  it('that cannot be drawn is sent as it was built, for the browser to do better', async () => {
    const odd = BUILT_PAGE.replace('<div id="app"></div>', '<main></main>');
    const log = vi.fn<Deps['logging']['log']>();
    const site = { builtPage: async () => new Response(odd) };
    const answer = await pagesWith({ site, logging: { log } })('/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.text()).toBe(odd);
    expect(log.mock.calls[0]?.[2]).toMatchObject({ error: { message: /no place for its body/ } });
  });

  it('is not to be written to', async () => {
    const answer = await pagesWith()('/', { method: 'POST' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toContain('GET');
  });
});
