/** What an admin wants to give back, as it is typed, and what is at fault with it. Pure. */
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import type { RefundOrder } from '../../../worker/contract/payments.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DRAFT_FAULTS, faultOf } from '../forms/draft-faults.ts';
import { minorUnitsOf, typedMoney } from '../forms/money-input.ts';

export const MEASURES = ['whole', 'units', 'amount'] as const;
export type Measure = (typeof MEASURES)[number];

export interface RefundDraft {
  readonly measure: Measure;
  /** Whose price is given back; counts with `units` alone. */
  readonly units: number;
  /** In major units, as typed; counts with `amount` alone. */
  readonly amount: string;
  /** How many units go back on sale; null while nobody has chosen, so that it follows from the amount. */
  readonly restock: number | null;
  readonly reason: string;
}

/** As it is shown: with as many units as go back on sale. */
export type ShownRefund = RefundDraft & { readonly restock: number };

/** An order of which something can be given back. */
export type Refundable = Pick<
  AdminOrderDetail,
  'currency' | 'totals' | 'unitPriceCents' | 'sentAt'
> & {
  readonly refundable: NonNullable<AdminOrderDetail['refundable']>;
};

export const NEW_REFUND: RefundDraft = {
  measure: 'whole',
  units: 1,
  amount: '',
  restock: null,
  reason: '',
};

/** Others may have given something back since: no more units than there are. */
export function keptWithin(draft: RefundDraft, order: Refundable): ShownRefund {
  const left = order.refundable.units;
  const isLost = draft.measure === 'units' && left === 0;
  const measure = isLost ? 'whole' : draft.measure;
  const units = Math.max(1, Math.min(draft.units, left));
  const restock = draft.restock ?? restockOf({ measure, units }, order);
  return { ...draft, measure, units, restock: Math.min(restock, left) };
}

/** Units whose price goes back go back on sale too. Not once they were sent: nobody knows what comes back. */
function restockOf(
  { measure, units }: Pick<RefundDraft, 'measure' | 'units'>,
  { refundable, sentAt }: Refundable,
): number {
  if (sentAt !== null || measure === 'amount') return 0;
  return measure === 'whole' ? refundable.units : units;
}

/** @returns minor units; null where no amount was typed, or more than is left. */
export function amountOf(draft: RefundDraft, order: Refundable): number | null {
  const left = order.refundable.amountCents;
  if (draft.measure === 'whole') return left;
  if (draft.measure === 'units') return Math.min(left, unitsCents(draft.units, order));
  const amountCents = minorUnitsOf(draft.amount, order.currency);
  return amountCents !== null && amountCents >= 1 && amountCents <= left ? amountCents : null;
}

/** What units cost, with the tax that was added to their price, rounded half up. Delivery is not in it. */
export function unitsCents(
  units: number,
  { totals, unitPriceCents }: Pick<Refundable, 'totals' | 'unitPriceCents'>,
): number {
  return withAddedTax(units * unitPriceCents, totals);
}

/** What of the total no refund by units gives back: delivery, with the tax that was added to it. 0 without one. */
export function shippingCents({ totals }: Pick<Refundable, 'totals'>): number {
  const isDelivered = totals.lines.some(
    ({ kind, amountCents }) => kind === 'shipping' && amountCents > 0,
  );
  const items = totals.lines.find(({ kind }) => kind === 'items');
  return isDelivered ? totals.totalCents - withAddedTax(items?.amountCents ?? 0, totals) : 0;
}

function withAddedTax(priceCents: number, totals: Refundable['totals']): number {
  const tax = totals.lines.find(({ kind, included }) => kind === 'tax' && !included);
  // In whole thousandths of a percent, as rates are configured: so that no half is lost.
  const rateMilli = Math.round((tax?.ratePercent ?? 0) * 1_000);
  return priceCents + Math.floor((priceCents * rateMilli) / 100_000 + 0.5);
}

/** @returns what is asked for, always with the amount that is shown, or what keeps it from being asked. */
export function readRefund(draft: ShownRefund, order: Refundable): RefundOrder | FieldError[] {
  const amountCents = amountOf(draft, order);
  const reason = draft.reason.trim();
  const faults = [
    ...(amountCents === null ? [{ path: 'amountCents', message: amountFault(draft, order) }] : []),
    ...(reason === '' ? [{ path: 'reason', message: DRAFT_FAULTS.required }] : []),
  ];
  if (amountCents === null || faults.length > 0) return faults;
  return { amountCents, restockUnits: draft.restock, reason };
}

function amountFault({ amount }: RefundDraft, { refundable, currency }: Refundable): string {
  const typed = minorUnitsOf(amount, currency);
  if (typed === null || typed === 0) return faultOf(amount, 'amount');
  return `must be at most ${typedMoney(refundable.amountCents, currency)} ${currency}`;
}
