import { afterEach, describe, expect, it } from 'vitest';
import { type ItemInput, itemInputSchema } from '../../../worker/contract/catalogue.ts';
import { eventInputSchema } from '../../../worker/contract/event-input.ts';
import { markSentSchema } from '../../../worker/contract/order-desk.ts';
import {
  readSchedule,
  SALE_MS_MAX,
  type ScheduleInput,
  START_AHEAD_MS_MAX,
} from '../../../worker/contract/schedule.ts';
import { LANGUAGES } from '../../texts/language.ts';
import { countIn } from '../../texts/numbers.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { loadAdminTexts } from '../texts/load.ts';
import { speakAsAdmin } from '../texts/texts.ts';
import { DRAFT_FAULTS } from './draft-faults.ts';
import { faultText } from './fault-text.ts';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');

const ITEM = {
  itemId: 'itm_000000000000000001',
  priceCents: 100,
  stock: 1,
  limitPerCustomer: 1,
};
const EVENT = {
  title: 'Night of lamps',
  description: '',
  currency: 'EUR',
  startsAt: '2026-11-22T20:00',
  endsAt: '2026-11-22T21:00',
  timeZone: 'Europe/Copenhagen',
  holdSeconds: 60,
  published: true,
  items: [ITEM],
};

/** 100 of them in two items. */
function manyVariants() {
  return [1, 2].map((item) => ({
    itemId: `itm_00000000000000000${item}`,
    priceCents: 100,
    variants: Array.from({ length: 50 }, (_, n) => ({
      variantId: `var_${item}${String(n).padStart(17, '0')}`,
      stock: 1,
    })),
  }));
}

type Faults = Readonly<Record<string, string>>;

/** What the API's own schemas say of each field. */
function faultsOf(
  schema: typeof eventInputSchema | typeof itemInputSchema | typeof markSentSchema,
  input: unknown,
) {
  const { error } = schema.safeParse(input);
  const issues = error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

function scheduleFaults(times: Partial<ScheduleInput>): Faults {
  const schedule = readSchedule({ ...EVENT, ...times }, NOW_MS);
  const errors = schedule.ok ? [] : schedule.errors;
  return Object.fromEntries(errors.map(({ path, message }) => [path, message]));
}

function textsOf(faults: Faults) {
  return Object.fromEntries(
    Object.entries(faults).map(([path, message]) => [path, faultText(message)]),
  );
}

const ITEM_FAULTS = faultsOf(itemInputSchema, {
  name: ' ',
  description: 'x'.repeat(2_001),
  category: '\u0000',
  imageUrl: 'ftp://x',
} satisfies ItemInput);
const EVENT_FAULTS = faultsOf(eventInputSchema, {
  ...EVENT,
  title: '',
  currency: 'euro',
  startsAt: '20260-11-22T20:00',
  timeZone: 'Mars/Base',
  holdSeconds: 1,
  items: [{ ...ITEM, stock: 1_000_001, limitPerCustomer: 0 }],
});
const MONEY_FAULTS = [
  faultsOf(eventInputSchema, { ...EVENT, currency: 'ZZZ' }),
  faultsOf(eventInputSchema, {
    ...EVENT,
    currency: 'IDR',
    items: [{ ...ITEM, priceCents: 500_000_000_001 }],
  }),
  faultsOf(eventInputSchema, {
    ...EVENT,
    currency: 'VND',
    items: [{ ...ITEM, priceCents: 5_000_000_000, stock: 1_000_000 }].concat([
      { ...ITEM, itemId: 'itm_000000000000000002', priceCents: 5_000_000_000, stock: 1_000_000 },
    ]),
  }),
];
const SCHEDULE_FAULTS = [
  scheduleFaults({ startsAt: '2026-11-22T01:00' }),
  scheduleFaults({ startsAt: new Date(NOW_MS + START_AHEAD_MS_MAX + 1).toISOString() }),
  scheduleFaults({ endsAt: EVENT.startsAt }),
  scheduleFaults({ endsAt: new Date(NOW_MS + 2 * SALE_MS_MAX).toISOString() }),
  scheduleFaults({ startsAt: '2027-03-28T02:30', endsAt: '2027-03-28T12:00' }),
];

afterEach(() => {
  speakAsAdmin(ADMIN_EN);
  countIn('en');
});

it('has an item’s faults in words', () => {
  expect(textsOf(ITEM_FAULTS)).toEqual({
    name: 'Please fill this in.',
    description: 'Use at most 2,000 characters.',
    category: 'There are control characters in it. Please type it anew.',
    imageUrl: 'This must be an https URL or a path of this site.',
  });
});

const GERMANY = { countries: ['DE'], priceCents: 0 };
const ELSEWHERE = { countries: [], priceCents: 0 };
const DEAR = { ...GERMANY, priceCents: 490 };
const FREE = { ...ITEM, priceCents: 0 };

const DELIVERY_FAULTS = [
  { needsAddress: false, shipping: [GERMANY] },
  { shipping: [GERMANY, GERMANY] },
  { shipping: [ELSEWHERE, ELSEWHERE] },
  { shipping: [{ countries: ['XX'], priceCents: 0 }] },
  { shipping: [DEAR] },
  { shipping: [DEAR], payment: 'online', items: [FREE] },
  { shipping: Array.from({ length: 21 }, () => GERMANY) },
].map((delivery) => faultsOf(eventInputSchema, { ...EVENT, needsAddress: true, ...delivery }));

it('has an event’s faults in words', () => {
  expect(textsOf(EVENT_FAULTS)).toEqual({
    title: 'Please fill this in.',
    currency: 'This must be a currency.',
    startsAt: 'This must be a date and a time.',
    timeZone: 'This must be the IANA name of a time zone.',
    holdSeconds: 'Use 5 or more.',
    'items.0.stock': 'Use 1,000,000 or less.',
    'items.0.limitPerCustomer': 'Use 1 or more.',
  });
});

it('has what is wrong with an event’s times', () => {
  expect(SCHEDULE_FAULTS.map(textsOf)).toEqual([
    { startsAt: 'This must not be in the past.' },
    { startsAt: 'This must be within 1,825 days.' },
    { endsAt: 'This must be after the opening.' },
    { endsAt: 'This must be at most 90 days after the opening.' },
    {
      startsAt: 'Clocks are put forward then: this time does not exist in the time zone.',
    },
  ]);
});

it('has the most that things may cost as an amount of the currency', () => {
  expect(MONEY_FAULTS.map(textsOf)).toEqual([
    { currency: 'This must be a currency.' },
    { 'items.0.priceCents': expect.stringMatching(/^Use IDR.5,000,000,000\.00 or less\.$/) },
    {
      items: expect.stringMatching(
        /^All units together must not be worth more than ₫9,000,000,000,000,000\.$/,
      ),
    },
  ]);
});

it('has what is wrong with the delivery of an event', () => {
  expect(DELIVERY_FAULTS.map(textsOf)).toEqual([
    { shipping: ADMIN_EN.faults.addressless },
    { shipping: ADMIN_EN.faults.countryTwice },
    { shipping: ADMIN_EN.faults.elsewhereTwice },
    { 'shipping.0.countries.0': ADMIN_EN.faults.country },
    { shipping: ADMIN_EN.faults.unpaidShipping },
    { 'items.0.priceCents': ADMIN_EN.faults.freeShipped },
    { shipping: 'Use at most 20 items.' },
  ]);
});

it('shows a fault in words nobody foresaw as it came', () => {
  expect(faultText('Invalid input')).toBe('Invalid input.');
  expect(faultText('must be blue')).toBe('This must be blue.');
});

describe.each(LANGUAGES)('in %s', (language) => {
  it('has words of its own for every fault that the forms can get', async () => {
    const texts = await loadAdminTexts(language);
    const unforeseen: string[] = [];
    speakAsAdmin({
      ...texts,
      faults: { ...texts.faults, unforeseen: (message) => String(unforeseen.push(message)) },
    });
    const items = [ITEM, ITEM];
    const faults = [
      ITEM_FAULTS,
      EVENT_FAULTS,
      ...SCHEDULE_FAULTS,
      ...MONEY_FAULTS,
      ...DELIVERY_FAULTS,
      DRAFT_FAULTS,
      faultsOf(itemInputSchema, { name: 'x', imageUrl: 'x'.repeat(2_049) }),
      faultsOf(eventInputSchema, { ...EVENT, items }),
      faultsOf(eventInputSchema, { ...EVENT, items: [] }),
      faultsOf(eventInputSchema, { ...EVENT, oneLimitPerMailbox: true }),
      faultsOf(eventInputSchema, { ...EVENT, items: Array.from({ length: 51 }, () => ITEM) }),
      faultsOf(itemInputSchema, { name: 'x', variants: [{ label: '' }, { label: 'M' }] }),
      faultsOf(itemInputSchema, { name: 'x', variants: [{ label: 'M' }, { label: 'M' }] }),
      // As they come out of spreadsheets.
      ...['\u200eM', '\u200b', 'M\nL'].map((label) =>
        faultsOf(itemInputSchema, { name: 'x', variants: [{ label }] }),
      ),
      faultsOf(eventInputSchema, { ...EVENT, items: manyVariants() }),
      ...['parcels', 'ftp://parcels.example/1', `https://p.example/${'x'.repeat(2_048)}`].map(
        (trackingUrl) => faultsOf(markSentSchema, { trackingUrl }),
      ),
      // Said where the catalogue is looked into, not by a schema.
      { 'items.0.itemId': 'is not in the catalogue' },
      { 'items.0.variants.0.variantId': 'is not a variant of this item' },
    ].flatMap((of) => Object.values(of));
    expect(faults.length).toBeGreaterThan(20);
    expect(faults.map(faultText).filter((text) => /undefined|NaN/.test(text))).toEqual([]);
    expect(unforeseen).toEqual([]);
  });
});
