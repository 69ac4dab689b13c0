/** `/orders/:id`: one order, to be read out, copied, printed and asked about. */
import { useEffect, useMemo } from 'preact/hooks';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { OrderAddress } from '../address/order-address.tsx';
import { itemTitle } from '../format/item-title.ts';
import { useLocation } from '../page/location.tsx';
import { createPaymentApi } from '../payment/payment-api.ts';
import { PaymentNews } from '../payment/payment-news.tsx';
import { GRACE_MS, isPayable, type Return, type Stage, stageOf } from '../payment/stage.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { pollingPorts } from '../shop/use-polled.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
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
import { createOrderStore, type OrderStore } from './order-store.ts';
import { OrderTable } from './order-table.tsx';
import { createOrdersApi } from './orders-api.ts';

const PICTURE_WIDTH = 400;
const PICTURE_HEIGHT = 300;

export function OrderScreen({ id }: { id: string }) {
  const { order } = LAZY_TEXTS;
  useDocumentTitle(order.title);
  useHeadingFocus();
  const { url, query } = useLocation();
  const user = useSignedIn(url);
  return (
    <div class="narrow order-page">
      <p class="back">
        <a href="/orders">{LAZY_TEXTS.ordersTitle}</a>
      </p>
      <Heading>{order.title}</Heading>
      {user && (
        <OrderOf key={user.id} id={id} userId={user.id} cameBack={returnOf(query['payment'])} />
      )}
    </div>
  );
}

/** The provider sends its customers back to these addresses. */
function returnOf(payment: string | undefined): Return {
  return payment === 'returned' || payment === 'cancelled' ? payment : undefined;
}

interface OrderOfProps {
  readonly id: string;
  readonly userId: string;
  readonly cameBack: Return;
}

function OrderOf({ id, userId, cameBack }: OrderOfProps) {
  const shop = useShop();
  const store = useMemo(
    () =>
      createOrderStore({
        ...pollingPorts(shop),
        api: { ...createOrdersApi(shop.api), ...createPaymentApi(shop.api) },
        orderId: id,
        userId,
        cameBack,
        holds: shop.holds,
        orderUpdates: shop.orderUpdates,
        onSessionOver: shop.session.end,
      }),
    [id, userId, cameBack, shop],
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
  const isHeld = order.status === 'pending';
  return (
    <>
      {problem && <OutOfDate problem={problem} />}
      {/* One place for all states, so that what changes in it can be announced. */}
      <Ticking
        momentMs={Date.parse(order.expiresAt) + GRACE_MS}
        {...(isHeld && { onReached: store.refresh })}
      >
        {(graceMs) => {
          const remainingMs = isHeld ? Math.max(0, graceMs - GRACE_MS) : 0;
          return (
            <OrderFacts
              {...{ order, store, cameBack, remainingMs }}
              isInGrace={remainingMs === 0 && graceMs > 0 && graceMs <= GRACE_MS}
              status={isHeld && remainingMs === 0 ? 'expired' : order.status}
            />
          );
        }}
      </Ticking>
    </>
  );
}

interface FactsProps {
  readonly order: OwnOrder;
  /** As of now: a hold whose time is over has expired. */
  readonly status: OrderStatus;
  readonly remainingMs: number;
  /** The hold has ended, and a payment that was made in time is still waited for. */
  readonly isInGrace: boolean;
  readonly store: OrderStore;
  readonly cameBack: Return;
}

function OrderFacts(props: FactsProps) {
  const { order, status, remainingMs, isInGrace, store, cameBack } = props;
  const { itemImageUrl } = order;
  const { address: texts } = LAZY_TEXTS;
  const stage = stageOf({ order, status, cameBack, isInGrace, check: store.check.value });
  return (
    <>
      {stage && (
        <PaymentNews
          {...{ order, status, stage, remainingMs }}
          onLook={store.look}
          onChanged={store.refresh}
        />
      )}
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
          <OrderBadge status={status} units={order} />
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
          {status === 'pending' && !isAwaited(stage) && (
            <a class={goClass(stage)} href={`/events/${order.eventId}#${order.eventItemId}`}>
              {LAZY_TEXTS.holdBarGo}
            </a>
          )}
        </div>
      </div>
      {(!stage || !isPayable(stage)) && (
        <OrderAddress
          order={order}
          isOpen={isAddressOpen(order, status) && !isAwaited(stage)}
          heading="h2"
          lead={status === 'confirmed' ? texts.missing : texts.neededFree}
          onChanged={store.refresh}
        />
      )}
      <OrderTable order={order} status={status} />
      <Questions order={order} />
      <div class="actions unprinted">
        <Button kind="quiet" onPress={() => print()}>
          {LAZY_TEXTS.order.print}
        </Button>
      </div>
    </>
  );
}

/** Where the page itself has the button that counts, the way to the hold is the other one. */
function goClass(stage: Stage | null): string {
  return `button button-${stage ? 'quiet' : 'primary'} unprinted`;
}

/** Until it is sent, or there is nothing of it left to send. */
function isAddressOpen({ quantity, sentAt, unitsReturned }: OwnOrder, status: OrderStatus) {
  if (status === 'pending') return true;
  return status === 'confirmed' && sentAt === null && unitsReturned < quantity;
}

/** Whoever has paid has nothing more to do with the hold. */
function isAwaited(stage: Stage | null): boolean {
  return stage?.kind === 'checking' || stage?.kind === 'slow';
}

function Questions({ order }: { order: OwnOrder }) {
  const { order: texts } = LAZY_TEXTS;
  const { sendsMail } = useShop();
  return (
    <section class="order-questions" aria-labelledby="order-questions">
      <h2 id="order-questions">{texts.questions}</h2>
      <p>{sendsMail && order.status === 'confirmed' ? texts.askByMail : texts.askHere}</p>
      <p class="unprinted">
        <a href={`/events/${order.eventId}`}>{texts.toEvent}</a>
      </p>
      <p class="unprinted">
        <a href="/">{LAZY_TEXTS.next.otherDrops}</a>
      </p>
    </section>
  );
}
