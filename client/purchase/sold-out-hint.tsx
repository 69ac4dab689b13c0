/** Where all is taken: when a unit may come back. Must not promise one. */
import { clockDigits, formatTimeOfDay } from '../format/times.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export interface SoldOutHintProps {
  readonly nextReleaseAt: string;
  readonly remainingMs: number;
  readonly locale: string;
}

export function SoldOutHint({ nextReleaseAt, remainingMs, locale }: SoldOutHintProps) {
  if (remainingMs <= 0) return null;
  const digits = clockDigits(remainingMs);
  const time = formatTimeOfDay(nextReleaseAt, { locale });
  // Not read out each second: the notice around it is an alert.
  return (
    <p aria-live="off">
      {LAZY_TEXTS.purchase.nextRelease(time)}{' '}
      <span aria-hidden="true" key={digits} translate={false}>{`(${digits})`}</span>
    </p>
  );
}
