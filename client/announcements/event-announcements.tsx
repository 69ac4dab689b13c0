/** Listens to an event's screen and says what is news. Must not draw anything that is seen. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventItem } from '../../worker/contract/events.ts';
import { isolated } from '../format/direction.ts';
import { durationParts } from '../format/times.ts';
import type { Purchases } from '../purchase/purchases.ts';
import type { LiveEvent } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { type Heard, listen, type News } from './announcements.ts';
import { Announcer } from './announcer.tsx';

export interface EventAnnouncementsProps {
  readonly event: LiveEvent;
  readonly purchases: Purchases;
}

const LOOK_EVERY_MS = 1_000;
/** Long enough to be said; whoever reads on later does not find old news. */
const SAID_MS = 10_000;

export function EventAnnouncements({ event, purchases }: EventAnnouncementsProps) {
  const { clock } = useShop();
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const heard = useRef<Heard>(null);
  const look = useRef(() => {});
  const scene = { event, purchases: purchases.current.value };

  look.current = () => {
    const now = listen(heard.current, { ...scene, nowMs: clock.nowMs() });
    heard.current = now.heard;
    if (now.news.length === 0) return;
    const text = now.news.map((news) => wordsFor(news)).join(' ');
    setSaid(({ turn }) => ({ text, turn: turn + 1 }));
  };
  useEffect(() => look.current());
  useEffect(() => {
    const looking = setInterval(() => look.current(), LOOK_EVERY_MS);
    return () => clearInterval(looking);
  }, []);
  useEffect(() => {
    const forget = setTimeout(() => setSaid({ ...said, text: '' }), SAID_MS);
    return () => clearTimeout(forget);
  }, [said.turn]);
  return <Announcer {...said} />;
}

function wordsFor(news: News): string {
  switch (news.kind) {
    case 'opens_in':
      return `${TEXTS.opensIn} ${spokenMark(news.remainingMs)}.`;
    case 'closes_in':
      return `${TEXTS.closesIn} ${spokenMark(news.remainingMs)}.`;
    case 'opened':
      return `${TEXTS.groups.live}.`;
    case 'closed':
      return PROBLEM_TEXTS.closed;
    case 'stock':
      return stockWords(news.item);
    case 'came_back':
      return `${isolated(news.item.name)}: ${TEXTS.unitCameBack}`;
    case 'held':
      return `${isolated(news.item.name)}: ${TEXTS.holdRemaining(TEXTS.spokenRemaining(news.remainingMs))}.`;
    case 'hold_ends':
      return `${isolated(news.item.name)}: ${TEXTS.holdRemaining(spokenMark(news.remainingMs))}.`;
    case 'ended':
      // Shortly: what there is to say besides has the focus, or is where it was.
      return `${isolated(news.item.name)}: ${TEXTS.orderStatus[news.purchase.step]}.`;
    default:
      return news satisfies never;
  }
}

function stockWords({ name, stock }: EventItem): string {
  const { remaining, held, total } = stock;
  if (remaining > 0)
    return `${isolated(name)}: ${TEXTS.stockLeft(remaining)} ${TEXTS.stockOf(total)}.`;
  return held > 0
    ? `${isolated(name)}: ${TEXTS.stockLeft(0)}, ${TEXTS.stockHeld(held)}.`
    : `${isolated(name)}: ${TEXTS.offer.sold_out}.`;
}

function spokenMark(remainingMs: number): string {
  return TEXTS.spokenDuration(durationParts(remainingMs));
}
