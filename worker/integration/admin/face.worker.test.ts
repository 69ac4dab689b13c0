/** The shop's face as admins write it: by version, in the log, and seen soon. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Face, OWN_FACE, type ShownFace } from '../../contract/face.ts';
import { FACE_AGE_MS_MAX } from '../../face/shown-face.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { forgetFace, makeFace } from '../../testing/face.ts';
import { call, deps, makeShopper, type Shopper } from '../../testing/shop.ts';

let admin: Shopper;
let other: Shopper;

beforeAll(async () => {
  [admin, other] = [await makeShopper('admin'), await makeShopper('admin')];
});
beforeEach(forgetFace);
// Or the pages of other files would have it.
afterAll(forgetFace);

const put = (body: unknown, { token }: Shopper = admin) =>
  call('PUT', '/admin/shop', { token, body });
const present = async () => (await call('GET', '/admin/shop', { token: admin.token })).json<Face>();

/** The address of an upload that never was. */
const LOST_PICTURE = '/pictures/pic_00000000000000000000000000-800x600-aabbccddeeff.webp';

describe('the face', () => {
  it('is the product’s own until somebody writes one', async () => {
    expect(await present()).toEqual(OWN_FACE);
  });

  it('is written where there was none, and changed by whoever saw the version before', async () => {
    const first = await put({ name: ' Lamps Ltd ', colour: '#ffe600', version: 0 });
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ name: 'Lamps Ltd', colour: '#ffe600', version: 1 });
    expect((await put({ name: 'Lamps AG', languages: ['de'], version: 1 })).status).toBe(200);
    expect(await present()).toMatchObject({ name: 'Lamps AG', colour: null, version: 2 });
  });

  it('of two who change the same version is the first one’s, and the second hears whose', async () => {
    await put({ name: 'One', version: 0 });
    const answers = await Promise.all(
      ['Two', 'Three'].map((name, n) => put({ name, version: 1 }, n === 0 ? admin : other)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 412]));
    const refused = answers.find(({ status }) => status === 412);
    const { name } = await present();
    expect(await refused?.json()).toMatchObject({
      code: 'precondition_failed',
      current: { name, version: 2 },
      changedBy: { action: 'shop.edit', name: 'A shopper' },
    });
  });

  it('is not made in a version that never was', async () => {
    await expectProblem(await put({ name: 'One', version: 7 }), 412, 'precondition_failed');
    expect(await present()).toEqual(OWN_FACE);
  });

  it.each([
    ['no name', { name: '' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['a name that is too long', { name: 'a'.repeat(41) }],
    ['a colour that is none', { colour: 'red' }],
    ['a colour that ends its style', { colour: '#fff}*{' }],
    ['a typeface that is not kept', { typeface: 'Papyrus' }],
    ['a logo that is a script', { logoUrl: 'javascript:alert(1)' }],
    ['a logo from another scheme', { logoUrl: 'http://elsewhere.example/a.png' }],
    ['an uploaded logo that is not kept', { logoUrl: LOST_PICTURE }],
    ['no language', { languages: [] }],
    ['a language twice', { languages: ['de', 'de'] }],
    ['a language that the product has not', { languages: ['fr'] }],
    ['a link to a script', { footerLinks: [{ label: 'x', url: 'javascript:alert(1)' }] }],
    [
      'a link to another host by its path',
      { footerLinks: [{ label: 'x', url: '//evil.example' }] },
    ],
    ['a link without a word', { footerLinks: [{ label: '', url: '/' }] }],
    ['nine links', { footerLinks: Array.from({ length: 9 }, () => ({ label: 'x', url: '/' })) }],
    ['a field that is none', { css: 'a' }],
  ])('is refused with %s', async (_what, fields) => {
    await expectProblem(await put({ name: 'Lamps', version: 0, ...fields }), 400, 'malformed');
  });

  it('takes links to pages, mailboxes and paths, each called by its language', async () => {
    const footerLinks = [
      { label: 'Contact', translations: { de: 'Kontakt' }, url: 'mailto:hi@lamps.example' },
      { label: 'About', translations: {}, url: '/about' },
      { label: 'Blog', translations: {}, url: 'https://blog.example/?a=1#b' },
    ];
    await put({ name: 'Lamps', footerLinks, version: 0 });
    expect((await present()).footerLinks).toEqual(footerLinks);
  });
});

it('the audit log tells what was changed', async () => {
  await put({ name: 'One', colour: '#112233', version: 0 }, other);
  await put({ name: 'Two', colour: '#112233', version: 1 }, other);
  const sql = `SELECT action, before, after FROM audit_log WHERE actor = $1 AND subject = 'shop'
    ORDER BY id DESC LIMIT 1`;
  expect(await deps.stores.db.$client.query(sql, [other.user.id])).toEqual([
    { action: 'shop.edit', before: { name: 'One' }, after: { name: 'Two' } },
  ]);
});

describe('anybody', () => {
  it('reads it, and sees a change in time', async () => {
    await makeFace({ name: 'Before' });
    let atMs = deps.platform.nowMs();
    const ask = appWith({ platform: { nowMs: () => atMs } });
    const name = async () => (await (await ask('/shop')).json<ShownFace>()).name;
    expect(await name()).toBe('Before');
    await makeFace({ name: 'After' });
    expect(await name()).toBe('Before');
    atMs += FACE_AGE_MS_MAX;
    expect(await name()).toBe('After');
  });

  it('is told with 304 that nothing has changed', async () => {
    const first = await call('GET', '/shop');
    expect(first.headers.get('Cache-Control')).toContain('public, max-age=10');
    const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' };
    expect((await call('GET', '/shop', { headers })).status).toBe(304);
  });
});
