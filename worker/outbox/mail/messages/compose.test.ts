import { describe, expect, it } from 'vitest';
import { type Language, languageSchema } from '../../../contract/languages.ts';
import { OUTBOX_KINDS } from '../../../contract/outbox.ts';
import { compose } from './compose.ts';
import type { MailFacts, MailKind } from './message.ts';
import { SAMPLE_FACTS, SAMPLE_SHOP } from './samples.ts';

const LANGUAGES = languageSchema.options;
const KINDS = OUTBOX_KINDS.filter((kind): kind is MailKind => kind.startsWith('mail.'));
const ALL = KINDS.flatMap((kind) => LANGUAGES.map((language) => ({ kind, language })));

function composed<Kind extends MailKind>(
  kind: Kind,
  language: Language,
  facts: Partial<MailFacts[Kind]> = {},
) {
  const shop = SAMPLE_SHOP;
  return compose(kind, { ...SAMPLE_FACTS[kind], ...facts }, { shop, language });
}

/** What a reader sees of it. */
function shownOf(html: string): string {
  const [, body = ''] = html.split('<body');
  return body.replaceAll(/<[^>]*>/g, ' ');
}

function wordsIn(shown: string): string[] {
  return shown.split(/[\s:]+/).filter((word) => /^\p{L}+$/u.test(word));
}

it.each(LANGUAGES)(
  'an order in %s names the variant of its item, where there is one',
  (language) => {
    const textOf = (variantLabel: string | null) =>
      composed('mail.order_confirmed', language, { itemName: 'Shoe', variantLabel }).text;
    expect(textOf('42')).toContain('Shoe · 42');
    expect(textOf(null)).toMatch(/: Shoe$/m);
  },
);

/** Of an order for one unit. */
function totalOf(unitPriceMinor: number, currency: string): string | undefined {
  const facts = { unitPriceMinor, currency, quantity: 1 };
  const [, total] = /Total: (.*)/.exec(composed('mail.order_confirmed', 'en', facts).text) ?? [];
  return total?.replaceAll('\u00a0', ' ');
}

describe.each(ALL)('$kind in $language', ({ kind, language }) => {
  const { subject, text, html } = composed(kind, language);

  it('has a subject of one line that is not cut, and says the same in text and in HTML', () => {
    expect(subject).toMatch(/^[^\p{Cc}]{10,78}$/u);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    const inHtml = new Set(wordsIn(shownOf(html)));
    expect(wordsIn(text).filter((word) => !inHtml.has(word))).toEqual([]);
  });

  it('names the shop, and has each link as text too', () => {
    const { name, url } = SAMPLE_SHOP;
    expect(text).toContain(name);
    expect(text).toContain(url);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const isOwn = link.startsWith(`${url}/`) || link === url;
      // Whoever carries the parcel has a page of their own.
      expect(isOwn || link === SAMPLE_FACTS['mail.order_sent'].trackingUrl).toBe(true);
      expect(text).toContain(link);
      expect(shownOf(html)).toContain(link);
    }
  });

  it('brings no picture, script, style sheet or colour of its own', () => {
    expect(html).not.toMatch(/<(img|script|link|iframe|form|object|svg)\b/i);
    expect(html).not.toMatch(/\b(src|background|bgcolor|onclick)\s*[=:]|url\(|@import/i);
    expect(html).not.toMatch(/(?<!-)\bcolor\s*:|#[0-9a-f]{3,8}\b(?!;)/i);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain(`<html lang="${language}"`);
  });
});

it.each(KINDS)('%s differs between the languages', (kind) => {
  const [en, de] = [composed(kind, 'en'), composed(kind, 'de')];
  expect(en.subject).not.toBe(de.subject);
  expect(en.text).not.toBe(de.text);
});

describe('a link in a mail', () => {
  it('is said to be good as long as it is', () => {
    expect(composed('mail.reset_password', 'en').text).toContain('30 minutes');
    expect(composed('mail.reset_password', 'de').text).toContain('30 Minuten');
    for (const kind of ['mail.verify_email', 'mail.change_email'] as const) {
      expect(composed(kind, 'en').text).toContain('24 hours');
      expect(composed(kind, 'de').text).toContain('24 Stunden');
    }
  });

  it('comes first in the text where the mail is for it', () => {
    for (const kind of ['mail.verify_email', 'mail.change_email', 'mail.reset_password'] as const) {
      const [first] = /https?:\S+/.exec(composed(kind, 'en').text) ?? [];
      expect(first).toBe(SAMPLE_FACTS[kind].link);
    }
  });
});

describe('a mail about an order', () => {
  it('has what was bought, for how much, when, and where to ask', () => {
    const en = composed('mail.order_confirmed', 'en').text;
    const { link } = SAMPLE_FACTS['mail.order_confirmed'];
    for (const part of [
      'Order number: 4F7K-9QX2-M3HT',
      'Quantity: 2',
      'Price of one: €129.90',
      'Total: €259.80',
      '27 November 2026 at 18:00 CET (Europe/Berlin)',
      'help@shop.example',
      link,
    ]) {
      expect(en).toContain(part);
    }
    const de = composed('mail.order_confirmed', 'de').text.replaceAll('\u00a0', ' ');
    expect(de).toContain('Summe: 259,80 €');
    expect(de).toContain('Freitag, 27. November 2026 um 18:00 MEZ (Europe/Berlin)');
  });

  it('has amounts exactly, with the decimals of their currency', () => {
    expect(totalOf(500, 'JPY')).toBe('JP¥500');
    expect(totalOf(1_234, 'BHD')).toBe('BHD 1.234');
    expect(totalOf(9_000_000_000_000_001, 'USD')).toBe('US$90,000,000,000,000.01');
    expect(totalOf(0, 'EUR')).toBe('€0.00');
  });
});

describe('a mail about a cancelled event', () => {
  const amounts = [
    { currency: 'EUR', amountMinor: 38_970 },
    { currency: 'JPY', amountMinor: 500 },
  ];

  it('has what comes back in each currency, with the decimals of that one', () => {
    const en = composed('mail.event_cancelled', 'en', { amounts });
    expect(en.text).toContain('Comes back to you: €389.70');
    expect(en.text).toContain('Comes back to you: JP¥500');
    expect(shownOf(en.html)).toMatch(/€389\.70.*JP¥500/s);
    const de = composed('mail.event_cancelled', 'de', { amounts }).text.replaceAll('\u00a0', ' ');
    expect(de).toContain('Das bekommst du zurück: 389,70 €');
    expect(de).toContain('Das bekommst du zurück: 500 ¥');
  });

  it('says nothing of money where none comes back', () => {
    const { text } = composed('mail.event_cancelled', 'en', { amounts: [] });
    expect(text).not.toMatch(/comes back/i);
  });
});

describe('what somebody wrote', () => {
  const NASTY = '<script>alert(1)</script>"\' & \r\nBcc: eve@example.com\u2028\u202eabc\u0007';

  it('cannot add a header, a tag or a line', () => {
    for (const language of LANGUAGES) {
      const { subject, text, html } = composed('mail.reminder', language, { eventTitle: NASTY });
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
      expect(text).not.toMatch(/^Bcc:/m);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
      expect(html).not.toContain('<script');
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; &amp;');
    }
  });

  it('is escaped and on one line in an order and in a device, too', () => {
    const names = { itemName: NASTY, variantLabel: NASTY, eventTitle: NASTY };
    const order = composed('mail.order_confirmed', 'en', names);
    const device = composed('mail.new_device', 'en', { device: NASTY });
    for (const { text, html } of [order, device]) {
      expect(html).not.toContain('<script');
      expect(text).not.toMatch(/^Bcc:/m);
    }
  });

  it('keeps its own direction, and is cut where it is long', () => {
    const arabic = composed('mail.reminder', 'en', { eventTitle: 'مصابيح' }).subject;
    expect(arabic).toBe('Opens soon: \u2068مصابيح\u2069');
    const long = composed('mail.reminder', 'en', { eventTitle: '💡'.repeat(500) }).subject;
    expect(Array.from(long).length).toBeLessThan(180);
    expect(long.isWellFormed()).toBe(true);
  });
});
