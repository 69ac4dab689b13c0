/** `/`: all sales, each with its countdown. */
import type { EventList, EventSummary } from '../../worker/contract/events.ts';
import type { SoughtEvents } from '../../worker/contract/pages.ts';
import { useLocation } from '../page/location.tsx';
import { groupSales, nextChangeMs, paceOf, statusAt } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useMore } from '../shop/use-more.ts';
import { usePolled } from '../shop/use-polled.ts';
import { useNowUntil } from '../shop/use-server-time.ts';
import { TEXTS } from '../texts/texts.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Heading } from '../ui/heading.tsx';
import { Failed, Loading, OutOfDate, ShowMore } from '../ui/page-state.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { EventCard } from './event-card.tsx';
import { EventFinder, NoEvents } from './event-finder.tsx';
import { listQuery, soughtIn } from './sought.ts';

const GROUPS = ['live', 'locked', 'closed'] as const;
/** Cards whose pictures are fetched before all others: a phone shows as many at first. */
const FIRST_CARDS = 2;

export function EventsScreen() {
  useDocumentTitle(TEXTS.events);
  const { api, initial } = useShop();
  const sought = soughtIn(useLocation().query);
  const { value, problem, refresh } = usePolled({
    of: 'events',
    key: listQuery(sought),
    first: initial.events(),
    load: () => api.listEvents(undefined, sought),
    pace: (list, nowMs) => paceOf(list?.events ?? [], nowMs),
  });
  return (
    <>
      <header class="hero">
        <Heading>{TEXTS.eventsTitle}</Heading>
        <p class="lead">{TEXTS.eventsLead}</p>
      </header>
      {value && problem && <OutOfDate problem={problem} />}
      <EventFinder list={value} sought={sought} />
      {value && <EventGroups list={value} sought={sought} />}
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading kind="card" />}
    </>
  );
}

function EventGroups({ list, sought }: { list: EventList; sought: SoughtEvents }) {
  const { api, clock, locale, timeZone } = useShop();
  const more = useMore(`events${listQuery(sought)}`, pageOf(list), async (cursor) => {
    const result = await api.listEvents(cursor, sought);
    return result.ok ? { ok: true, value: pageOf(result.value) } : result;
  });
  const changes = more.entries.flatMap((event) => nextChangeMs(event, clock.nowMs()) ?? []);
  const nowMs = useNowUntil(changes.length > 0 ? Math.min(...changes) : null);
  const groups = groupSales(more.entries, nowMs);
  const first = new Set(GROUPS.flatMap((group) => groups[group]).slice(0, FIRST_CARDS));
  if (more.entries.length === 0) return <NoEvents sought={sought} />;
  return (
    <>
      {GROUPS.filter((group) => groups[group].length > 0).map((group) => (
        <section class="event-group" key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{TEXTS.groups[group]}</h2>
          <div class="event-cards">
            {groups[group].map((event) => (
              <EventCard
                key={event.id}
                event={event}
                status={statusAt(event, nowMs)}
                locale={locale}
                timeZone={timeZone}
                nowMs={nowMs}
                isFirst={first.has(event)}
              >
                <EventCountdown event={event} nowMs={nowMs} />
              </EventCard>
            ))}
          </div>
        </section>
      ))}
      <ShowMore more={more} />
    </>
  );
}

function EventCountdown({ event, nowMs }: { event: EventSummary; nowMs: number }) {
  const momentMs = nextChangeMs(event, nowMs);
  const status = statusAt(event, nowMs);
  // Nobody waits for the close of what is sold.
  if (momentMs === null || status === 'sold_out') return null;
  const label = status === 'locked' ? TEXTS.opensIn : TEXTS.closesIn;
  return (
    <Ticking momentMs={momentMs}>
      {(remainingMs) => <Countdown label={label} remainingMs={remainingMs} />}
    </Ticking>
  );
}

function pageOf({ events, nextCursor }: EventList) {
  return { entries: events, nextCursor };
}
