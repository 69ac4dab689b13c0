/** An event's status as a word with a mark; never by colour alone. */
import type { EventStatus } from '../../worker/contract/events.ts';
import { TEXTS } from '../texts/texts.ts';

export function StatusBadge({ status }: { status: EventStatus }) {
  return (
    <span class={`badge badge-${status}`} key={status}>
      {TEXTS.status[status]}
    </span>
  );
}
