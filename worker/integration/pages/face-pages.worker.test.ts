/** The shop's own face in its pages, by the real components over the real database. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FACE_AGE_MS_MAX } from '../../face/shown-face.ts';
import { away, dbWith } from '../../testing/apps.ts';
import { forgetFace, makeFace } from '../../testing/face.ts';
import { BUILT_PAGE, elementsOf, pagesWith } from '../../testing/pages.ts';
import { anew, pictureNamed, uploaded } from '../../testing/pictures.ts';
import { deps, makeShopper } from '../../testing/shop.ts';

const HOSTILE = `</title></style><script>alert(1)</script>"'$&<!--`;
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'";
const THEME = `<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf7">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141210"></head>`;

beforeEach(forgetFace);
// Or the pages of other files would have it.
afterAll(forgetFace);

/** As the client's build leaves a page, with its policy and its theme. */
const site = {
  builtPage: async () =>
    new Response(BUILT_PAGE.replace('</head>', THEME), {
      headers: { 'Content-Security-Policy': POLICY },
    }),
};
const ask = (path: string, init?: RequestInit) => pagesWith({ site })(path, init);
const pageOf = async (path: string, init?: RequestInit) => (await ask(path, init)).text();
const textsOf = async (html: string, selector: string) =>
  (await elementsOf(html, selector)).map(({ text }) => text);

describe('a page', () => {
  it('is as the product comes without a face', async () => {
    const answer = await ask('/');
    expect(answer.headers.get('Content-Security-Policy')).toBe(POLICY);
    const html = await answer.text();
    expect(html).not.toContain('<style');
    expect(await elementsOf(html, 'meta[name=face]')).toEqual([]);
    expect((await textsOf(html, '.brand'))[0]).toBe('SwiftDrop');
    expect(await elementsOf(html, '.brand-mark')).toHaveLength(1);
    expect(await elementsOf(html, 'meta[name=theme-color]')).toHaveLength(2);
  });

  it.each(['/', '/events/evt_nowhere', '/profile', '/admin'])(
    'has the face wherever it is: %s',
    async (path) => {
      await makeFace({ name: 'Lamps & Co', colour: '#ffe600', typeface: 'serif' });
      const answer = await ask(path);
      const html = await answer.text();
      const [style = ''] = await textsOf(html, 'style');
      expect(style).toContain('--accent-fill:#ffe600');
      expect(style).toContain('prefers-color-scheme:dark');
      expect(style).toMatch(/--font:.*serif/);
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
      const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
      expect(answer.headers.get('Content-Security-Policy')).toBe(
        `default-src 'none'; style-src 'self' 'sha256-${hash}'; script-src 'self'`,
      );
      expect((await textsOf(html, 'title'))[0]).toMatch(/Lamps &amp; Co$/);
      const themes = await elementsOf(html, 'meta[name=theme-color]');
      expect(themes.map(({ attributes }) => attributes['content'])).toEqual(['#ffe600']);
      const [told] = await elementsOf(html, 'meta[name=face]');
      expect(told?.attributes['content']).toContain('Lamps &amp; Co');
      expect(html).not.toContain('SwiftDrop');
    },
  );

  it('shows an uploaded logo in its smallest size', async () => {
    const admin = await makeShopper('admin');
    const { url, name } = await uploaded(admin, anew(pictureNamed('png')));
    await makeFace({ name: 'Lamps', logoUrl: url });
    const [logo] = await elementsOf(await pageOf('/'), '.brand img');
    expect(logo?.attributes['src']).toBe(`/pictures/400/${name}`);
  });

  it('shows the logo in place of the name, which is its text', async () => {
    await makeFace({ name: 'Lamps', logoUrl: 'https://pictures.example/logo.svg' });
    const html = await pageOf('/');
    const [logo] = await elementsOf(html, '.brand img');
    expect(logo?.attributes).toMatchObject({
      src: 'https://pictures.example/logo.svg',
      alt: 'Lamps',
    });
    expect(await elementsOf(html, '.brand-mark')).toEqual([]);
  });

  it('links at its end where the shop wants it, in the language of its reader', async () => {
    const link = {
      label: 'Contact',
      translations: { de: 'Kontakt' },
      url: 'mailto:hi@lamps.example',
    };
    await makeFace({ footerLinks: [link] });
    for (const [language, label] of [
      ['en', 'Contact'],
      ['de', 'Kontakt'],
    ] as const) {
      const html = await pageOf('/', { headers: { 'Accept-Language': language } });
      const [found] = await elementsOf(html, 'footer a');
      expect([found?.text, found?.attributes['href']]).toEqual([label, link.url]);
    }
  });

  it('speaks and offers only the languages of the shop, whatever was asked for or chosen', async () => {
    await makeFace({ languages: ['de'] });
    for (const headers of [
      { 'Accept-Language': 'en' },
      { 'Accept-Language': 'fr' },
      { Cookie: 'language=en' },
    ]) {
      const html = await pageOf('/', { headers });
      expect(html).toMatch(/<html lang="de"/);
      const buttons = await elementsOf(html, '.languages button');
      expect(buttons.map(({ attributes }) => attributes['lang'])).toEqual(['de']);
    }
  });

  it('lets no name become markup', async () => {
    await makeFace({
      name: HOSTILE,
      footerLinks: [{ label: HOSTILE, translations: {}, url: '/a?"<b>' }],
    });
    for (const path of ['/', '/profile']) {
      const html = await pageOf(path);
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<!--');
      expect((await textsOf(html, 'title'))[0]).toContain('$&amp;');
    }
  });

  it('shows a change in time', async () => {
    await makeFace({ name: 'Before' });
    let atMs = deps.platform.nowMs();
    const look = pagesWith({ site, platform: { nowMs: () => atMs } });
    const name = async () => (await textsOf(await (await look('/')).text(), '.brand'))[0];
    expect(await name()).toBe('Before');
    await makeFace({ name: 'After' });
    expect(await name()).toBe('Before');
    atMs += FACE_AGE_MS_MAX;
    expect(await name()).toBe('After');
  });

  it('comes without it while the database is away, and with the one it had before', async () => {
    await makeFace({ name: 'Lamps' });
    let isAway = true;
    let atMs = deps.platform.nowMs();
    const db = dbWith(() => (isAway ? away() : undefined));
    const look = pagesWith({ site, stores: { db }, platform: { nowMs: () => atMs } });
    const named = async () => elementsOf(await (await look('/profile')).text(), 'meta[name=face]');
    expect(await named()).toHaveLength(0);
    isAway = false;
    expect(await named()).toHaveLength(1);
    isAway = true;
    atMs += 10 * FACE_AGE_MS_MAX;
    expect(await named()).toHaveLength(1);
  });
});

it('the manifest has the name, the colour and the language of the shop', async () => {
  const answer = await ask('/manifest.webmanifest');
  expect(answer.headers.get('Content-Type')).toBe('application/manifest+json');
  expect(await answer.json()).toMatchObject({ name: 'SwiftDrop', theme_color: '#fbfaf7' });
  await makeFace({ name: 'Lampen', colour: '#0b5cad', languages: ['de'] });
  expect(JSON.parse(await pageOf('/manifest.webmanifest'))).toMatchObject({
    name: 'Lampen',
    short_name: 'Lampen',
    theme_color: '#0b5cad',
    lang: 'de',
  });
});
