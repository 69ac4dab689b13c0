/** What the list of events shows of each. Must not load anything. */
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import { useShop } from '../../shop/shop.ts';
import type { Column } from '../lists/table.tsx';
import { TimeCell } from '../lists/time-cell.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { AdmissionLabel } from './admission-label.tsx';
import { EventBadge } from './event-badge.tsx';
import { momentOf } from './event-moment.ts';

export function eventColumns(): readonly Column<AdminEventSummary>[] {
  const { number, lists } = ADMIN_TEXTS;
  const { heads } = lists;
  return [
    {
      name: 'event',
      title: heads.event,
      isText: true,
      cell: ({ id, title }) => (
        <a href={`/admin/events/${id}`} dir="auto">
          {title}
        </a>
      ),
    },
    { name: 'state', title: heads.state, cell: (event) => <State event={event} /> },
    { name: 'opens', title: heads.opens, cell: ({ startsAt }) => <TimeCell at={startsAt} /> },
    {
      name: 'items',
      title: heads.items,
      isNumber: true,
      card: 'none',
      cell: ({ itemCount }) => number(itemCount),
    },
    {
      name: 'left',
      title: heads.left,
      isNumber: true,
      card: 'end',
      // Nothing of what is left of a cancelled one can be bought any more.
      cell: ({ cancelledAt, stock }) =>
        cancelledAt === null && lists.leftOf(stock.remaining, stock.total),
    },
    {
      name: 'held',
      title: heads.held,
      isNumber: true,
      card: 'none',
      cell: ({ stock }) => number(stock.held),
    },
    {
      name: 'sold',
      title: heads.sold,
      isNumber: true,
      card: 'none',
      cell: ({ stock }) => number(stock.sold),
    },
  ];
}

function State({ event }: { event: AdminEventSummary }) {
  const { clock } = useShop();
  return (
    <>
      <EventBadge moment={momentOf(event, clock.nowMs())} cancelledAt={event.cancelledAt} />
      <AdmissionLabel admission={event.admission} />
    </>
  );
}
