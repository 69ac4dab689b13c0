/** Stars: how many were given, and the choice of how many to give. Must not send anything. */
import { useId } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

const MOST = 5;
const COUNTS = [1, 2, 3, 4, 5];
const STAR = 'M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.600 7.700l5.8-.8z';

/** @param value 0 to 5, with any fraction of a star */
export function Stars({ value, label }: { value: number; label: string }) {
  const clipId = useId();
  return (
    <svg class="stars" viewBox="0 0 100 20" role="img" aria-label={label}>
      <clipPath id={clipId}>
        <rect width={(value / MOST) * 100} height="20" />
      </clipPath>
      <FiveStars kind="star-empty" />
      <g clip-path={`url(#${clipId})`}>
        <FiveStars kind="star-full" />
      </g>
    </svg>
  );
}

function FiveStars({ kind }: { kind: string }) {
  return (
    <>
      {COUNTS.map((count) => (
        <path key={count} class={kind} d={STAR} transform={`translate(${(count - 1) * 20})`} />
      ))}
    </>
  );
}

export interface StarChoiceProps {
  /** 0 for none yet. */
  readonly value: number;
  readonly label: string;
  readonly error?: string | undefined;
  onChoose(value: number): void;
}

/** A group of radio buttons, so that arrow keys choose and one tab goes past. */
export function StarChoice({ value, label, error, onChoose }: StarChoiceProps) {
  const id = useId();
  return (
    <fieldset class="star-choice" {...(error && { 'aria-describedby': `${id}-error` })}>
      <legend>{label}</legend>
      <div class="star-choice-row">
        {COUNTS.map((count) => (
          <label key={count} class={count <= value ? 'star-chosen' : ''}>
            <input
              class="visually-hidden"
              type="radio"
              name={id}
              value={count}
              checked={count === value}
              onChange={() => onChoose(count)}
            />
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d={STAR} />
            </svg>
            <span class="visually-hidden">{LAZY_TEXTS.stars(count)}</span>
          </label>
        ))}
        {value > 0 && (
          <span class="star-choice-word" aria-hidden="true">
            {LAZY_TEXTS.stars(value)}
          </span>
        )}
      </div>
      {error && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
