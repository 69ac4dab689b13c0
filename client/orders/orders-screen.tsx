/** `/orders`: what the shopper has ordered; a hold leads back to its event. */

import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import type { More } from '../page/later-pages.ts';
import { GRACE_MS } from '../payment/stage.ts';
import { OwnPlaces } from '../queue/own-places.tsx';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate, ShowMore } from '../ui/page-state.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { OrderRow } from './order-row.tsx';
import { useOrders } from './use-orders.ts';

export function OrdersScreen() {
  useDocumentTitle(LAZY_TEXTS.ordersTitle);
  const user = useSignedIn('/orders');
  return (
    <div class="narrow">
      <Heading>{LAZY_TEXTS.ordersTitle}</Heading>
      {user && <OrdersOf key={user.id} userId={user.id} />}
    </div>
  );
}

function OrdersOf({ userId }: { userId: string }) {
  const store = useOrders(userId);
  const orders = store.orders.value;
  const problem = store.problem.value;
  return (
    <>
      <OwnPlaces userId={userId} />
      {orders && problem && <OutOfDate problem={problem} />}
      {orders && <OrderList orders={orders} onStale={store.refresh} />}
      {!orders && problem && <Failed problem={problem} onRetry={store.refresh} />}
      {!orders && !problem && <Loading />}
    </>
  );
}

function OrderList({ orders, onStale }: { orders: More<OrderHistoryEntry>; onStale(): void }) {
  if (orders.entries.length === 0) {
    return (
      <Empty text={LAZY_TEXTS.ordersEmpty}>
        <a class="button button-primary" href="/">
          {LAZY_TEXTS.ordersEmptyAction}
        </a>
      </Empty>
    );
  }
  return (
    <>
      <ol class="orders">
        {orders.entries.map((order) => (
          <OrderEntry key={order.id} order={order} onStale={onStale} />
        ))}
      </ol>
      <ShowMore more={orders} />
    </>
  );
}

function OrderEntry({ order, onStale }: { order: OrderHistoryEntry; onStale(): void }) {
  const { locale } = useShop();
  if (order.status !== 'pending') return <OrderRow order={order} locale={locale} />;
  // As long as the shop waits for a payment that was made in time.
  const moreMs = isPaidFor(order) ? GRACE_MS : 0;
  return (
    <Ticking momentMs={Date.parse(order.expiresAt) + moreMs} onReached={onStale}>
      {(leftMs) => (
        <OrderRow
          order={order}
          locale={locale}
          remainingMs={Math.max(0, leftMs - moreMs)}
          isInGrace={leftMs > 0 && leftMs <= moreMs}
        />
      )}
    </Ticking>
  );
}

function isPaidFor({ payment }: OrderHistoryEntry): boolean {
  return payment?.status === 'open' || payment?.status === 'authorised';
}
