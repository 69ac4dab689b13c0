/** The sales that are live, and those that open next. */
import type { Home } from '../../../worker/contract/home.ts';
import { formatAhead } from '../../format/ahead.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { StockBar } from '../../ui/stock-bar.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function LivePanel({ live: { events, hasMore } }: Pick<Home, 'live'>) {
  const { clock, locale } = useShop();
  const { home } = ADMIN_TEXTS;
  const nowMs = clock.nowMs();
  return (
    <section class="panel" aria-labelledby="home-live">
      <h2 id="home-live">{home.live}</h2>
      {events.length === 0 && <p class="home-none">{home.noneLive}</p>}
      <ul class="home-list">
        {events.map(({ id, title, endsAt, stock }) => (
          <li key={id}>
            <a href={`/admin/events/${id}`} dir="auto">
              {title}
            </a>
            <p class="row-meta">{home.ends(formatAhead(endsAt, { nowMs, locale }))}</p>
            <StockBar stock={stock} />
          </li>
        ))}
      </ul>
      {hasMore && <a href="/admin/events">{home.allEvents}</a>}
    </section>
  );
}

export function NextPanel({ next: { events, hasMore } }: Pick<Home, 'next'>) {
  const { clock, locale } = useShop();
  const { home } = ADMIN_TEXTS;
  const nowMs = clock.nowMs();
  return (
    <section class="panel" aria-labelledby="home-next">
      <h2 id="home-next">{home.next}</h2>
      {events.length === 0 && <p class="home-none">{home.noneNext}</p>}
      <ul class="home-list">
        {events.map(({ id, title, startsAt, published }) => {
          const ahead = formatAhead(startsAt, { nowMs, locale });
          return (
            <li key={id}>
              <a href={`/admin/events/${id}`} dir="auto">
                {title}
              </a>
              <p class="row-meta">
                {!published && <span class="badge badge-draft">{ADMIN_TEXTS.draft}</span>}
                <span>{published ? home.opens(ahead) : home.draftOpens(ahead)}</span>
                <span>{formatInstant(startsAt, { locale })}</span>
              </p>
            </li>
          );
        })}
      </ul>
      {hasMore && <a href="/admin/events">{home.allEvents}</a>}
    </section>
  );
}
