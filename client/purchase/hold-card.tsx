/** A unit held for the shopper: the time left, Confirm and give back. Must not tick or decide. */
import type { ComponentChildren } from 'preact';
import type { Order } from '../../worker/contract/orders.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { formatMoney } from '../format/money.ts';
import { clockDigits } from '../format/times.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { Verb } from './purchase.ts';

const SECOND_MS = 1_000;
const RING_RADIUS = 26;
const RING_LENGTH = 2 * Math.PI * RING_RADIUS;
/** With less left, the ring shows it by its colour. */
const ENDING_MS = 30_000;

export interface PayableHold {
  readonly order: Order;
  /** Cannot be paid for now. */
  readonly isInert: boolean;
  /** Which of the two is under way. */
  readonly deciding: Verb | null;
  onDecide(verb: Verb): void;
}

export interface HoldCardProps {
  readonly order: Order;
  /** What is held, with its variant, for a person. */
  readonly name: string;
  readonly remainingMs: number;
  readonly locale: string;
  /** Which of the two is under way. */
  readonly deciding: Verb | null;
  /** Whether the buttons can be pressed yet. */
  readonly isArmed: boolean;
  readonly problem: CallProblem | undefined;
  /** Draws what stands in place of Confirm, where more has to be known, or only a payment confirms the order. */
  pay(hold: PayableHold): ComponentChildren;
  onDecide(verb: Verb): void;
}

export function HoldCard({ order, name, remainingMs, locale, deciding, ...rest }: HoldCardProps) {
  const { isArmed, problem, pay, onDecide } = rest;
  const isInert = deciding !== null || !isArmed;
  const isMore = order.payOnline || order.needsAddress || order.totals.lines.length > 1;
  const paying = isMore && pay({ order, isInert, deciding, onDecide });
  const price = formatMoney(order.unitPriceCents, { currency: order.currency, locale });
  const digits = clockDigits(remainingMs);
  const spoken = LAZY_TEXTS.holdRemaining(TEXTS.spokenRemaining(remainingMs));
  const wholeMs = Date.parse(order.expiresAt) - Date.parse(order.reservedAt);
  return (
    <section class={`hold ${holdKind(remainingMs)}`} aria-label={TEXTS.holdTitle}>
      <div class="hold-head">
        <Ring share={shareLeft(remainingMs, wholeMs)} />
        <div>
          <p class="hold-title">{TEXTS.holdTitle}</p>
          <p class="hold-item" dir="auto">
            {name}
          </p>
          <p class="hold-digits" role="timer">
            {/* Each anew: a translator would replace the texts in the old one. */}
            <span aria-hidden="true" key={digits} translate={false}>
              {digits}
            </span>
            <span class="visually-hidden" key={spoken}>
              {spoken}
            </span>
          </p>
        </div>
      </div>
      <p class="hold-means">{LAZY_TEXTS.holdMeans}</p>
      {paying || <p>{LAZY_TEXTS.holdBody(order.quantity, price)}</p>}
      {problem &&
        (deciding ? (
          <output class="notice">{TEXTS.retrying}</output>
        ) : (
          <ProblemNotice problem={problem} />
        ))}
      <div class="button-row">
        {!paying && (
          <Button isInert={isInert} onPress={() => onDecide('confirm')}>
            {deciding === 'confirm' ? LAZY_TEXTS.confirming : confirmWords(order)}
          </Button>
        )}
        <Button kind="quiet" isInert={isInert} onPress={() => onDecide('cancel')}>
          {deciding === 'cancel' ? LAZY_TEXTS.givingBack : LAZY_TEXTS.giveBack}
        </Button>
      </div>
    </section>
  );
}

/** What is on the button that orders: where it costs money, that it does. */
export function confirmWords({ totals }: Pick<Order, 'totals'>): string {
  return totals.totalCents > 0 ? LAZY_TEXTS.confirm : LAZY_TEXTS.purchase.confirmFree;
}

export function holdKind(remainingMs: number): string {
  return remainingMs <= ENDING_MS ? 'hold-ending' : '';
}

/** Of the second that begins now its end: the ring glides there in that second. */
export function shareLeft(remainingMs: number, wholeMs: number): number {
  return Math.min(1, Math.max(0, remainingMs - SECOND_MS) / Math.max(1, wholeMs - SECOND_MS));
}

export function Ring({ share }: { share: number }) {
  return (
    <svg class="ring" viewBox="0 0 60 60" aria-hidden="true">
      <circle class="ring-track" cx="30" cy="30" r={RING_RADIUS} />
      <circle
        class="ring-left"
        cx="30"
        cy="30"
        r={RING_RADIUS}
        transform="rotate(-90 30 30)"
        stroke-dasharray={RING_LENGTH}
        stroke-dashoffset={RING_LENGTH * (1 - share)}
      />
    </svg>
  );
}
