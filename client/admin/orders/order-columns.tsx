/** What the list of orders shows of each. Must not load anything. */
import type { AdminOrder } from '../../../worker/contract/administration.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatMoney } from '../../format/money.ts';
import { PaymentState } from '../../payment/payment-state.tsx';
import { useShop } from '../../shop/shop.ts';
import { OrderBadge } from '../../ui/order-badge.tsx';
import type { Column } from '../lists/table.tsx';
import { formatClock, formatMoment, TimeCell } from '../lists/time-cell.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type OrderPlace, orderPath, singleOrderPath } from './order-filter.ts';
import { isKept } from './order-state.ts';

/** @param place how the list is narrowed: what all of its orders have in common is no column */
export function orderColumns(place: OrderPlace): readonly Column<AdminOrder>[] {
  const { heads } = ADMIN_TEXTS.lists;
  return [
    {
      name: 'order',
      title: heads.order,
      cell: ({ id, number }) => (
        <a class="row-number" href={singleOrderPath(id, place)} translate={false}>
          {number}
        </a>
      ),
    },
    {
      name: 'item',
      isText: true,
      title: heads.item,
      card: 'first',
      cell: ({ itemName, variantLabel }) => (
        <span dir="auto">{itemTitle(itemName, variantLabel)}</span>
      ),
    },
    ...peopleAndEvent(place),
    { name: 'state', title: heads.state, cell: (order) => <State order={order} /> },
    { name: 'delivery', title: heads.delivery, cell: (order) => <Delivery order={order} /> },
    {
      name: 'reserved',
      title: heads.reserved,
      card: 'none',
      cell: ({ reservedAt }) => <TimeCell at={reservedAt} />,
    },
    {
      name: 'ended',
      title: heads.ended,
      isExtra: true,
      card: 'none',
      cell: (order) => <Moment order={order} />,
    },
    {
      name: 'units',
      title: heads.units,
      isNumber: true,
      card: 'none',
      cell: ({ quantity }) => ADMIN_TEXTS.number(quantity),
    },
    {
      name: 'total',
      title: heads.total,
      isNumber: true,
      card: 'end',
      cell: (order) => <Total order={order} />,
    },
  ];
}

function peopleAndEvent(place: OrderPlace): readonly Column<AdminOrder>[] {
  const { heads } = ADMIN_TEXTS.lists;
  const customer: Column<AdminOrder> = {
    name: 'customer',
    isText: true,
    title: heads.customer,
    cell: ({ customerId, customerName }) => (
      <a href={orderPath({ customer: customerId })} dir="auto">
        {customerName}
      </a>
    ),
  };
  const email: Column<AdminOrder> = {
    name: 'email',
    isText: true,
    title: heads.email,
    isExtra: true,
    cell: ({ customerEmail }) => customerEmail,
  };
  const event: Column<AdminOrder> = {
    name: 'event',
    isText: true,
    title: heads.event,
    cell: ({ eventId, eventTitle }) => (
      <a href={`/admin/events/${eventId}`} dir="auto">
        {eventTitle}
      </a>
    ),
  };
  return [...(place.customer ? [] : [customer, email]), ...(place.event ? [] : [event])];
}

function State({ order }: { order: AdminOrder }) {
  const { locale } = useShop();
  return (
    <span class="cell-parts">
      <OrderBadge status={order.status} units={order} />
      {order.status === 'pending' && (
        <span>{ADMIN_TEXTS.orders.until(formatClock(order.expiresAt, locale))}</span>
      )}
      {order.payment && <PaymentState order={order} payment={order.payment} />}
    </span>
  );
}

/** When it ended, and how; or until when it is held. */
function Moment({ order: { status, endedAt, expiresAt } }: { order: AdminOrder }) {
  const { locale } = useShop();
  const { orders } = ADMIN_TEXTS;
  const at = (instant: string) => formatMoment(instant, locale);
  if (status === 'pending') return <span>{orders.until(at(expiresAt))}</span>;
  return endedAt === null ? null : <span>{orders.ended[status](at(endedAt))}</span>;
}

function Delivery({ order }: { order: AdminOrder }) {
  const { locale } = useShop();
  const { orders, address } = ADMIN_TEXTS;
  if (order.sentAt !== null) {
    return <span>{orders.sent(formatMoment(order.sentAt, locale))}</span>;
  }
  return (
    <span class="cell-parts">
      {isKept(order) && <span>{orders.deliveries.to_send}</span>}
      {order.addressMissing && <span class="address-missing">{address.missing}</span>}
    </span>
  );
}

function Total({ order: { currency, totals } }: { order: AdminOrder }) {
  const { locale } = useShop();
  return <>{formatMoney(totals.totalCents, { currency, locale })}</>;
}
