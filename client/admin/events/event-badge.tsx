/** An event's status as an admin sees it; a draft is called so, and nothing else. One that was cancelled says when. */
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { EventMoment } from './event-moment.ts';

export interface EventBadgeProps extends Pick<AdminEventSummary, 'cancelledAt'> {
  readonly moment: EventMoment;
}

export function EventBadge({ moment, cancelledAt }: EventBadgeProps) {
  const { locale } = useShop();
  if (cancelledAt !== null) {
    const words = ADMIN_TEXTS.cancelling.cancelledAt(formatInstant(cancelledAt, { locale }));
    return <span class="badge badge-cancelled">{words}</span>;
  }
  if (moment !== 'draft') return <StatusBadge status={moment} />;
  return <span class="badge badge-draft">{ADMIN_TEXTS.draft}</span>;
}
