/** What crawlers and reporters ask every site for, and the address that the shop gives as its own. */
import { describe, expect, it } from 'vitest';
import { elementsOf, pagesWith } from '../../testing/pages.ts';
import { call, deps, makeEvent } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const PUBLIC_URL = 'https://drops.example';

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('the sitemap', () => {
  it('has live and coming events, published ones only, at the public address', async () => {
    const live = await makeEvent();
    const coming = await makeEvent({ startsAt: inHours(2), endsAt: inHours(3) });
    const hidden = await makeEvent({ published: false });
    const over = await makeEvent({ startsAt: inHours(-3), endsAt: inHours(-2) });
    const answer = await pagesWith({ site: { publicUrl: PUBLIC_URL } })('/sitemap.xml');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('application/xml; charset=utf-8');
    expect(answer.headers.get('Cache-Control')).toMatch(/max-age=[1-9]/);
    const text = await answer.text();
    for (const { eventId } of [live, coming]) {
      expect(text).toContain(`<loc>${PUBLIC_URL}/events/${eventId}</loc>`);
    }
    for (const { eventId } of [hidden, over]) expect(text).not.toContain(eventId);
    expect(text).toContain(`<loc>${PUBLIC_URL}/</loc>`);
    expect(text).not.toContain('shop.example');
  });

  it('is not there for a shop that knows no address of its own', async () => {
    const ask = pagesWith({ site: { publicUrl: undefined } });
    expect((await ask('/sitemap.xml')).status).toBe(404);
    expect(await (await ask('/robots.txt')).text()).not.toContain('Sitemap');
  });
});

describe('what crawlers may read', () => {
  it('is said with the sitemap’s address, to HEAD too', async () => {
    const ask = pagesWith({ site: { publicUrl: PUBLIC_URL } });
    const answer = await ask('/robots.txt');
    expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toBe(
      `User-agent: *\nDisallow: /api/\nAllow: /\n\nSitemap: ${PUBLIC_URL}/sitemap.xml\n`,
    );
    for (const path of ['/robots.txt', '/sitemap.xml', '/.well-known/security.txt']) {
      const head = await ask(path, { method: 'HEAD' });
      expect(head.status, path).toBe(200);
      expect(await head.text()).toBe('');
    }
  });
});

describe('the contact for holes', () => {
  it('is the usual mailbox, or the one that is configured, for some months to come', async () => {
    const textOf = async (securityContact: string | undefined) => {
      const ask = pagesWith({ site: { publicUrl: PUBLIC_URL, securityContact } });
      return (await ask('/.well-known/security.txt')).text();
    };
    const text = await textOf(undefined);
    expect(text).toContain('Contact: mailto:security@drops.example\n');
    expect(text).toContain(`Canonical: ${PUBLIC_URL}/.well-known/security.txt\n`);
    const [, expires = ''] = /^Expires: (.*)$/m.exec(text) ?? [];
    expect(Date.parse(expires)).toBeGreaterThan(deps.platform.nowMs() + 24 * HOUR_MS);
    expect(Date.parse(expires)).toBeLessThan(deps.platform.nowMs() + 365 * 24 * HOUR_MS);
    expect(await textOf('https://drops.example/report')).toContain(
      'Contact: https://drops.example/report\n',
    );
  });
});

describe('the public address', () => {
  const HOSTS = {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    Forwarded: 'host=evil.example',
  };

  it('is never what a request says', async () => {
    const { eventId } = await makeEvent();
    const ask = pagesWith({ site: { publicUrl: PUBLIC_URL } });
    for (const path of [`/events/${eventId}`, '/', '/sitemap.xml', '/robots.txt']) {
      const text = await (await ask(path, { headers: HOSTS })).text();
      expect(text).not.toMatch(/evil\.example|shop\.example/);
    }
    const html = await (await ask(`/events/${eventId}`)).text();
    const [canonical] = await elementsOf(html, 'link[rel=canonical]');
    expect(canonical?.attributes['href']).toBe(`${PUBLIC_URL}/events/${eventId}`);
    const calendar = await ask(`/api/v1/events/${eventId}/calendar.ics`, { headers: HOSTS });
    const unfolded = (await calendar.text()).replaceAll('\r\n ', '');
    expect(unfolded).toContain(`URL:${PUBLIC_URL}/events/${eventId}\r\n`);
    expect(unfolded).not.toMatch(/evil\.example|shop\.example/);
  });

  it('is not made up where none is configured', async () => {
    const { eventId } = await makeEvent();
    const ask = pagesWith({ site: { publicUrl: undefined } });
    const html = await (await ask(`/events/${eventId}`)).text();
    expect(html).toContain('<h1');
    expect(html).not.toMatch(/rel="canonical"|og:url|og:image|shop\.example/);
    const calendar = await (await ask(`/api/v1/events/${eventId}/calendar.ics`)).text();
    expect(calendar).not.toContain('shop.example');
  });

  it('is the one of the variables', async () => {
    const { eventId } = await makeEvent();
    const calendar = await call('GET', `/events/${eventId}/calendar.ics`);
    expect(await calendar.text()).toContain('URL:https://shop.example/events/');
  });
});
