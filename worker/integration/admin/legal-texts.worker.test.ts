/** Legal texts as admins write them: by version, in the log without their words, and seen soon. */
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  LegalDraft,
  LegalDraftList,
  LegalList,
  ShownLegalText,
} from '../../contract/legal.ts';
import { LEGAL_CHARS_MAX } from '../../contract/legal.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { forgetLegalTexts, makeLegalText } from '../../testing/legal.ts';
import { call, deps, makeShopper, type Shopper } from '../../testing/shop.ts';

/** Of ordinary words, 79 characters long. */
const LINE = 'Für Bestellungen gelten diese Bedingungen, soweit nicht anders vereinbart wird.';

let admin: Shopper;
let other: Shopper;

beforeAll(async () => {
  await forgetLegalTexts();
  [admin, other] = [await makeShopper('admin'), await makeShopper('admin')];
});

const put = (path: string, body: unknown, { token }: Shopper = admin) =>
  call('PUT', `/admin/legal/${path}`, { token, body });
const remove = (path: string) => call('DELETE', `/admin/legal/${path}`, { token: admin.token });

async function draftOf(page: string, language: string): Promise<LegalDraft | undefined> {
  const answer = await call('GET', '/admin/legal', { token: admin.token });
  const { texts } = await answer.json<LegalDraftList>();
  expect(texts).toHaveLength(8);
  return texts.find((text) => text.page === page && text.language === language);
}

describe('a legal text', () => {
  it('is written where there was none, and changed by whoever saw the version before', async () => {
    expect(await draftOf('imprint', 'de')).toMatchObject({ text: null, version: 0 });
    const first = await put('imprint/de', { text: ' Lampen GmbH\nLange Straße 1 ', version: 0 });
    expect(await first.json()).toMatchObject({ text: 'Lampen GmbH\nLange Straße 1', version: 1 });
    expect((await put('imprint/de', { text: 'Lampen AG', version: 1 })).status).toBe(200);
    expect(await draftOf('imprint', 'de')).toMatchObject({ text: 'Lampen AG', version: 2 });
    expect(await draftOf('imprint', 'en')).toMatchObject({ text: null, version: 0 });
  });

  it('is refused with a version that is none', async () => {
    for (const version of [-1, 1.5, 2_147_483_647, Number.MAX_SAFE_INTEGER]) {
      expect((await put('imprint/en', { text: 'Lamps Ltd', version })).status).toBe(400);
    }
  });

  it('of two who change the same version is the first one’s, and the second hears whose', async () => {
    await put('terms/en', { text: 'One', version: 0 });
    const writes = ['Two', 'Three'].map((text, n) =>
      put('terms/en', { text, version: 1 }, n === 0 ? admin : other),
    );
    const answers = await Promise.all(writes);
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 412]));
    const refused = answers.find(({ status }) => status === 412);
    const present = await draftOf('terms', 'en');
    expect(present?.version).toBe(2);
    expect(await refused?.json()).toMatchObject({
      code: 'precondition_failed',
      current: { text: present?.text, version: 2 },
      changedBy: { action: 'legal.write', name: 'A shopper' },
    });
  });

  it('is not made twice, nor in a version that never was', async () => {
    await put('privacy/en', { text: 'One', version: 0 });
    await expectProblem(
      await put('privacy/en', { text: 'Two', version: 0 }),
      412,
      'precondition_failed',
    );
    await expectProblem(
      await put('privacy/de', { text: 'Two', version: 7 }),
      412,
      'precondition_failed',
    );
    expect(await draftOf('privacy', 'de')).toMatchObject({ text: null, version: 0 });
  });

  it('that was deleted has no version again that somebody may still have open', async () => {
    const { version = 0 } = (await draftOf('returns', 'en')) ?? {};
    await put('returns/en', { text: 'One', version });
    await expectProblem(
      await remove(`returns/en?version=${version + 2}`),
      412,
      'precondition_failed',
    );
    expect((await remove(`returns/en?version=${version + 1}`)).status).toBe(204);
    await expectProblem(await remove('returns/en'), 404, 'not_found');
    await expectProblem(
      await put('returns/en', { text: 'Two', version: version + 1 }),
      412,
      'precondition_failed',
    );
    expect((await put('returns/en', { text: 'Two', version: version + 2 })).status).toBe(200);
    expect(await draftOf('returns', 'en')).toMatchObject({ text: 'Two', version: version + 3 });
  });

  it('may be as long as the limit, with the letters of German, and no longer', async () => {
    const text = (LINE + '\n').repeat(LEGAL_CHARS_MAX / (LINE.length + 1) - 1) + LINE + '!';
    expect(text).toHaveLength(LEGAL_CHARS_MAX);
    const { version = 0 } = (await draftOf('terms', 'de')) ?? {};
    expect((await put('terms/de', { text, version })).status).toBe(200);
    expect(await draftOf('terms', 'de')).toMatchObject({ text });
    await expectProblem(
      await put('terms/de', { text: `${text}!`, version: version + 1 }),
      400,
      'malformed',
    );
  });

  it.each(['', '  \n ', 'a\u0000b', 'a\u0007b', '\u200b', '\ud800'])(
    'is refused where it is %j',
    async (text) => {
      await expectProblem(await put('terms/de', { text, version: 0 }), 400, 'malformed');
    },
  );

  it('keeps nothing that would turn the text around it', async () => {
    const { version = 0 } = (await draftOf('imprint', 'en')) ?? {};
    const answer = await put('imprint/en', { text: 'a\u202eb\u2066c', version });
    expect(await answer.json()).toMatchObject({ text: 'abc' });
  });
});

it('a preview is what the page will be, and keeps nothing', async () => {
  const before = await draftOf('imprint', 'de');
  const body = { text: '# Lamps\n<script>alert(1)</script>' };
  const answer = await call('POST', '/admin/legal/preview', { token: admin.token, body });
  expect(await answer.json()).toEqual({
    html: '<h2>Lamps</h2>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n',
  });
  expect(await draftOf('imprint', 'de')).toEqual(before);
});

it('the audit log tells which text was changed, and no word of it', async () => {
  await put('returns/de', { text: 'Secret words', version: 0 }, other);
  const sql =
    'SELECT action, subject, before, after FROM audit_log WHERE actor = $1 AND subject = $2';
  const rows = await deps.stores.db.$client.query(sql, [other.user.id, 'returns/de']);
  expect(rows).toEqual([
    { action: 'legal.write', subject: 'returns/de', before: null, after: null },
  ]);
});

describe('anybody', () => {
  it('reads which pages exist, and each in the language that is asked for', async () => {
    await makeLegalText({ page: 'imprint', language: 'de' }, '# Lampen');
    await makeLegalText({ page: 'imprint', language: 'en' }, '# Lamps');
    const list = await call('GET', '/legal');
    expect(list.headers.get('Cache-Control')).toContain('public, max-age=10');
    const { pages } = await list.json<LegalList>();
    const imprint = pages.find(({ page }) => page === 'imprint');
    expect(imprint?.languages.map(({ language }) => language)).toEqual(['de', 'en']);
    const english = await call('GET', '/legal/imprint?language=en');
    expect(await english.json()).toMatchObject({ language: 'en', html: '<h2>Lamps</h2>\n' });
    const headers = { 'Accept-Language': 'de-CH, en;q=0.5' };
    const german = await call('GET', '/legal/imprint', { headers });
    expect(german.headers.get('Vary')).toContain('Accept-Language');
    expect(await german.json<ShownLegalText>()).toMatchObject({
      language: 'de',
      languages: ['de', 'en'],
      text: '# Lampen',
      html: '<h2>Lampen</h2>\n',
    });
  });

  it('is told with 304 that nothing has changed', async () => {
    const first = await call('GET', '/legal/imprint?language=en');
    const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' };
    expect((await call('GET', '/legal/imprint?language=en', { headers })).status).toBe(304);
  });
});
