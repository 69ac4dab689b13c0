/** The next drop to open, for whoever came too late for another. Asks for the list once, and for nothing else. */
import { useEffect, useState } from 'preact/hooks';
import type { EventSummary } from '../../worker/contract/events.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** Many come too late at the same moment: they ask within so long. */
const SPREAD_MS = 5_000;

export function NextDrop() {
  const { api, clock, locale, random, sendsMail, timeZone } = useShop();
  const { next: texts } = LAZY_TEXTS;
  const [next, setNext] = useState<EventSummary | null>(null);
  useEffect(() => {
    const ask = async () => {
      const list = await api.listEvents();
      if (list.ok) setNext(firstToOpen(list.value.events, clock.nowMs()));
    };
    const asking = setTimeout(() => void ask(), random() * SPREAD_MS);
    return () => clearTimeout(asking);
  }, []);
  if (next === null) return null;
  return (
    <p>
      {texts.nextDrop(formatInstant(next.startsAt, { locale, timeZone }))}{' '}
      <a href={`/events/${next.id}`} dir="auto">
        {next.title}
      </a>
      {sendsMail && ` ${texts.nextReminds}`}
    </p>
  );
}

function firstToOpen(events: readonly EventSummary[], nowMs: number): EventSummary | null {
  const coming = events.filter(({ startsAt }) => Date.parse(startsAt) > nowMs);
  return coming.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))[0] ?? null;
}
