/** `/admin/orders/:id`: one order, all that happened to it, and what can be done about it. */
import { useState } from 'preact/hooks';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import type { RefundAnswer } from '../../../worker/contract/refunds.ts';
import { useLocation } from '../../page/location.tsx';
import { usePolled } from '../../shop/use-polled.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { OrderBadge } from '../../ui/order-badge.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { orderPath, orderPlaceOf } from '../orders/order-filter.ts';
import { Slips } from '../orders/slips.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { AddressPanel } from './address-panel.tsx';
import { DisputePanel } from './dispute-panel.tsx';
import { MailPanel } from './mail-panel.tsx';
import { NotePanel } from './note-panel.tsx';
import { OrderFacts } from './order-facts.tsx';
import { isRefundable, RefundPanel } from './refund-panel.tsx';
import { isReturning } from './refund-state.ts';
import { SendingPanel } from './sending-panel.tsx';
import { Story } from './story.tsx';

const EVERY_MS = 30_000;
/** While a hold runs, or money is on its way. */
const MOVING_EVERY_MS = 5_000;

export function OrderScreen({ id }: { id: string }) {
  const [toPack, setToPack] = useState<AdminOrderDetail | null>(null);
  if (toPack === null) return <OrderPage id={id} onPack={setToPack} />;
  const { back } = ADMIN_TEXTS.order.packing;
  return <Slips orders={[toPack]} back={back} onBack={() => setToPack(null)} />;
}

/** By itself, so that its title is called again when it comes back. */
function OrderPage({ id, onPack }: { id: string; onPack(order: AdminOrderDetail): void }) {
  const admin = useAdmin();
  const { order: texts } = ADMIN_TEXTS;
  // As the list had it from which this page was opened.
  const place = orderPlaceOf(useLocation().query);
  const isNarrowed = Object.values(place).some(Boolean);
  const { value, problem, refresh, patch } = usePolled<AdminOrderDetail>({
    of: 'order',
    key: id,
    load: () => admin.getOrder(id),
    pace: (order) => ({
      everyMs: order && isMoving(order) ? MOVING_EVERY_MS : EVERY_MS,
      momentsMs: [],
    }),
  });
  // An id that is none is no order either.
  const isMissing = !value && (problem?.code === 'not_found' || problem?.code === 'malformed');
  const title = value
    ? texts.title(value.number)
    : isMissing
      ? TEXTS.notFoundTitle
      : texts.untitled;
  useDocumentTitle(title);

  function onRefunded(refund: RefundAnswer['refund']) {
    patch((order) => withRefund(order, refund));
    refresh();
  }
  return (
    <article class="admin-order">
      <p class="back">
        <a href={orderPath(place)}>{isNarrowed ? texts.back : texts.all}</a>
      </p>
      <header class="order-head">
        <Heading>{title}</Heading>
        {value && <OrderBadge status={value.status} units={value} />}
        {/* It is far below. No link: a page's own places in the history are those of scroll-places.ts. */}
        {value && isRefundable(value) && (
          <Button kind="plain" onPress={goToRefund}>
            {texts.refund.goTo}
          </Button>
        )}
      </header>
      {value && problem && <OutOfDate problem={problem} />}
      {value && (
        <>
          <OrderFacts order={value} />
          <AddressPanel order={value} onChanged={(order) => patch(() => order)} />
          <SendingPanel
            order={value}
            onChanged={(order) => patch(() => order)}
            onPack={() => onPack(value)}
          />
          <MailPanel order={value} onSent={refresh} />
          <NotePanel order={value} onChanged={(order) => patch(() => order)} />
          <DisputePanel order={value} />
          <RefundPanel order={value} onRefunded={onRefunded} onStale={refresh} />
          <Story story={value.story} currency={value.currency} />
        </>
      )}
      {isMissing && <Empty text={TEXTS.notFoundBody} />}
      {!value && problem && !isMissing && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
    </article>
  );
}

function goToRefund() {
  const heading = document.getElementById('order-refund');
  heading?.closest('section')?.focus({ preventScroll: true });
  heading?.scrollIntoView();
}

/** Until the order is read anew: what was just decided is not left to be given back. */
function withRefund(order: AdminOrderDetail, refund: RefundAnswer['refund']): AdminOrderDetail {
  const { amountCents, restockUnits } = refund;
  const { refundable } = order;
  return {
    ...order,
    refundable: refundable && {
      amountCents: Math.max(0, refundable.amountCents - amountCents),
      units: Math.max(0, refundable.units - restockUnits),
    },
  };
}

function isMoving({ status, payment, story }: AdminOrderDetail): boolean {
  return status === 'pending' || payment?.status === 'authorised' || isReturning(story);
}
