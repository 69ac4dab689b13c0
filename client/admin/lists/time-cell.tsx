/** A moment in a table, short: day and time on the clock of whoever reads it. Must not know what happened then. */
import { useShop } from '../../shop/shop.ts';

export function TimeCell({ at }: { at: string }) {
  const { locale } = useShop();
  return (
    <time class="cell-time" dateTime={at}>
      {formatMoment(at, locale)}
    </time>
  );
}

/** `22 Nov, 18:00` */
export function formatMoment(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(instant));
}

/** `18:00`, of what is over within the hour. */
export function formatClock(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(
    new Date(instant),
  );
}
