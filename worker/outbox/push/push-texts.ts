/** What notifications say, in both languages. Pure. */
import type { Language } from '../../contract/languages.ts';
import type { PushMessage } from '../../contract/push.ts';
import type { OpeningFacts } from '../../stores/postgres/opening-pushes.ts';
import type { OrderFacts } from '../../stores/postgres/order-mail-facts.ts';
import { itemTitle, oneLine, timeOfDay } from '../mail/messages/values.ts';

const MINUTE_MS = 60_000;

interface Said {
  title: string;
  body: string;
}

interface PushTexts {
  opensSoon(minutes: number, event: string, time: string): Said;
  yourTurn(item: string, time: string): Said;
}

const TEXTS: Record<Language, PushTexts> = {
  en: {
    opensSoon: (minutes, event, time) => ({
      title: `Opens in ${minutes === 1 ? 'one minute' : `${minutes} minutes`}: ${event}`,
      body: `The sale opens at ${time}. Tap to go there.`,
    }),
    yourTurn: (item, time) => ({
      title: `It is your turn: ${item}`,
      body: `Reserved for you until ${time}. Tap to buy it.`,
    }),
  },
  de: {
    opensSoon: (minutes, event, time) => ({
      title: `Öffnet in ${minutes === 1 ? 'einer Minute' : `${minutes} Minuten`}: ${event}`,
      body: `Der Verkauf öffnet um ${time}. Tippe hier, um hinzugehen.`,
    }),
    yourTurn: (item, time) => ({
      title: `Du bist dran: ${item}`,
      body: `Bis ${time} für dich reserviert. Tippe hier, um zu kaufen.`,
    }),
  },
};

/** The time is said too: a device may be told late. */
export function opensSoonText(
  { eventTitle, opensAtMs, timeZone }: OpeningFacts,
  { language, nowMs }: { language: Language; nowMs: number },
): Pick<PushMessage, 'title' | 'body'> {
  const minutes = Math.max(Math.round((opensAtMs - nowMs) / MINUTE_MS), 1);
  const time = timeOfDay(opensAtMs, timeZone, language);
  return TEXTS[language].opensSoon(minutes, oneLine(eventTitle), time);
}

export function yourTurnText(
  offer: Pick<OrderFacts, 'itemName' | 'variantLabel' | 'expiresAtMs' | 'timeZone'>,
  language: Language,
): Pick<PushMessage, 'title' | 'body'> {
  const item = oneLine(itemTitle(offer.itemName, offer.variantLabel));
  return TEXTS[language].yourTurn(item, timeOfDay(offer.expiresAtMs, offer.timeZone, language));
}
