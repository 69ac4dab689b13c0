/** An event's status as an admin sees it; a draft is called so, and nothing else. */
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { EventMoment } from '../state/event-moment.ts';
import { ADMIN_TEXTS } from '../texts.ts';

export function EventBadge({ moment }: { moment: EventMoment }) {
  if (moment !== 'draft') return <StatusBadge status={moment} />;
  return <span class="badge badge-draft">{ADMIN_TEXTS.draft}</span>;
}
