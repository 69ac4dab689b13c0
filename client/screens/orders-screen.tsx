/** `/orders`: what the shopper has ordered; a hold leads back to its event. */

import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { OrderHistory, OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { Ticking } from '../hooks/ticking.tsx';
import { useMore } from '../hooks/use-more.ts';
import { useDocumentTitle } from '../hooks/use-page.ts';
import { usePolled } from '../hooks/use-polled.ts';
import { LATER_TEXTS } from '../later/texts.ts';
import { Heading } from '../parts/heading.tsx';
import { OrderRow } from '../parts/order-row.tsx';
import { Empty, Failed, Loading, OutOfDate, ShowMore } from '../parts/page-state.tsx';
import { useShop } from '../shop.ts';
import { needsSignIn } from '../state/call-problem.ts';
import { signInPath } from '../state/next-path.ts';
import { paceOfOrders } from '../state/orders.ts';

export function OrdersScreen() {
  useDocumentTitle(LATER_TEXTS.ordersTitle);
  const { session } = useShop();
  const { route } = useLocation();
  const userId = session.current.value?.user.id;
  useEffect(() => {
    if (userId === undefined) route(signInPath('/orders'), true);
  }, [userId]);
  return (
    <div class="narrow">
      <Heading>{LATER_TEXTS.ordersTitle}</Heading>
      {userId !== undefined && <OrdersOf key={userId} userId={userId} />}
    </div>
  );
}

function OrdersOf({ userId }: { userId: string }) {
  const { api, holds, orderNews, session } = useShop();
  const { value, problem, refresh } = usePolled({
    of: 'orders',
    key: userId,
    load: () => api.listOrders(),
    pace: (history) => paceOfOrders(history?.orders ?? []),
  });
  useEffect(() => orderNews.listen(userId, refresh), [userId]);
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
      <Empty text={LATER_TEXTS.ordersEmpty}>
        <a class="button button-primary" href="/">
          {LATER_TEXTS.ordersEmptyAction}
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
