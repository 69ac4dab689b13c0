/** `/orders/:id`: one order, to be read out, copied, printed and asked about. */
import { useEffect, useMemo } from 'preact/hooks';
import type { OrderHistoryEntry, OrderStatus } from '../../worker/contract/orders.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { itemTitle } from '../format/item-title.ts';
import { formatMoney } from '../format/money.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { pollingPorts } from '../shop/use-polled.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Heading } from '../ui/heading.tsx';
import { OrderBadge } from '../ui/order-badge.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { Picture } from '../ui/picture.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import { itemHref } from './item-href.ts';
import { noteOf } from './order-note.ts';
import { OrderNumber } from './order-number.tsx';
import { createOrderStore } from './order-store.ts';
import { createOrdersApi } from './orders-api.ts';

const PICTURE_WIDTH = 400;
const PICTURE_HEIGHT = 300;

export function OrderScreen({ id }: { id: string }) {
  const { order } = LAZY_TEXTS;
  useDocumentTitle(order.title);
  useHeadingFocus();
  const user = useSignedIn(`/orders/${id}`);
  return (
    <div class="narrow order-page">
      <p class="back">
        <a href="/orders">{LAZY_TEXTS.ordersTitle}</a>
      </p>
      <Heading>{order.title}</Heading>
      {user && <OrderOf key={user.id} id={id} userId={user.id} />}
    </div>
  );
}

function OrderOf({ id, userId }: { id: string; userId: string }) {
  const shop = useShop();
  const store = useMemo(
    () =>
      createOrderStore({
        ...pollingPorts(shop),
        api: createOrdersApi(shop.api),
        orderId: id,
        userId,
        orderUpdates: shop.orderUpdates,
        onSessionOver: shop.session.end,
      }),
    [id, userId, shop],
  );
  useEffect(store.start, [store]);
  const order = store.order.value;
  const problem = store.problem.value;
  if (order === null) {
    if (problem === null) return <Loading kind="item" rows={2} />;
    // An id that is none is no order either.
    if (problem.code === 'not_found' || problem.code === 'malformed') {
      return <Empty text={LAZY_TEXTS.order.missing} />;
    }
    return <Failed problem={problem} onRetry={store.refresh} />;
  }
  return (
    <>
      {problem && <OutOfDate problem={problem} />}
      {order.status === 'pending' ? (
        <Ticking momentMs={Date.parse(order.expiresAt)} onReached={store.refresh}>
          {(remainingMs) => (
            <OrderFacts order={order} status={remainingMs > 0 ? 'pending' : 'expired'} />
          )}
        </Ticking>
      ) : (
        <OrderFacts order={order} status={order.status} />
      )}
    </>
  );
}

interface FactsProps {
  readonly order: OrderHistoryEntry;
  /** As of now: a hold whose time is over has expired. */
  readonly status: OrderStatus;
}

function OrderFacts({ order, status }: FactsProps) {
  const { locale } = useShop();
  const { currency, itemImageUrl } = order;
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  return (
    <>
      <OrderNumber number={order.number} />
      <div class="order-what">
        {itemImageUrl && (
          <Picture
            key={itemImageUrl}
            url={itemImageUrl}
            class="order-picture"
            width={PICTURE_WIDTH}
            height={PICTURE_HEIGHT}
          />
        )}
        <div class="order-words">
          <OrderBadge status={status} />
          <h2 class="order-item">
            <a href={itemHref(order)} dir="auto">
              {itemTitle(order.itemName, order.variantLabel)}
            </a>
          </h2>
          <p class="order-event">
            <a href={`/events/${order.eventId}`} dir="auto">
              {order.eventTitle}
            </a>
          </p>
          <p class="order-meta">{noteOf(order, status)}</p>
          {status === 'pending' && (
            <a class="button button-primary" href={`/events/${order.eventId}#${order.eventItemId}`}>
              {LAZY_TEXTS.holdBarGo}
            </a>
          )}
        </div>
      </div>
      <OrderTable order={order} status={status} money={money} />
      <Questions order={order} />
      <div class="actions unprinted">
        <Button kind="quiet" onPress={() => print()}>
          {LAZY_TEXTS.order.print}
        </Button>
      </div>
    </>
  );
}

function OrderTable({ order, status, money }: FactsProps & { money(cents: number): string }) {
  const { locale } = useShop();
  const { order: texts } = LAZY_TEXTS;
  const { quantity, unitPriceCents, reservedAt, expiresAt, endedAt } = order;
  const at = (instant: string) => formatInstant(instant, { locale });
  const rows = [
    [TEXTS.quantity, String(quantity)],
    [texts.unitPrice, money(unitPriceCents)],
    [texts.total, money(quantity * unitPriceCents)],
    [texts.reserved, at(reservedAt)],
    [texts.ended[status], at(status === 'pending' ? expiresAt : (endedAt ?? expiresAt))],
  ] as const;
  return (
    <dl class="order-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Questions({ order }: { order: OrderHistoryEntry }) {
  const { order: texts } = LAZY_TEXTS;
  const { sendsMail } = useShop();
  return (
    <section class="order-questions" aria-labelledby="order-questions">
      <h2 id="order-questions">{texts.questions}</h2>
      <p>{sendsMail && order.status === 'confirmed' ? texts.askByMail : texts.askHere}</p>
      <p class="unprinted">
        <a href={`/events/${order.eventId}`}>{texts.toEvent}</a>
      </p>
    </section>
  );
}
