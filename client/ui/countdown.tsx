/** Time left until a moment, in large digits. Must not tick itself. */
import { durationParts } from '../format/times.ts';
import { TEXTS } from '../texts/texts.ts';

export interface CountdownProps {
  readonly label: string;
  readonly remainingMs: number;
  readonly size?: 'large' | 'small';
}

export function Countdown({ label, remainingMs, size = 'small' }: CountdownProps) {
  const { days, hours, minutes, seconds } = durationParts(remainingMs);
  const counts = [
    ...(days > 0 ? [['days', days] as const] : []),
    ...(days + hours > 0 ? [['hours', hours] as const] : []),
    ['minutes', minutes] as const,
    ['seconds', seconds] as const,
  ];
  const spoken = TEXTS.spokenRemaining(remainingMs);
  // A text that moves is a new element each time: a translator would replace what is in the old one.
  return (
    <div class={`countdown countdown-${size}`} role="timer">
      <span class="countdown-label" aria-hidden="true">
        {label}
      </span>
      <span class="countdown-cells" aria-hidden="true">
        {counts.map(([unit, count], place) => {
          const digits = place === 0 ? String(count) : twoDigits(count);
          // By place: a unit more is added behind the others, and none of them moves.
          return (
            <span class="countdown-cell" key={place}>
              <span class="countdown-digits notranslate" key={digits} translate={false}>
                {digits}
              </span>
              <span class="countdown-unit" key={unit}>
                {TEXTS.units[unit](count)}
              </span>
            </span>
          );
        })}
      </span>
      <span class="visually-hidden" key={spoken}>
        {label} {spoken}
      </span>
    </div>
  );
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
