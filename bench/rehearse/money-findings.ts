/** Judges the money of a sale: the provider's own lists against the orders. Must not do I/O. */
import { type EventId, eventIdOf, type OrderId, orderIdSchema } from '../../worker/contract/ids.ts';
import type { Row } from './audit.ts';
import type { ProviderLists } from './local-provider.ts';
import { PRICE_CENTS } from './on-sale.ts';

export interface MoneyEvidence {
  eventId: EventId;
  rows: ReadonlyMap<OrderId, Row>;
  lists: ProviderLists;
}

export interface MoneyFigures {
  /** Pages that were opened, and those on which somebody tried to pay. */
  pages: number;
  tried: number;
  /** Orders whose money was taken and kept, and whose was taken and given back. */
  charged: number;
  refunded: number;
  /** Payments that were approved and given back before anything was taken. */
  cancelled: number;
  keptCents: number;
}

/** Of one order, at the provider. */
interface OrderMoney {
  pages: number;
  openPages: number;
  tried: number;
  authorised: number;
  cancelled: number;
  takenCents: number;
  backCents: number;
}

/** Nothing is found only where all payments rest, too. */
export function moneyFindings(evidence: MoneyEvidence): string[] {
  const money = moneyByOrder(evidence);
  const all = [...money.values()];
  const cases = new Map<string, number>();
  for (const id of new Set([...money.keys(), ...evidence.rows.keys()])) {
    const wrong = judgeOrder(evidence.rows.get(id), money.get(id) ?? NOTHING);
    if (wrong !== undefined) cases.set(wrong, (cases.get(wrong) ?? 0) + 1);
  }
  const openPages = sumOf(all, (one) => one.openPages);
  const authorised = sumOf(all, (one) => one.authorised);
  return [
    ...[...cases].map(([what, count]) => `${what}: ${count} orders.`),
    ...(openPages > 0 ? [`${openPages} pages can still be paid on.`] : []),
    ...(authorised > 0 ? [`${authorised} payments are neither taken nor given back.`] : []),
  ];
}

export function moneyFigures(evidence: MoneyEvidence): MoneyFigures {
  const all = [...moneyByOrder(evidence).values()];
  return {
    pages: sumOf(all, ({ pages }) => pages),
    tried: sumOf(all, ({ tried }) => tried),
    charged: all.filter(({ takenCents, backCents }) => takenCents > backCents).length,
    refunded: all.filter(({ takenCents, backCents }) => takenCents > 0 && takenCents <= backCents)
      .length,
    cancelled: sumOf(all, ({ cancelled }) => cancelled),
    keptCents: sumOf(all, ({ takenCents, backCents }) => takenCents - backCents),
  };
}

/** What is wrong with the money of one order. */
function judgeOrder(row: Row | undefined, money: OrderMoney): string | undefined {
  const keptCents = money.takenCents - money.backCents;
  if (row === undefined) {
    return keptCents === 0 ? undefined : 'Charged for an order that nobody was given';
  }
  const isConfirmed = row.status === 'confirmed';
  const dueCents = isConfirmed ? row.units * PRICE_CENTS : 0;
  if (keptCents > dueCents) return isConfirmed ? 'Charged too much' : 'Charged without a unit';
  if (keptCents < dueCents) return 'Confirmed and not charged';
  return isToldRight(row, money)
    ? undefined
    : 'The shop tells of the money other than the provider';
}

function isToldRight({ status, units, payment }: Row, { takenCents }: OrderMoney): boolean {
  if (status === 'confirmed') {
    const { status: told, amountCents, refundedCents } = payment ?? {};
    return told === 'captured' && amountCents === units * PRICE_CENTS && refundedCents === 0;
  }
  if (!payment) return takenCents === 0;
  return payment.status === 'released' || (payment.status === 'refunded' && takenCents > 0);
}

const NOTHING: OrderMoney = {
  pages: 0,
  openPages: 0,
  tried: 0,
  authorised: 0,
  cancelled: 0,
  takenCents: 0,
  backCents: 0,
};

function moneyByOrder({ eventId, lists }: MoneyEvidence): Map<OrderId, OrderMoney> {
  const money = new Map<OrderId, OrderMoney>();
  const of = (metadata: { orderId?: string | undefined }): OrderMoney | undefined => {
    const id = orderIdSchema.safeParse(metadata.orderId);
    if (!id.success || eventIdOf(id.data) !== eventId) return undefined;
    const known = money.get(id.data) ?? { ...NOTHING };
    money.set(id.data, known);
    return known;
  };
  for (const { status, metadata } of lists.sessions) {
    const one = of(metadata);
    if (one === undefined) continue;
    one.pages++;
    if (status === 'open') one.openPages++;
  }
  const intents = new Map<string, OrderMoney>();
  for (const { id, status, amount_received: takenCents, metadata } of lists.intents) {
    const one = of(metadata);
    if (one === undefined) continue;
    intents.set(id, one);
    one.tried++;
    one.takenCents += takenCents;
    if (status === 'requires_capture' || status === 'processing') one.authorised++;
    if (status === 'canceled') one.cancelled++;
  }
  for (const { status, amount, payment_intent: intent } of lists.refunds) {
    const one = intents.get(intent);
    if (one !== undefined && status !== 'failed' && status !== 'canceled') one.backCents += amount;
  }
  return money;
}

function sumOf(all: readonly OrderMoney[], of: (one: OrderMoney) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
