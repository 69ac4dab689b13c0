/** What the cancelling of a sale means for whoever bought something or waited. */
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

export function CancelledNote() {
  return <p class="notice">{LAZY_TEXTS.cancelledNote}</p>;
}
