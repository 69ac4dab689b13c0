/** What the words of a sale mean, for whoever meets them first here. Folded, since most know. */
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';

export function Explained() {
  const { words, left, held } = LAZY_TEXTS.next.explained;
  return (
    <div class="explained">
      <details>
        <summary>{words}</summary>
        <p>{TEXTS.eventsLead}</p>
        <p>{left}</p>
        <p>{held}</p>
      </details>
    </div>
  );
}
