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
  const cells = [
    ...(days > 0 ? [{ unit: TEXTS.units.days, value: String(days) }] : []),
    ...(days + hours > 0 ? [{ unit: TEXTS.units.hours, value: twoDigits(hours) }] : []),
    { unit: TEXTS.units.minutes, value: twoDigits(minutes) },
    { unit: TEXTS.units.seconds, value: twoDigits(seconds) },
  ];
  const spoken = TEXTS.spokenRemaining(remainingMs);
  // A text that moves is a new element each time: a translator would replace what is in the old one.
  return (
    <div class={`countdown countdown-${size}`} role="timer">
      <span class="countdown-label" aria-hidden="true">
        {label}
      </span>
      <span class="countdown-cells" aria-hidden="true">
        {cells.map(({ unit, value }) => (
          <span class="countdown-cell" key={unit}>
            <span class="countdown-digits notranslate" key={value} translate={false}>
              {value}
            </span>
            <span class="countdown-unit">{unit}</span>
          </span>
        ))}
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
