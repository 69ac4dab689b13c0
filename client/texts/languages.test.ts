import { afterEach, describe, expect, it } from 'vitest';
import { ADMIN_EN } from '../admin/texts/en.ts';
import { loadAdminTexts } from '../admin/texts/load.ts';
import { loadDrawTexts } from '../draw/texts/load.ts';
import { EN } from './en.ts';
import { LANGUAGES } from './language.ts';
import { loadLazyTexts } from './lazy/load.ts';
import { loadWords } from './load.ts';
import { countIn } from './numbers.ts';
import { REPORT_DE } from './report/de.ts';
import { REPORT_EN } from './report/en.ts';

const REPORTS = { en: REPORT_EN, de: REPORT_DE } as const;

/** Texts that are right as they are in English, by language; every other one has to differ. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: [
    'shop.texts.admin',
    'shop.texts.eventTitle',
    'shop.texts.events',
    'shop.texts.itemLabel',
    'later.orderLine',
    'later.payment.units',
    'later.payment.refundStatus.done',
    'later.address.postalCode.eircode',
    'later.address.region.oblast',
    'later.address.where.line',
    'later.displayName',
    'admin.number',
    'admin.percent',
    'admin.audit.fields.kind',
    'admin.audit.fields.logoUrl',
    'admin.audit.fields.name',
    'admin.audit.fields.region',
    'admin.audit.values.online',
    'admin.face.logo',
    'admin.face.typefaces.inter',
    'admin.face.typefaces.literata',
    'admin.face.typefaces.space_grotesk',
    'admin.finding.groups.events',
    'admin.lifecycle.publish.when',
    'admin.lists.heads.event',
    'admin.lists.heads.mail',
    'admin.translations.field',
    'admin.sections.events',
    'admin.statusFilter',
    'admin.itemName',
    'admin.role.admin',
    'admin.actionFor',
    'admin.commits.milliseconds',
    'admin.deliveries.line',
    'admin.moderation.reasonCount',
    'admin.moderation.reasons.spam',
    'admin.moderation.title',
    'admin.orders.ofEvent',
    'admin.payments.kinds.online',
  ],
};

/** Texts that have other facts than the English one, by language, and why. */
const OTHER_FACTS: Readonly<Record<string, readonly string[]>> = {
  // The law's own words are all that may stand on that button.
  de: ['later.payment.pay'],
};

/** Words that English sentences have and these languages have not. */
const ENGLISH_WORDS = /\b(the|you|your|and|of|please|this|with|from|not)\b/i;

const STANDING = { ahead: 21, canCome: 22, least: 23, outlook: 'likely', closesIn: '24' };
const DEMANDED = { entries: 21, wished: 22, missing: 23, money: '24' };

/** What texts are told that are told more than numbers and words. */
const FACTS: Readonly<Record<string, readonly unknown[]>> = {
  'later.purchase.soldOutCounts': [{ remaining: 21, total: 22, sold: 23, held: 24 }],
  'later.purchase.limitDetail': [{ limit: 21, held: 22, bought: 23 }],
  'later.queue.standing.behind': [STANDING],
  'later.queue.standing.short': [STANDING],
  'later.queue.standing.gone': [STANDING],
  'later.queue.standing.closing': [STANDING],
  'admin.queue.demand.opening': [DEMANDED],
  'admin.queue.demand.now': [DEMANDED],
  'admin.queue.demand.over': [DEMANDED],
  'shop.texts.spokenDuration': [{ days: 21, hours: 22, minutes: 23, seconds: 24 }],
  'shop.texts.spokenRemaining': [22 * 60_000],
};
/** Digits, which pass for a number as well as for a word. */
const PLAIN_FACTS = ['21', '22', '23', '24'];

type Leaf = string | ((...facts: never[]) => string);

function leavesOf(texts: object, path: string): (readonly [string, Leaf])[] {
  return Object.entries(texts).flatMap(([name, value]: [string, Leaf | object]) =>
    typeof value === 'object' ? leavesOf(value, `${path}.${name}`) : [[`${path}.${name}`, value]],
  );
}

function saidBy(path: string, leaf: Leaf): string {
  if (typeof leaf === 'string') return leaf;
  const facts = FACTS[path] ?? PLAIN_FACTS.slice(0, leaf.length);
  return leaf(...(facts as never[]));
}

async function sayAll(language: (typeof LANGUAGES)[number]) {
  const { problems, texts } = await loadWords(language);
  const admin = await loadAdminTexts(language);
  const later = await loadLazyTexts(language);
  const draw = await loadDrawTexts(language);
  const leaves = [
    ...leavesOf({ problems, texts }, 'shop'),
    ...leavesOf(later, 'later'),
    ...leavesOf(admin, 'admin'),
    ...leavesOf(draw, 'draw'),
    ...leavesOf(REPORTS[language], 'report'),
  ];
  return new Map(leaves.map(([path, leaf]) => [path, saidBy(path, leaf)]));
}

function factsIn(text: string | undefined) {
  return PLAIN_FACTS.filter((fact) => text?.includes(fact));
}

afterEach(() => countIn('en'));

it('has the language that is asked for', async () => {
  for (const language of LANGUAGES) expect((await loadWords(language)).language).toBe(language);
  expect(await loadWords('en')).toBe(EN);
  expect(await loadAdminTexts('en')).toBe(ADMIN_EN);
});

describe.each(LANGUAGES.filter((language) => language !== 'en'))('in %s', (language) => {
  it('every text is there, and is not empty', async () => {
    const english = await sayAll('en');
    const said = await sayAll(language);
    expect([...said.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect([...said].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('no text was left in English', async () => {
    const english = await sayAll('en');
    const said = [...(await sayAll(language))];
    const same = said.filter(([path, text]) => text === english.get(path)).map(([path]) => path);
    expect(same.toSorted()).toEqual(SAME_AS_ENGLISH[language]?.toSorted());
    expect(said.filter(([, text]) => ENGLISH_WORDS.test(text))).toEqual([]);
  });

  it('every text has the facts of the English one', async () => {
    const english = await sayAll('en');
    const untold = [...(await sayAll(language))].filter(
      ([path, text]) => factsIn(text).join() !== factsIn(english.get(path)).join(),
    );
    expect(untold.map(([path]) => path)).toEqual(OTHER_FACTS[language]);
  });
});

it('writes durations with the right number of each', async () => {
  const { texts } = await loadWords('de');
  const of = (hours: number, minutes: number) =>
    texts.spokenDuration({ days: 0, hours, minutes, seconds: 0 });
  expect([of(0, 1), of(2, 0), of(1, 30), of(0, 0)]).toEqual([
    '1 Minute',
    '2 Stunden',
    '1 Stunde 30 Minuten',
    'keine Zeit',
  ]);
  expect([12_000, 70_000].map((ms) => texts.spokenRemaining(ms))).toEqual([
    'weniger als 30 Sekunden',
    '1 Minute',
  ]);
});
