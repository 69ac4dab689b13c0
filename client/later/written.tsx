/** Who wrote something and when. */
import { useShop } from '../shop.ts';
import { formatInstant } from '../state/times.ts';
import { formatAgo } from './state/ago.ts';

export function Written({ at }: { at: string }) {
  const { clock, locale } = useShop();
  return (
    <time dateTime={at} title={formatInstant(at, { locale })}>
      {formatAgo(at, { nowMs: clock.nowMs(), locale })}
    </time>
  );
}
