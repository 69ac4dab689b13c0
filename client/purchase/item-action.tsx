/** What a shopper can do with an item now: buy it, or decide about what is held. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { EventItem, EventStatus } from '../../worker/contract/events.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { formatMoney } from '../format/money.ts';
import { clockDigits, durationParts } from '../format/times.ts';
import type { LiveItem } from '../sale/live.ts';
import { offerOf } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { TEXTS } from '../texts/texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useFocusRescue } from '../ui/use-page.ts';
import { BuyControls } from './buy-controls.tsx';
import { HoldCard } from './hold-card.tsx';
import { type OwnOrders, unitsBought } from './own-orders.ts';
import { OwnPurchase } from './own-purchase.tsx';
import { heldOrder, newPriceOf, type Purchase, type Verb } from './purchase.ts';
import { PurchaseOutcome } from './purchase-outcome.tsx';
import { SoldOutHint } from './sold-out-hint.tsx';
import { useArmed } from './use-armed.ts';

export interface ItemActionProps {
  readonly item: LiveItem;
  /** The event's, as of now. */
  readonly status: EventStatus;
  /** When the sale opens, or opened; epoch milliseconds. */
  readonly opensAtMs: number;
  readonly purchase: Purchase;
  readonly own: OwnOrders;
  /** What is to be done where only confirmed addresses may buy. */
  readonly unverified: ComponentChildren;
  onBuy(quantity: number): void;
  onDecide(verb: Verb): void;
  onTimeUp(): void;
}

/** What can be done now: buy, or decide about what is held. */
export function ItemAction(props: ItemActionProps) {
  const { purchase } = props;
  const isWorking = purchase.step === 'buying' || purchase.step === 'deciding';
  const shown = useFocusRescue<HTMLDivElement>(isWorking);
  return (
    <div class="item-action" ref={shown} tabIndex={-1}>
      {heldOrder(purchase) ? <Hold {...props} /> : <Offer {...props} />}
    </div>
  );
}

function Hold({ purchase, onDecide, onTimeUp }: ItemActionProps) {
  const { locale } = useShop();
  // Who hammers Buy must not confirm or give back what that has just won.
  const isArmed = useArmed();
  if (purchase.step !== 'held' && purchase.step !== 'deciding') return null;
  const { order, problem } = purchase;
  return (
    <Ticking key={order.id} momentMs={Date.parse(order.expiresAt)} onReached={onTimeUp}>
      {(remainingMs) => (
        <HoldCard
          order={order}
          remainingMs={remainingMs}
          locale={locale}
          deciding={purchase.step === 'deciding' ? purchase.verb : null}
          isArmed={isArmed}
          problem={problem}
          onDecide={onDecide}
        />
      )}
    </Ticking>
  );
}

function Offer(props: ItemActionProps) {
  const { item, purchase, own } = props;
  const { locale } = useShop();
  const { step } = purchase;
  const isOver = step === 'confirmed' || step === 'cancelled' || step === 'expired';
  const problem = step === 'idle' || step === 'buying' ? purchase.problem : undefined;
  const bought = unitsBought(own, item.id);
  return (
    <>
      {isOver && (
        <PurchaseOutcome
          step={step}
          order={purchase.order}
          problem={step === 'expired' ? purchase.problem : undefined}
          locale={locale}
        />
      )}
      {bought > 0 && step !== 'confirmed' && (
        <OwnPurchase units={bought} isAll={bought >= item.limitPerCustomer} />
      )}
      {problem && step === 'buying' && <StillTrying />}
      {problem && step === 'idle' && <Refusal {...props} problem={problem} />}
      {/* What cannot succeed is not offered. */}
      {bought < item.limitPerCustomer && <Buying {...props} bought={bought} />}
    </>
  );
}

function Buying(props: ItemActionProps & { bought: number }) {
  const { item, status, opensAtMs, purchase, own, bought, onBuy } = props;
  const { drafts, locale, session } = useShop();
  const draft = `quantity ${item.id}`;
  const [quantity, setQuantity] = useState(Number(drafts.read(draft)) || 1);
  const { step } = purchase;
  const newPrice = newPriceOf(purchase);
  return (
    <BuyControls
      itemName={item.name}
      offer={offerOf(item.stock, status)}
      quantityMax={quantityMaxOf(item, bought)}
      quantity={quantity}
      isSignedIn={session.current.value !== null}
      isLooking={own.isLoading}
      isBuying={step === 'buying'}
      isAgain={bought > 0 || step === 'cancelled' || step === 'expired'}
      newPrice={newPrice && formatMoney(newPrice.priceCents, { ...newPrice, locale })}
      hasBought={bought > 0}
      wait={
        <Ticking momentMs={opensAtMs}>
          {(remainingMs) => {
            const words = TEXTS.opensInDigits(waitWords(remainingMs));
            return <span key={words}>{words}</span>;
          }}
        </Ticking>
      }
      onChoose={(chosen) => {
        setQuantity(chosen);
        drafts.write(draft, String(chosen));
      }}
      onBuy={onBuy}
    />
  );
}

interface RefusalProps extends Pick<ItemActionProps, 'item' | 'unverified'> {
  readonly problem: CallProblem;
}

function StillTrying() {
  return <output class="notice">{TEXTS.retrying}</output>;
}

function Refusal({ item, problem, unverified }: RefusalProps) {
  const { locale } = useShop();
  const { nextReleaseAt } = problem;
  const leftThen = problem.stock?.remaining ?? 0;
  if (problem.code === 'sold_out' && leftThen > 0) {
    // More was asked for than was left; a request is granted whole or not at all.
    return <output class="notice">{TEXTS.tooFewLeft(leftThen)}</output>;
  }
  if (problem.code === 'sold_out' && item.stock.remaining > 0) {
    return <output class="notice notice-good">{TEXTS.unitCameBack}</output>;
  }
  return (
    <ProblemNotice problem={problem}>
      {problem.code === 'email_unverified' && unverified}
      {nextReleaseAt && (
        <Ticking momentMs={Date.parse(nextReleaseAt)}>
          {(remainingMs) => (
            <SoldOutHint nextReleaseAt={nextReleaseAt} remainingMs={remainingMs} locale={locale} />
          )}
        </Ticking>
      )}
    </ProblemNotice>
  );
}

function waitWords(remainingMs: number): string {
  const { days } = durationParts(remainingMs);
  return days > 0 ? TEXTS.dayCount(days) : clockDigits(remainingMs);
}

/** What is left, but at least one: with none left one may still try for a returned unit. */
function quantityMaxOf({ limitPerCustomer, stock }: EventItem, bought: number): number {
  return Math.min(limitPerCustomer - bought, Math.max(1, stock.remaining));
}
