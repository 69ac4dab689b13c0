/** What a shopper can do with an item now: buy it, or decide about what is held. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { EventStatus } from '../../worker/contract/events.ts';
import { itemTitle } from '../format/item-title.ts';
import { formatMoney } from '../format/money.ts';
import { clockDigits, durationParts } from '../format/times.ts';
import type { LiveItem } from '../sale/live.ts';
import { offerOf } from '../sale/sale.ts';
import { chooseWords, type Variants } from '../sale/variants.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { TEXTS } from '../texts/texts.ts';
import { useFocusRescue } from '../ui/use-page.ts';
import { BuyControls } from './buy-controls.tsx';
import type { HoldProps } from './hold.tsx';
import { boughtOf, type OwnOrders, unitsOf } from './own-orders.ts';
import { heldOrder, NO_PURCHASE, newPriceOf, type Purchase } from './purchase.ts';
import type { PurchaseNewsProps } from './purchase-news.tsx';

export interface ItemActionProps {
  /** A variant, or all of them together while none is chosen. */
  readonly item: LiveItem;
  readonly isChosen: boolean;
  readonly variants: Variants;
  /** The event's, as of now. */
  readonly status: EventStatus;
  /** When the sale opens, or opened; epoch milliseconds. */
  readonly opensAtMs: number;
  /** By event item id. */
  readonly purchases: Readonly<Record<string, Purchase>>;
  readonly own: OwnOrders;
  /** Draws what is told above Buy, which is fetched after the first screen. */
  news(facts: PurchaseNewsProps): ComponentChildren;
  /** Draws the queue, which stands where Buy would, or above a hold that came from it. */
  queue(place: QueuePlace): ComponentChildren;
  /** Draws what is held, which is fetched after the first screen. */
  hold(facts: Omit<HoldProps, 'name' | 'pay'>): ComponentChildren;
  onBuy(quantity: number): void;
  readonly onDecide: HoldProps['onDecide'];
  readonly onTimeUp: HoldProps['onTimeUp'];
}

export interface QueuePlace {
  /** Units that the limit leaves. */
  readonly left: number;
  /** The way to buy, where what is left allows it. */
  readonly children: ComponentChildren;
}

/** What can be done now: buy, or decide about what is held. */
export function ItemAction(props: ItemActionProps) {
  const { item, variants, purchases, own, news, onDecide, onTimeUp } = props;
  const purchase = purchases[item.id] ?? NO_PURCHASE;
  const isWorking = purchase.step === 'buying' || purchase.step === 'deciding';
  const shown = useFocusRescue<HTMLDivElement>(isWorking);
  const bought = boughtOf(own, variants);
  const held = variants.flatMap(({ id }) => heldOrder(purchases[id] ?? NO_PURCHASE) ?? []);
  // One limit counts over all variants.
  const left = item.limitPerCustomer - unitsOf(bought) - unitsOf(held);
  const isAll = left <= 0;
  const isHeld = heldOrder(purchase) !== null;
  return (
    <div class="item-action" ref={shown} tabIndex={-1}>
      {!isHeld &&
        (purchase.step !== 'idle' || purchase.problem || bought.length + held.length > 0) &&
        news({ item, purchase, bought, held, isAll, onTimeUp })}
      {purchase.step === 'buying' && purchase.problem && (
        <output class="notice">{TEXTS.retrying}</output>
      )}
      {props.queue({
        left,
        // What cannot succeed is not offered.
        children: !isHeld && !isAll && (
          <Buying {...props} purchase={purchase} left={left} hasBought={bought.length > 0} />
        ),
      })}
      {isHeld && props.hold({ purchase, onDecide, onTimeUp })}
    </div>
  );
}

interface BuyingProps extends ItemActionProps {
  /** Of the item that is shown. */
  readonly purchase: Purchase;
  /** Units that the limit leaves. */
  readonly left: number;
  readonly hasBought: boolean;
}

function Buying(props: BuyingProps) {
  const { item, isChosen, variants, status, opensAtMs, purchase, own, left, hasBought, onBuy } =
    props;
  const [first] = variants;
  const { drafts, locale, session } = useShop();
  const draft = `quantity ${first.id}`;
  const [quantity, setQuantity] = useState(Number(drafts.read(draft)) || 1);
  const { step } = purchase;
  const newPrice = newPriceOf(purchase);
  return (
    <BuyControls
      itemName={itemTitle(item.name, item.variant?.label)}
      choice={item.variant?.label}
      isChosen={isChosen}
      choose={chooseWords(variants)}
      offer={offerOf(item.stock, status)}
      // With none left one may still try for a returned unit.
      quantityMax={Math.min(left, Math.max(1, item.stock.remaining))}
      quantity={quantity}
      isSignedIn={session.current.value !== null}
      isLooking={own.isLoading}
      isBuying={step === 'buying'}
      isAgain={hasBought || step === 'cancelled' || step === 'expired'}
      newPrice={newPrice && formatMoney(newPrice.priceCents, { ...newPrice, locale })}
      hasBought={hasBought}
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
      onBuy={isChosen ? onBuy : () => document.getElementById(first.id)?.focus()}
    />
  );
}

function waitWords(remainingMs: number): string {
  const { days } = durationParts(remainingMs);
  return days > 0 ? TEXTS.dayCount(days) : clockDigits(remainingMs);
}
