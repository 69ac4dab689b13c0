/** When the mail of a reminder leaves, in words. Must not tick. */
import { REMIND_AHEAD_MS } from '../../worker/contract/reminder-times.ts';
import { durationParts, formatInstant } from '../format/times.ts';
import type { LiveEvent } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';

export interface MailTime {
  /** How long before the opening: `15 minutes`. */
  readonly ahead: string;
  /** The moment, on the shopper's clock. */
  readonly at: string;
}

/** @returns null where that moment is past already, and the mail leaves as soon as it can */
export function useMailTime({ startsAt }: Pick<LiveEvent, 'startsAt'>): MailTime | null {
  const { clock, locale, timeZone } = useShop();
  const atMs = Date.parse(startsAt) - REMIND_AHEAD_MS;
  if (atMs <= clock.nowMs()) return null;
  return {
    ahead: TEXTS.spokenDuration(durationParts(REMIND_AHEAD_MS)),
    at: formatInstant(atMs, { locale, timeZone }),
  };
}
