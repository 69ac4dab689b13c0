/** Time left until a moment, in large digits. Must not tick itself. */
import { durationParts } from '../state/times.ts';
import { TEXTS } from '../texts.ts';

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
  return (
    <div class={`countdown countdown-${size}`} role="timer">
      <span class="countdown-label" aria-hidden="true">
        {label}
      </span>
      <span class="countdown-cells" aria-hidden="true">
        {counts.map(([unit, count], place) => (
          // By place: a unit more is added behind the others, and none of them moves.
          <span class="countdown-cell" key={place}>
            <span class="countdown-digits">{place === 0 ? count : twoDigits(count)}</span>
            <span class="countdown-unit">{TEXTS.units[unit](count)}</span>
          </span>
        ))}
      </span>
      <span class="visually-hidden">
        {label} {TEXTS.spokenRemaining(remainingMs)}
      </span>
    </div>
  );
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
