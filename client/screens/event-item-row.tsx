/** One item on the event's screen: joins its purchase's state with the parts that show it. */
import { useEffect, useState } from 'preact/hooks';
import type { EventItem, EventStatus } from '../../worker/contract/events.ts';
import { Ticking } from '../hooks/ticking.tsx';
import { useArmed } from '../hooks/use-armed.ts';
import { useFocusRescue } from '../hooks/use-page.ts';
import { BuyControls } from '../parts/buy-controls.tsx';
import { HoldCard } from '../parts/hold-card.tsx';
import { ItemCard } from '../parts/item-card.tsx';
import { Later } from '../parts/later.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { PurchaseOutcome } from '../parts/purchase-outcome.tsx';
import { NextRelease, SoldOutHint } from '../parts/sold-out-hint.tsx';
import { useShop } from '../shop.ts';
import type { CallProblem } from '../state/call-problem.ts';
import type { LiveItem } from '../state/live.ts';
import { formatMoney } from '../state/money.ts';
import { heldOrder, newPriceOf, type Purchase, type Verb } from '../state/purchase.ts';
import { offerOf } from '../state/sale.ts';
import { TEXTS } from '../texts.ts';

export interface ItemActionProps {
  readonly item: LiveItem;
  /** The event's, as of now. */
  readonly status: EventStatus;
  readonly purchase: Purchase;
  onBuy(quantity: number): void;
  onDecide(verb: Verb): void;
  onTimeUp(): void;
}

export interface EventItemRowProps extends ItemActionProps {
  readonly eventId: string;
  readonly currency: string;
}

export function EventItemRow({ eventId, currency, ...action }: EventItemRowProps) {
  const { item } = action;
  const { locale } = useShop();
  const href = `/events/${eventId}/items/${item.id}`;
  // Whoever comes back from signing in is led to the item that they were about to buy.
  useEffect(() => {
    if (location.hash === `#${item.id}`)
      document.getElementById(item.id)?.scrollIntoView({ block: 'end' });
  }, []);
  return (
    <ItemCard
      item={item}
      currency={currency}
      locale={locale}
      href={href}
      rating={
        <Later waiting={<a href={href}>{TEXTS.itemDetails}</a>}>
          {({ ItemRating }) => <ItemRating itemId={item.itemId} name={item.name} href={href} />}
        </Later>
      }
    >
      <ItemAction {...action} />
    </ItemCard>
  );
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

function Offer({ item, status, purchase, onBuy }: ItemActionProps) {
  const { drafts, locale, session } = useShop();
  const draft = `quantity ${item.id}`;
  const [quantity, setQuantity] = useState(Number(drafts.read(draft)) || 1);
  const { step } = purchase;
  const isOver = step === 'confirmed' || step === 'cancelled' || step === 'expired';
  const newPrice = newPriceOf(purchase);
  const problem = step === 'idle' || step === 'buying' ? purchase.problem : undefined;
  // More would be refused; whoever has bought less in another order is told by the server.
  const hasAll = step === 'confirmed' && purchase.order.quantity >= item.limitPerCustomer;
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
      {problem && step === 'buying' && <StillTrying />}
      {problem && step === 'idle' && <Refusal item={item} problem={problem} />}
      {!hasAll && (
        <BuyControls
          itemName={item.name}
          offer={offerOf(item.stock, status)}
          quantityMax={quantityMaxOf(item)}
          quantity={quantity}
          isSignedIn={session.current.value !== null}
          isBuying={step === 'buying'}
          isAgain={isOver}
          newPrice={newPrice && formatMoney(newPrice.priceCents, { ...newPrice, locale })}
          hasBought={step === 'confirmed'}
          hasHint={problem === undefined}
          onChoose={(chosen) => {
            setQuantity(chosen);
            drafts.write(draft, String(chosen));
          }}
          onBuy={onBuy}
        />
      )}
      {offerOf(item.stock, status) === 'all_held' && item.nextReleaseAtMs && !problem && (
        <Ticking momentMs={item.nextReleaseAtMs}>
          {(remainingMs) => <NextRelease remainingMs={remainingMs} />}
        </Ticking>
      )}
    </>
  );
}

interface RefusalProps {
  readonly item: EventItem;
  readonly problem: CallProblem;
}

function StillTrying() {
  return <output class="notice">{TEXTS.retrying}</output>;
}

function Refusal({ item, problem }: RefusalProps) {
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

/** What is left, but at least one: with none left one may still try for a returned unit. */
function quantityMaxOf({ limitPerCustomer, stock }: EventItem): number {
  return Math.min(limitPerCustomer, Math.max(1, stock.remaining));
}
