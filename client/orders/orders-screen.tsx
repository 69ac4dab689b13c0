/** `/orders`: what the shopper has ordered; a hold leads back to its event. */

import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { OrderHistory, OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { signInPath } from '../account/next-path.ts';
import { needsSignIn } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useMore } from '../shop/use-more.ts';
import { usePolled } from '../shop/use-polled.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate, ShowMore } from '../ui/page-state.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { paceOfOrders } from './order-pace.ts';
import { OrderRow } from './order-row.tsx';

export function OrdersScreen() {
  useDocumentTitle(LAZY_TEXTS.ordersTitle);
  const { session } = useShop();
  const { route } = useLocation();
  const userId = session.current.value?.user.id;
  useEffect(() => {
    if (userId === undefined) route(signInPath('/orders'), true);
  }, [userId]);
  return (
    <div class="narrow">
      <Heading>{LAZY_TEXTS.ordersTitle}</Heading>
      {userId !== undefined && <OrdersOf key={userId} userId={userId} />}
    </div>
  );
}

function OrdersOf({ userId }: { userId: string }) {
  const { api, holds, orderUpdates, session } = useShop();
  const { value, problem, refresh } = usePolled({
    of: 'orders',
    key: userId,
    load: () => api.listOrders(),
    pace: (history) => paceOfOrders(history?.orders ?? []),
  });
  useEffect(() => orderUpdates.subscribe(userId, refresh), [userId]);
  const isSignedOut = problem !== null && needsSignIn(problem);
  useEffect(() => {
    if (isSignedOut) session.end();
  }, [isSignedOut]);
  useEffect(() => {
    if (value) holds.learn(value.orders);
  }, [value]);
  return (
    <>
      {value && problem && <OutOfDate problem={problem} />}
      {value && <OrderList history={value} onStale={refresh} />}
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
    </>
  );
}

function OrderList({ history, onStale }: { history: OrderHistory; onStale(): void }) {
  const { api } = useShop();
  const more = useMore('orders', pageOf(history), async (cursor) => {
    const result = await api.listOrders({ cursor });
    return result.ok ? { ok: true, value: pageOf(result.value) } : result;
  });
  if (more.entries.length === 0) {
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
        {more.entries.map((order) => (
          <OrderEntry key={order.id} order={order} onStale={onStale} />
        ))}
      </ol>
      <ShowMore more={more} />
    </>
  );
}

function OrderEntry({ order, onStale }: { order: OrderHistoryEntry; onStale(): void }) {
  const { locale } = useShop();
  if (order.status !== 'pending') return <OrderRow order={order} locale={locale} />;
  return (
    <Ticking momentMs={Date.parse(order.expiresAt)} onReached={onStale}>
      {(remainingMs) => <OrderRow order={order} locale={locale} remainingMs={remainingMs} />}
    </Ticking>
  );
}

function pageOf({ orders, nextCursor }: OrderHistory) {
  return { entries: orders, nextCursor };
}
