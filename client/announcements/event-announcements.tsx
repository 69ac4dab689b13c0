/** Announces to screen readers what changes on an event's screen. Must not draw anything that is seen. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventItem } from '../../worker/contract/events.ts';
import { isolated } from '../format/direction.ts';
import { itemTitle } from '../format/item-title.ts';
import { durationParts } from '../format/times.ts';
import type { Purchases } from '../purchase/purchases.ts';
import type { LiveEvent } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { type Announcement, type Observed, observe } from './announcements.ts';
import { Announcer } from './announcer.tsx';

export interface EventAnnouncementsProps {
  readonly event: LiveEvent;
  readonly purchases: Purchases;
  /** Of each item what its card shows: the chosen variant, or all of them together. */
  readonly shown: readonly EventItem[];
}

const LOOK_EVERY_MS = 1_000;
/** Long enough to be read out; whoever reads on later does not find it. */
const SHOWN_MS = 10_000;

export function EventAnnouncements({ event, purchases, shown: onCards }: EventAnnouncementsProps) {
  const { clock } = useShop();
  const [shown, setShown] = useState({ text: '', turn: 0 });
  const observed = useRef<Observed>(null);
  const look = useRef(() => {});
  const scene = { event, shown: onCards, purchases: purchases.current.value };

  look.current = () => {
    const now = observe(observed.current, { ...scene, nowMs: clock.nowMs() });
    observed.current = now.observed;
    if (now.announcements.length === 0) return;
    const text = now.announcements.map((announcements) => wordsFor(announcements)).join(' ');
    setShown(({ turn }) => ({ text, turn: turn + 1 }));
  };
  useEffect(() => look.current());
  useEffect(() => {
    const looking = setInterval(() => look.current(), LOOK_EVERY_MS);
    return () => clearInterval(looking);
  }, []);
  useEffect(() => {
    const forget = setTimeout(() => setShown({ ...shown, text: '' }), SHOWN_MS);
    return () => clearTimeout(forget);
  }, [shown.turn]);
  return <Announcer {...shown} />;
}

function wordsFor(announcements: Announcement): string {
  switch (announcements.kind) {
    case 'opens_in':
      return `${TEXTS.opensIn} ${spokenMark(announcements.remainingMs)}.`;
    case 'closes_in':
      return `${TEXTS.closesIn} ${spokenMark(announcements.remainingMs)}.`;
    case 'opened':
      return `${TEXTS.groups.live}.`;
    case 'closed':
      return PROBLEM_TEXTS.closed;
    case 'stock':
      return stockWords(announcements.item);
    case 'came_back':
      return `${nameOf(announcements.item)}: ${LAZY_TEXTS.unitCameBack}`;
    case 'held':
      return `${nameOf(announcements.item)}: ${LAZY_TEXTS.holdRemaining(TEXTS.spokenRemaining(announcements.remainingMs))}.`;
    case 'hold_ends':
      return `${nameOf(announcements.item)}: ${LAZY_TEXTS.holdRemaining(spokenMark(announcements.remainingMs))}.`;
    case 'ended':
      // Shortly: what there is to say besides has the focus, or is where it was.
      return `${nameOf(announcements.item)}: ${LAZY_TEXTS.orderStatus[announcements.purchase.step]}.`;
    default:
      return announcements satisfies never;
  }
}

function stockWords(item: EventItem): string {
  const { remaining, held, total } = item.stock;
  const name = nameOf(item);
  if (remaining > 0) return `${name}: ${TEXTS.stockLeft(remaining)} ${TEXTS.stockOf(total)}.`;
  return held > 0
    ? `${name}: ${TEXTS.stockLeft(0)}, ${TEXTS.stockHeld(held)}.`
    : `${name}: ${TEXTS.offer.sold_out}.`;
}

function nameOf({ name, variant }: EventItem): string {
  return isolated(itemTitle(name, variant?.label));
}

function spokenMark(remainingMs: number): string {
  return TEXTS.spokenDuration(durationParts(remainingMs));
}
