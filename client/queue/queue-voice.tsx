/** Says aloud what becomes of one's places, on every screen. Must not draw anything that is seen. */
import type { ReadonlySignal } from '@preact/signals-core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Announcer } from '../announcements/announcer.tsx';
import { isolated } from '../format/direction.ts';
import { itemTitle } from '../format/item-title.ts';
import type { HeldOrder } from '../holds/holds.ts';
import { endsMs } from '../holds/shown-holds.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import type { Place } from './place.ts';
import { type Heard, type QueueNews, queueNews } from './queue-news.ts';

/** Long enough to be read out; whoever reads on later does not find it. */
const SHOWN_MS = 10_000;

export function QueueVoice({ places }: { places: ReadonlySignal<ReadonlyMap<string, Place>> }) {
  const { clock, holds } = useShop();
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const heard = useRef<Heard | null>(null);
  const offers = useRef<ReadonlySet<string> | null>(null);
  const own = places.value;
  const held = holds.current.value.filter(({ entryId }) => entryId);

  useEffect(() => {
    const known = offers.current;
    const turns = held.filter(({ id }) => known !== null && !known.has(id));
    offers.current = new Set([...(known ?? []), ...held.map(({ id }) => id)]);
    const now = queueNews(heard.current, own.values());
    heard.current = now.heard;
    const words = [
      ...turns.map((order) => turnWords(order, endsMs(order) - clock.nowMs())),
      ...now.news.map(wordsFor),
    ];
    if (words.length > 0) setSaid(({ turn }) => ({ text: words.join(' '), turn: turn + 1 }));
  }, [own, held.length]);
  useEffect(() => {
    const forget = setTimeout(() => setSaid((now) => ({ ...now, text: '' })), SHOWN_MS);
    return () => clearTimeout(forget);
  }, [said.turn]);
  return own.size + held.length > 0 ? <Announcer {...said} /> : null;
}

function turnWords({ itemName, variantLabel }: HeldOrder, remainingMs: number): string {
  const { queue: texts } = LAZY_TEXTS;
  const name = itemName ? isolated(itemTitle(itemName, variantLabel)) : '';
  const spoken = LAZY_TEXTS.holdRemaining(TEXTS.spokenRemaining(remainingMs));
  return texts.turnVoice(name, spoken);
}

function wordsFor(news: QueueNews): string {
  const { queue: texts } = LAZY_TEXTS;
  const name = isolated(news.name);
  switch (news.kind) {
    case 'take_part':
      return texts.takePartVoice(name);
    case 'place':
      return texts.placeVoice(name, news.entries, news.isAtMost);
    case 'closed':
      return texts.endVoice(name, texts.standing.closed());
    case 'left':
      return texts.endVoice(name, texts.left);
    case 'skipped':
      return texts.endVoice(name, texts.skipped[news.reason]);
    default:
      return news satisfies never;
  }
}
