/** What an event that is to be published promises, line by line, and what of it is not in order. Pure. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { LegalPage } from '../../../worker/contract/legal.ts';
import { readSchedule } from '../../../worker/contract/schedule.ts';
import { exactTime } from '../../format/exact-time.ts';
import { formatMoney } from '../../format/money.ts';
import { TEXTS } from '../../texts/texts.ts';
import { shippingText } from '../events/countries-picker.tsx';
import { shippingDraftsOf } from '../events/delivery-draft.ts';
import { groupedByItem, type ItemGroup } from '../events/item-lines.ts';
import { faultText } from '../forms/fault-text.ts';
import { legalPagesToWrite } from '../legal/legal-place.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface CheckLine {
  readonly name: string;
  readonly facts: readonly string[];
  /** `wrong`: the server would refuse to publish it. `look`: it would not, but is it meant so? */
  readonly state: 'good' | 'look' | 'wrong';
  /** Where it can be changed; undefined where it cannot. */
  readonly mend?: { readonly href: string; readonly text: string } | undefined;
}

export interface Checked {
  readonly event: AdminEvent;
  readonly nowMs: number;
  readonly locale: string;
  readonly takesPayments: boolean;
  readonly sendsMail: boolean;
  /** Those that are there; undefined while that is not known. */
  readonly legalPages: readonly LegalPage[] | undefined;
}

export function publishChecks(checked: Checked): readonly CheckLine[] {
  const { event } = checked;
  return [
    ...stateLines(event),
    ...timeLines(checked),
    descriptionLine(event),
    coverLine(event),
    ...groupedByItem(event.items).map((group) => itemLine(group, checked)),
    paymentLine(checked),
    deliveryLine(event),
    admissionLine(checked),
    buyersLine(checked),
    ...legalLines(checked),
  ];
}

function stateLines({ cancelledAt, closedAt }: AdminEvent): CheckLine[] {
  const { lines, cancelled, closed } = ADMIN_TEXTS.lifecycle.publish;
  if (cancelledAt === null && closedAt === null) return [];
  return [{ name: lines.state, facts: [cancelledAt ? cancelled : closed], state: 'wrong' }];
}

/** By the clocks of the event's zone, and in UTC for everybody else's. */
function timeLines({ event, nowMs, locale }: Checked): CheckLine[] {
  const { planned, timeZone } = event;
  const { startsAt, endsAt } = planned;
  const schedule = readSchedule({ startsAt, endsAt, timeZone }, nowMs);
  return (['startsAt', 'endsAt'] as const).map((field) => {
    const there = `${exactTime(planned[field], locale, timeZone)} (${timeZone.replaceAll('_', ' ')})`;
    const utc = exactTime(planned[field], locale, 'UTC');
    const fault = schedule.ok
      ? undefined
      : schedule.errors.find(({ path }) => path === field)?.message;
    const when = ADMIN_TEXTS.lifecycle.publish.when(there, utc);
    return {
      name: ADMIN_TEXTS[field],
      facts: fault === undefined ? [when] : [when, faultText(fault)],
      state: fault === undefined ? 'good' : 'wrong',
      mend: planOf(event),
    };
  });
}

function descriptionLine(event: AdminEvent): CheckLine {
  const { lines, described, noDescription } = ADMIN_TEXTS.lifecycle.publish;
  const isThere = event.description.trim() !== '';
  return {
    name: lines.description,
    facts: [isThere ? described : noDescription],
    state: isThere ? 'good' : 'look',
    mend: planOf(event),
  };
}

function coverLine(event: AdminEvent): CheckLine {
  const { lines, cover, noCover } = ADMIN_TEXTS.lifecycle.publish;
  const facts = [event.coverUrl === null ? noCover : cover];
  return { name: lines.pictures, facts, state: 'good', mend: planOf(event) };
}

function itemLine({ first, all }: ItemGroup, { event, locale }: Checked): CheckLine {
  const texts = ADMIN_TEXTS.lifecycle.publish;
  const { currency } = event;
  const prices = [...new Set(all.map(({ priceCents }) => priceCents))].toSorted((a, b) => a - b);
  const price = prices.map((cents) => formatMoney(cents, { currency, locale })).join(' / ');
  const units = all.reduce((sum, { stock }) => sum + stock.total, 0);
  const pictures = first.pictures.length;
  const warnings = [
    ...(units === 0 ? [texts.noUnits] : []),
    ...(units > 1 && first.limitPerCustomer >= units ? [texts.wideLimit] : []),
  ];
  const facts = [
    texts.item(price, units, first.limitPerCustomer),
    pictures === 0 ? texts.noPicture : texts.pictures(pictures),
    ...warnings,
  ];
  const state = warnings.length > 0 || pictures === 0 ? 'look' : 'good';
  const inCatalogue = { href: `/admin/catalogue/${first.itemId}`, text: texts.editItem };
  const mend = warnings.length > 0 ? planOf(event) : inCatalogue;
  return { name: first.name, facts, state, mend };
}

function paymentLine({ event, takesPayments }: Checked): CheckLine {
  const { lines, online, noProvider, unpaid, free } = ADMIN_TEXTS.lifecycle.publish;
  const line = { name: lines.payment, mend: planOf(event) };
  if (event.payment === 'online') {
    return takesPayments
      ? { ...line, facts: [online], state: 'good' }
      : { ...line, facts: [noProvider], state: 'wrong' };
  }
  const isFree = event.items.every(({ priceCents }) => priceCents === 0);
  return { ...line, facts: [isFree ? free : unpaid], state: isFree ? 'good' : 'look' };
}

function deliveryLine(event: AdminEvent): CheckLine {
  const { lines, unasked, everywhere, asked } = ADMIN_TEXTS.lifecycle.publish;
  const groups = shippingDraftsOf(event.shipping, event.currency).map(shippingText).join('; ');
  const priced = groups === '' ? everywhere : asked(`${groups} (${event.currency})`);
  const facts = [event.needsAddress ? priced : unasked];
  return { name: lines.delivery, facts, state: 'good', mend: planOf(event) };
}

function admissionLine({ event, nowMs, locale }: Checked): CheckLine {
  const { lines, firstCome, draw, entriesOver } = ADMIN_TEXTS.lifecycle.publish;
  const line = { name: lines.admission, mend: planOf(event) };
  const { entriesCloseAt, timeZone } = event;
  if (entriesCloseAt === null) return { ...line, facts: [firstCome], state: 'good' };
  const fact = draw(exactTime(entriesCloseAt, locale, timeZone));
  return Date.parse(entriesCloseAt) <= nowMs
    ? { ...line, facts: [fact, entriesOver], state: 'wrong' }
    : { ...line, facts: [fact], state: 'good' };
}

function buyersLine({ event, sendsMail }: Checked): CheckLine {
  const texts = ADMIN_TEXTS.lifecycle.publish;
  const line = { name: texts.lines.buyers, mend: planOf(event) };
  if (!event.requireVerifiedEmail) return { ...line, facts: [texts.everybody], state: 'good' };
  if (!sendsMail) return { ...line, facts: [texts.noMail], state: 'wrong' };
  const fact = event.oneLimitPerMailbox ? texts.verifiedOnce : texts.verified;
  return { ...line, facts: [fact], state: 'good' };
}

function legalLines({ legalPages }: Checked): CheckLine[] {
  if (legalPages === undefined) return [];
  const { lines, legalThere, legalMissing, writeLegal } = ADMIN_TEXTS.lifecycle.publish;
  const missing = legalPagesToWrite().filter((page) => !legalPages.includes(page));
  const names = missing.map((page) => TEXTS.legal[page]).join(', ');
  return [
    {
      name: lines.legal,
      facts: [missing.length === 0 ? legalThere : legalMissing(names)],
      state: missing.length === 0 ? 'good' : 'look',
      mend: { href: '/admin/legal', text: writeLegal },
    },
  ];
}

function planOf({ id }: AdminEvent) {
  return { href: `/admin/events/${id}/edit`, text: ADMIN_TEXTS.lifecycle.publish.edit };
}
