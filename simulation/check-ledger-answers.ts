/** What the ledger says about a group must be true of the rows that it has just committed. */
import { isDeepStrictEqual } from 'node:util';
import type { LedgerAnswer, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { type Commit, isOfOrder, mayAct, type OfOrder, type Reserve } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import { type OrderRow, recordOf, shareLimit, unitsOf } from './ledger.ts';
import { totalOfOrder } from './order-totals.ts';
import { releasedAtMs, shownPayment } from './payment-rows.ts';

export function checkLedgerAnswers(commit: Commit, violated: ReportViolation): void {
  const { group, settlement, after } = commit;
  if (settlement.answers.length !== group.length) {
    violated('every attempt is answered', `${settlement.answers.length} of ${group.length}`);
  }
  for (const item of settlement.items) {
    const row = rowOf(commit, item.id);
    const { total, remaining, held, sold, queue } = row ?? {};
    const stock = { total, remaining, held, sold, ...(settlement.queue && { queue }) };
    const { id: _i, nextReleaseAtMs: _n, ...told } = item;
    if (!isDeepStrictEqual(told, stock)) {
      violated('the stock that is told is the stock', JSON.stringify({ told, stock }));
    }
  }
  for (const [n, attempt] of group.entries()) {
    const answer = settlement.answers[n];
    if (answer === undefined || answer === null) {
      violated('every attempt is answered', `${attempt.kind} of ${attempt.customerId}`);
    } else if (!isOfOrder(attempt) || 'entry' in answer) {
      checkKind({ attempt, answer }, violated);
    } else if ('order' in answer) {
      checkYes({ commit, attempt }, answer.order, violated);
    } else {
      checkNo({ commit, attempt }, answer, violated);
    }
  }
  for (const { customerId, order } of settlement.unaskedOrders) {
    const row = after.orders.get(order.id);
    if (row?.customerId !== customerId || !isDeepStrictEqual(recordOf(row), order)) {
      violated('an order that is told is a row', JSON.stringify({ customerId, order }));
    }
  }
  checkTurns(commit, violated);
  if (settlement.opensAtMs !== after.opensAtMs || settlement.closesAtMs !== after.closesAtMs) {
    violated('the times that are told are the times', JSON.stringify(settlement));
  }
}

interface Answered {
  commit: Commit;
  attempt: OfOrder;
}

/** What is about the queue is answered with an entry, and nothing else is. */
function checkKind(
  { attempt, answer }: { attempt: StampedAttempt; answer: LedgerAnswer },
  violated: ReportViolation,
): void {
  if ('refusal' in answer || (!isOfOrder(attempt) && 'entry' in answer)) return;
  violated(
    'an answer is of the kind that was asked for',
    `${attempt.kind} ${JSON.stringify(answer)}`,
  );
}

function checkYes(
  { commit, attempt }: Answered,
  order: Extract<LedgerAnswer, { order: unknown }>['order'],
  violated: ReportViolation,
): void {
  const row = commit.after.orders.get(order.id);
  const { customerId, reserveKey } = row ?? {};
  if (!isDeepStrictEqual(row && toldOf(commit, row, order), order)) {
    violated('a yes is a row', JSON.stringify({ order, row }));
  }
  if (customerId !== attempt.customerId) {
    violated('nobody is given another’s order', `${order.id} to ${attempt.customerId}`);
  }
  if (attempt.kind === 'reserve' && attempt.eventItemId !== order.eventItemId) {
    violated('nobody is given another item than they asked for', order.id);
  }
  if (attempt.kind !== 'reserve') {
    const wanted = attempt.kind === 'cancel' ? 'cancelled' : 'confirmed';
    const isReturn = attempt.kind === 'return_units';
    if (order.id !== attempt.orderId || (order.status !== wanted && !isReturn)) {
      violated('a yes is to what was asked', `${attempt.kind} ${order.id} ${order.status}`);
    }
    const isDoneNow = !isReturn && commit.before.orders.get(order.id)?.status !== wanted;
    if (isDoneNow && !mayAct(commit, attempt) && !isDoneBefore({ commit, attempt })) {
      violated('nothing is done for whose login has ended', `${attempt.kind} ${order.id}`);
    }
  } else if (order.id !== attempt.orderId && attempt.key !== null && reserveKey !== attempt.key) {
    violated('a key finds its own order', `${attempt.key} found ${order.id}`);
  } else if ((attempt.shownPriceCents ?? order.unitPriceCents) !== order.unitPriceCents) {
    violated('nobody is given an order at a price that was not shown', order.id);
  }
}

/** Whether an earlier attempt of the group has ended the order like this, by somebody who may. */
function isDoneBefore({ commit, attempt }: Answered): boolean {
  const isCancel = attempt.kind === 'cancel';
  const earlier = commit.group.slice(0, commit.group.indexOf(attempt));
  return earlier.some(
    (other, n) =>
      (isCancel ? other.kind === 'cancel' : other.kind.startsWith('confirm')) &&
      isOfOrder(other) &&
      other.orderId === attempt.orderId &&
      'order' in (commit.settlement.answers[n] ?? {}) &&
      mayAct(commit, other),
  );
}

function checkNo(
  { commit, attempt }: Answered,
  answer: LedgerAnswer,
  violated: ReportViolation,
): void {
  if (!('refusal' in answer)) return;
  const { before, after } = commit;
  const wrong = (why: string) =>
    violated(`${answer.refusal} is said only when it is so`, `${why}: ${JSON.stringify(attempt)}`);
  const row = after.orders.get(attempt.orderId);
  if (answer.refusal === 'unauthenticated' && mayAct(commit, attempt)) {
    wrong('the customer is signed in');
  }
  const isUnverified = before.requireVerifiedEmail && before.unverified.has(attempt.customerId);
  const mayBeUnverified = attempt.kind === 'reserve' && isUnverified;
  if (answer.refusal === 'email_unverified' && !mayBeUnverified) wrong('it is not asked for here');
  if (attempt.kind === 'reserve') {
    if (row) return wrong('it has its row');
    if (answer.refusal === 'not_open' && attempt.atMs >= before.opensAtMs) wrong('it is open');
    if (answer.refusal === 'closed' && attempt.atMs < before.closesAtMs) wrong('it is not over');
    const item = rowOf(commit, attempt.eventItemId);
    if (answer.refusal === 'not_found' && item && before.published) wrong('the item is there');
    if (/^(closed|not_open)$/.test(answer.refusal) && !before.published)
      wrong('it is off the lists');
    if (answer.refusal === 'sold_out' && (item?.remaining ?? 0) >= attempt.quantity) {
      wrong(`${item?.remaining} are free`);
    }
    if (answer.refusal === 'changed') {
      const { priceCents, currency } = answer;
      if (attempt.shownPriceCents === priceCents && attempt.shownCurrency === currency) {
        wrong('it is as shown');
      }
      if (!isPriceOf({ commit, attempt }, priceCents)) wrong(`${priceCents} is no price of it`);
    }
    if (answer.refusal === 'limit_reached') {
      const { limit, held, bought } = answer;
      if (held + bought + attempt.quantity <= limit || limit !== item?.limit) wrong('it fits');
      const now = unitsOf(
        { orders: after.orders.values(), items: after.items },
        attempt,
        shareLimit(after),
      );
      if (held + bought > now.held + now.bought) wrong('they have less');
    }
    return;
  }
  const mine = row?.customerId === attempt.customerId ? row : undefined;
  if (attempt.kind === 'return_units') return;
  if (answer.refusal === 'not_found' && mine) wrong('the order is there');
  if (answer.refusal === 'payment_required') checkUnpaid({ commit, attempt }, mine, wrong);
  if (answer.refusal === 'order_confirmed' && mine?.status !== 'confirmed') wrong('it is not');
  if (answer.refusal === 'order_cancelled' && mine?.status !== 'cancelled') wrong('it is not');
  if (answer.refusal === 'hold_expired') checkTooLate({ commit, attempt }, mine, wrong);
}

/** The item's own, or of a hold on it that its customer has. */
function isPriceOf({ commit, attempt }: Answered, priceCents: number): boolean {
  if (attempt.kind !== 'reserve') return false;
  const { customerId, eventItemId } = attempt;
  return (
    rowOf(commit, eventItemId)?.priceCents === priceCents ||
    [...commit.after.orders.values()].some(
      (order) =>
        order.customerId === customerId &&
        order.eventItemId === eventItemId &&
        order.status === 'pending' &&
        order.unitPriceCents === priceCents,
    )
  );
}

/** Of an order that is paid online: by its customer alone, or by a payment that does not pay for it. */
function checkUnpaid(
  { commit, attempt }: Answered,
  row: OrderRow | undefined,
  wrong: (why: string) => void,
): void {
  if (!row?.payOnline) return wrong('nothing is to be paid');
  if (attempt.kind === 'confirm' && attempt.atMs >= row.expiresAtMs) return wrong('it has ended');
  if (attempt.kind !== 'confirm_paid') return;
  const payment = commit.before.payments.get(attempt.paymentId);
  const isOfIt = payment?.orderId === row.id && payment.amountMinor === totalOfOrder(row);
  if (isOfIt && payment.state === 'authorised') wrong('it is paid');
}

function checkTooLate(
  { commit, attempt }: Answered,
  row: OrderRow | undefined,
  wrong: (why: string) => void,
): void {
  // Nobody confirms by themselves in the grace of whoever pays.
  const isInGrace = attempt.kind === 'confirm' && row?.payOnline && attempt.atMs >= row.expiresAtMs;
  if (row?.status !== 'expired' && row?.status !== 'confirmed' && !isInGrace)
    return wrong(`it is ${row?.status}`);
  const was = commit.before.orders.get(row.id);
  const endsAtMs = attempt.kind === 'confirm' ? row.expiresAtMs : releasedAtMs(row);
  if (attempt.kind !== 'cancel' && was?.status === 'pending' && attempt.atMs < endsAtMs) {
    wrong(`it came ${endsAtMs - attempt.atMs} ms before the end`);
  }
}

/** Order of arrival: nobody who came later in a group is given what an earlier one was refused. */
function checkTurns({ group, settlement, before }: Commit, violated: ReportViolation): void {
  const refused: Reserve[] = [];
  for (const [n, attempt] of group.entries()) {
    const answer = settlement.answers[n];
    if (attempt.kind !== 'reserve' || !answer) continue;
    if ('refusal' in answer) {
      if (answer.refusal === 'sold_out') refused.push(attempt);
      continue;
    }
    if (!('order' in answer)) continue;
    if (answer.order.id !== attempt.orderId || before.orders.has(answer.order.id)) continue;
    const passed = refused.find(
      (earlier) =>
        earlier.eventItemId === attempt.eventItemId && earlier.quantity <= attempt.quantity,
    );
    if (passed)
      violated('units go in order of arrival', `${attempt.orderId} before ${passed.orderId}`);
  }
}

/** With what is told of its payment. Its units may come back behind the answer, in the same group. */
function toldOf(
  { before, after }: Commit,
  row: OrderRow,
  { unitsReturned }: ReturnType<typeof recordOf>,
) {
  const isBefore = unitsReturned === before.orders.get(row.id)?.unitsReturned;
  return {
    ...recordOf(row),
    payment: shownPayment(row, after.payments.values()),
    unitsReturned: (isBefore ? unitsReturned : undefined) ?? row.unitsReturned,
  };
}

function rowOf({ after }: Commit, id: string) {
  return after.items.find((item) => item.id === id);
}
