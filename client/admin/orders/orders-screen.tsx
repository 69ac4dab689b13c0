/** `/admin/orders`: all orders, newest first, narrowed by one search and by filters; several can be chosen. */
import { useRef, useState } from 'preact/hooks';
import { useLocation } from '../../page/location.tsx';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { Listing } from '../lists/listing.tsx';
import { useLiveSearch } from '../lists/live-search.ts';
import { SavedViews } from '../lists/saved-views.tsx';
import { Table } from '../lists/table.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { ChooseAll, ChosenBar } from './choosing.tsx';
import { CHOSEN_MAX, type Choice, choiceWith } from './chosen-orders.ts';
import { EventExport, UnsentExport } from './export-button.tsx';
import { orderColumns } from './order-columns.tsx';
import { type OrderPlace, orderPath, orderPlaceOf } from './order-filter.ts';
import { namesOfSet, OrderFilters, Whose } from './order-filters.tsx';
import { SendChosen } from './send-chosen.tsx';
import { Slips } from './slips.tsx';

const EVERY_MS = 5_000;
/** What is searched costs the database more, and changes less. */
const SEARCH_EVERY_MS = 30_000;

export function OrdersScreen() {
  const { query } = useLocation();
  const place = orderPlaceOf(query);
  const { chosen, choose } = useChoice(orderPath(place));
  const { memory } = useShop();
  const [toSend, setToSend] = useState<Choice | null>(null);
  const [toPack, setToPack] = useState<Choice | null>(null);
  if (toPack !== null) return <Slips orders={toPack} onBack={() => setToPack(null)} />;
  if (toSend !== null) {
    const onSent = () => {
      // Lists as they were loaded before show these orders as they are no more.
      memory.forget();
      choose([]);
    };
    return <SendChosen orders={toSend} onSent={onSent} onBack={() => setToSend(null)} />;
  }
  return (
    <OrderList
      place={place}
      chosen={chosen}
      choose={choose}
      onSend={() => setToSend(chosen)}
      onSlips={() => setToPack(chosen)}
    />
  );
}

/** By itself, so that the page is called after it again when it comes back. */
function OrderList(props: OrdersProps) {
  const { orders } = ADMIN_TEXTS;
  useDocumentTitle(orders.title);
  const { place } = props;
  const { event, customer } = place;
  const { route } = useLocation();
  const search = useLiveSearch(place.q ?? '', (q) => {
    route(orderPath({ ...place, q: q || undefined }), true);
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const clear = () => {
    route(orderPath({ customer }), true);
    // The button goes with the empty list.
    heading.current?.focus();
  };
  return (
    <>
      <header class="admin-head">
        <Heading shown={heading}>{orders.title}</Heading>
        <div class="exports" key={event}>
          {event && <EventExport id={event} />}
          <UnsentExport place={place} />
        </div>
      </header>
      {customer && <Whose id={customer} event={event} />}
      <OrderFilters place={place} search={search} />
      <SavedViews list="orders" href={orderPath(place)} />
      {/* Nobody chooses from a list that is not what the field asks for. */}
      {search.isPending ? <Loading /> : <Orders {...props} clear={clear} />}
    </>
  );
}

/** Other orders than those that are asked for now are not chosen. @param of what is asked for */
function useChoice(of: string) {
  const [kept, keep] = useKept('chosen orders', { of, orders: [] as Choice });
  return {
    chosen: kept.of === of ? kept.orders : [],
    choose: (orders: Choice) => keep({ of, orders }),
  };
}

interface OrdersProps {
  readonly place: OrderPlace;
  readonly chosen: Choice;
  choose(orders: Choice): void;
  onSend(): void;
  onSlips(): void;
}

function Orders({ place, chosen, choose, clear, ...does }: OrdersProps & { clear(): void }) {
  const admin = useAdmin();
  const { event: eventId, customer: customerId, ...filter } = place;
  const { orders } = ADMIN_TEXTS;
  const set = namesOfSet(place);
  const ids = new Set(chosen.map(({ id }) => id));
  return (
    <>
      <Listing
        of={orderPath(place)}
        empty={set.length > 0 ? orders.noneMatch(set.join(', ')) : orders.none}
        emptyAction={
          set.length > 0 && (
            <Button kind="quiet" onPress={clear}>
              {orders.clear}
            </Button>
          )
        }
        everyMs={place.q === undefined ? EVERY_MS : SEARCH_EVERY_MS}
        load={async (cursor) => {
          const result = await admin.listOrders({ ...filter, eventId, customerId }, cursor);
          if (!result.ok) return result;
          const { orders: entries, nextCursor } = result.value;
          return { ok: true, value: { entries, nextCursor } };
        }}
      >
        {(listed) => (
          <Table
            name="orders"
            caption={orders.title}
            columns={orderColumns(place)}
            entries={listed}
            choosing={{
              all: <ChooseAll listed={listed} chosen={chosen} choose={choose} />,
              label: ({ number }) => ADMIN_TEXTS.chosen.choose(number),
              isChosen: ({ id }) => ids.has(id),
              isBarred: () => chosen.length >= CHOSEN_MAX,
              choose: (order, isChosen) => choose(choiceWith(chosen, [order], isChosen)),
            }}
          />
        )}
      </Listing>
      <ChosenBar chosen={chosen} choose={choose} {...does} />
    </>
  );
}
