/** When a sale opens, closes or closed, on its own screen and on those of its items. */
import type { EventStatus } from '../../worker/contract/events.ts';
import type { LiveEvent } from '../sale/live.ts';
import { nextChangeMs } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { TEXTS } from '../texts/texts.ts';
import { Countdown, type CountdownProps } from '../ui/countdown.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { whenOf } from './event-card.tsx';

export interface SaleTimesProps {
  readonly event: LiveEvent;
  /** As of now. */
  readonly status: EventStatus;
}

export function SaleWhen({ event, status }: SaleTimesProps) {
  const { clock, locale, timeZone } = useShop();
  return (
    <p class="facts-when">
      <StatusBadge status={status} />
      <span>{whenOf(event, status, { locale, timeZone, nowMs: clock.nowMs() })}</span>
    </p>
  );
}

/** Nothing, where there is nothing to wait for. */
export function SaleCountdown({
  event,
  status,
  size,
}: SaleTimesProps & Required<Pick<CountdownProps, 'size'>>) {
  const changeMs = nextChangeMs(event, useShop().clock.nowMs());
  return (
    changeMs !== null && (
      <Ticking momentMs={changeMs}>
        {(remainingMs) => (
          <Countdown
            size={size}
            label={status === 'locked' ? TEXTS.opensIn : TEXTS.closesIn}
            remainingMs={remainingMs}
          />
        )}
      </Ticking>
    )
  );
}
