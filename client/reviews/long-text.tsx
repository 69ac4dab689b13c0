/** What somebody wrote in a list: a long text begins short, and all of it is a press away. */
import { useState } from 'preact/hooks';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** More than this is more than a screenful of a phone. */
const CHARS_SHORT_MAX = 600;
const LINES_SHORT_MAX = 10;

export function LongText({ text }: { text: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const isLong = text.length > CHARS_SHORT_MAX || text.split('\n').length > LINES_SHORT_MAX;
  if (!isLong) {
    return (
      <p class="user-text" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <div>
      <p class={isWhole ? 'user-text' : 'user-text user-text-short'} dir="auto">
        {text}
      </p>
      <button
        class="button button-plain"
        type="button"
        aria-expanded={isWhole}
        onClick={() => setIsWhole(!isWhole)}
      >
        {isWhole ? LAZY_TEXTS.readLess : LAZY_TEXTS.readAll}
      </button>
    </div>
  );
}
