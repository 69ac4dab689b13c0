/** At the top of an order's page: where its payment stands, and what can be done about it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { OrderAddress } from '../address/order-address.tsx';
import { Announcer } from '../announcements/announcer.tsx';
import { itemTitle } from '../format/item-title.ts';
import { formatMoney } from '../format/money.ts';
import { clockDigits } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { PayButton } from './pay-button.tsx';
import { isPayable, type Stage } from './stage.ts';
import { type StageWords, wordsOf } from './stage-words.ts';

export interface PaymentNewsProps {
  readonly order: OwnOrder;
  /** As of now. */
  readonly status: OrderStatus;
  readonly stage: Stage;
  /** Of the hold, where the order is one. */
  readonly remainingMs: number;
  /** Asks anew what became of the payment. */
  onLook(): void;
  onChanged(): void;
}

const GOOD: ReadonlySet<Stage['kind']> = new Set(['approved', 'paid']);

export function PaymentNews(props: PaymentNewsProps) {
  const { order, status, stage, remainingMs, onLook, onChanged } = props;
  const { locale } = useShop();
  const { payment: texts } = LAZY_TEXTS;
  const words = wordsOf(stage, { order, status, money });
  const isWaiting = stage.kind === 'checking';
  function money(cents: number) {
    return formatMoney(cents, { currency: order.currency, locale });
  }
  return (
    <section
      class={`payment ${GOOD.has(stage.kind) ? 'outcome outcome-confirmed' : ''} ${isPayable(stage) ? 'hold' : 'outcome'}`}
      aria-labelledby="payment-news"
      aria-busy={isWaiting}
    >
      <h2 id="payment-news" class={GOOD.has(stage.kind) ? 'outcome-title' : 'payment-title'}>
        {words.title}
      </h2>
      {words.body.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {isPayable(stage) && (
        <>
          <Remaining remainingMs={remainingMs} />
          <p dir="auto">{itemTitle(order.itemName, order.variantLabel)}</p>
          <OrderAddress order={order} isOpen lead={LAZY_TEXTS.address.needed} onChanged={onChanged}>
            {(destined) => <PayButton {...destined} onChanged={onChanged} />}
          </OrderAddress>
        </>
      )}
      {stage.kind === 'slow' && (
        <Button kind="quiet" onPress={onLook}>
          {texts.lookAgain}
        </Button>
      )}
      <Voice {...words} />
    </section>
  );
}

function Remaining({ remainingMs }: { remainingMs: number }) {
  const digits = clockDigits(remainingMs);
  return (
    <p class="hold-digits" role="timer">
      {/* Each anew: a translator would replace the texts in the old one. */}
      <span aria-hidden="true" key={digits} translate={false}>
        {digits}
      </span>
      <span class="visually-hidden">{TEXTS.spokenRemaining(remainingMs)}</span>
    </p>
  );
}

/** Says what has changed since the page was opened; what was there then is read with it. */
function Voice({ title, body }: StageWords) {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const known = useRef(title);
  useEffect(() => {
    if (known.current === title) return;
    known.current = title;
    setSaid(({ turn }) => ({ text: [title, ...body].join(' '), turn: turn + 1 }));
  }, [title]);
  return <Announcer {...said} />;
}
