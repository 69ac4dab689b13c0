/** What is sold of one item, on its card and on its own screen: its variants, its stock, the way to buy. */
import type { ComponentChildren } from 'preact';
import type { EventStatus } from '../../worker/contract/events.ts';
import { itemTitle } from '../format/item-title.ts';
import { formatMoney } from '../format/money.ts';
import { Lazy } from '../lazy/lazy.tsx';
import type { HoldProps } from '../purchase/hold.tsx';
import { ItemAction } from '../purchase/item-action.tsx';
import type { PurchaseNewsProps } from '../purchase/purchase-news.tsx';
import type { LiveEvent, LiveItem } from '../sale/live.ts';
import { offerOf } from '../sale/sale.ts';
import type { Variants } from '../sale/variants.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StockBar } from '../ui/stock-bar.tsx';
import type { EventStore } from './event-store.ts';
import { ItemNote } from './item-note.tsx';
import { VariantChooser } from './variant-chooser.tsx';

export interface ItemSaleProps {
  readonly event: LiveEvent;
  readonly variants: Variants;
  /** The event's, as of now. */
  readonly status: EventStatus;
  readonly store: EventStore;
  /** Stands between the stock and the way to buy. */
  readonly children?: ComponentChildren;
}

export function ItemSale({ event, variants, status, store, children }: ItemSaleProps) {
  const { locale } = useShop();
  const { item, isChosen } = store.shownOf(variants);
  const purchases = store.purchases.value;
  return (
    <>
      {item.variant && (
        <VariantChooser
          variants={variants}
          chosenId={item.id}
          status={status}
          purchases={purchases.current.value}
          priceOf={({ priceCents }) => formatMoney(priceCents, { ...event, locale })}
          onChoose={(chosen) => store.choose(chosen, variants)}
        />
      )}
      <StockBar stock={item.stock} />
      {children}
      <ItemAction
        item={item}
        isChosen={isChosen}
        variants={variants}
        news={(facts) => (
          <Lazy waiting={<Waiting {...facts} />} showsFailure>
            {({ PurchaseNews, VerifyFirst }) => (
              <PurchaseNews {...facts} unverified={<VerifyFirst place={item.id} />} />
            )}
          </Lazy>
        )}
        queue={({ left, children: buying }) => (
          <Lazy
            waiting={
              <>
                {null}
                {buying}
              </>
            }
          >
            {({ QueuePart }) =>
              // Called, or Buy would be made anew: see LazyProps.
              QueuePart({
                event,
                item,
                isChosen,
                variants,
                status,
                purchases: purchases.current.value,
                left,
                onOffered: purchases.resume,
                onStale: store.refresh,
                children: buying,
              })
            }
          </Lazy>
        )}
        hold={(facts) => <Held {...facts} {...{ event, item, purchases }} />}
        status={status}
        opensAtMs={Date.parse(event.startsAt)}
        purchases={purchases.current.value}
        own={purchases.own.value}
        onBuy={(quantity) => store.buy(item.id, quantity)}
        onDecide={(verb) => void purchases.decide(item.id, verb)}
        onTimeUp={store.timeUp}
      />
      <ItemNote item={item} offer={offerOf(item.stock, status)} />
    </>
  );
}

interface HeldProps extends Omit<HoldProps, 'name' | 'pay'>, Pick<ItemSaleProps, 'event'> {
  readonly item: LiveItem;
  readonly purchases: EventStore['purchases']['value'];
}

/** What is held, and the way to pay for it. */
function Held({ event, item, purchases, ...facts }: HeldProps) {
  const { shipping } = event;
  const onChanged = () => void purchases.resume();
  return (
    <Lazy>
      {({ Hold, PayHold }) => (
        <Hold
          {...facts}
          name={itemTitle(item.name, item.variant?.label)}
          pay={(hold) => <PayHold {...hold} {...{ shipping, onChanged }} />}
        />
      )}
    </Lazy>
  );
}

/** Why a press was refused is told at once, and the numbers of it when the rest is there. */
function Waiting({ purchase }: Pick<PurchaseNewsProps, 'purchase'>) {
  const problem = purchase.step === 'idle' && purchase.problem;
  return problem ? <ProblemNotice problem={problem} /> : null;
}

export interface ItemPriceProps extends Pick<ItemSaleProps, 'event' | 'variants' | 'store'> {
  readonly class: string;
}

/** Of what is shown; from the lowest, while no variant is chosen and they differ. */
export function ItemPrice({ event, variants, store, class: name }: ItemPriceProps) {
  const { locale } = useShop();
  const { item, isChosen } = store.shownOf(variants);
  const price = formatMoney(item.priceCents, { ...event, locale });
  const differ = variants.some(({ priceCents }) => priceCents !== item.priceCents);
  const tax = item.priceCents > 0 && event.tax !== 'none' && TEXTS.tax[event.tax];
  return (
    <p class={name}>
      {differ && !isChosen ? TEXTS.priceFrom(price) : price}
      {tax && <small>{tax}</small>}
    </p>
  );
}
