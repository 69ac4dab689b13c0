/** A text of some lines with what is left of its length. Must not keep it. */
import { useId } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** As the contract has it. */
export const COMMENT_CHARS_MAX = 2_000;
/** With less left, a screen reader reads it now and then. */
const NEARLY_FULL = 100;

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly rows?: number;
  readonly hasFocus?: boolean;
  onType(text: string): void;
}

export function TextArea({ label, value, rows = 3, hasFocus = false, onType }: TextAreaProps) {
  const { locale } = useShop();
  const id = useId();
  const left = COMMENT_CHARS_MAX - value.length;
  const words = LAZY_TEXTS.charsLeft(new Intl.NumberFormat(locale).format(left));
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        dir="auto"
        id={id}
        rows={rows}
        maxLength={COMMENT_CHARS_MAX}
        value={value}
        aria-describedby={`${id}-left`}
        ref={hasFocus ? focusOnce : null}
        onInput={(event) => onType(event.currentTarget.value)}
      />
      <p id={`${id}-left`} class="field-hint text-left">
        {words}
      </p>
      <output class="visually-hidden">{left <= NEARLY_FULL && left % 20 === 0 ? words : ''}</output>
    </div>
  );
}

function focusOnce(area: HTMLTextAreaElement | null) {
  area?.focus();
}
