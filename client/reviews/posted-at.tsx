/** Who wrote something and when. */

import { formatAgo } from '../format/ago.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';

export function PostedAt({ at }: { at: string }) {
  const { clock, locale } = useShop();
  return (
    <time dateTime={at} title={formatInstant(at, { locale })}>
      {formatAgo(at, { nowMs: clock.nowMs(), locale })}
    </time>
  );
}
