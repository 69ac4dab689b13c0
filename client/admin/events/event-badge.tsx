/** An event's status as an admin sees it; a draft is called so, and nothing else. */
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { EventMoment } from './event-moment.ts';

export function EventBadge({ moment }: { moment: EventMoment }) {
  if (moment !== 'draft') return <StatusBadge status={moment} />;
  return <span class="badge badge-draft">{ADMIN_TEXTS.draft}</span>;
}
