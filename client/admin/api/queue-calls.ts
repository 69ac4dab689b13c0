/** What admins ask of an event's queue, typed. */
import type { EventQueue, QueueEntryStatus } from '../../../worker/contract/queue.ts';
import type {
  AdminQueue,
  AdminQueueAnswer,
} from '../../../worker/contract/queue-administration.ts';
import type { Call, ShopApi } from '../../api/api.ts';
import { type Ask, given } from './asking.ts';

/** What it names is named whole. */
export interface QueueFilter {
  readonly email?: string | undefined;
  readonly customerId?: string | undefined;
  readonly entryId?: string | undefined;
  readonly status?: QueueEntryStatus | undefined;
}

export interface QueueCalls {
  /** What everybody is told of a published event's queue: when it was drawn, above all. */
  publicQueue(eventId: string): Call<EventQueue>;
  /** Those that wait first, by rank. A page may be empty and have more behind it. */
  queueEntries(eventId: string, filter: QueueFilter, cursor?: string): Call<AdminQueue>;
  /** Only what waits can be disqualified, and stays so. */
  disqualify(entryId: string, reason: string): Call<AdminQueueAnswer>;
}

export function queueCalls(ask: Ask, { asAnyone }: Pick<ShopApi, 'asAnyone'>): QueueCalls {
  return {
    publicQueue: (id) => asAnyone(({ api }) => api.v1.events[':id'].queue.$get({ param: { id } })),
    queueEntries: (id, filter, cursor) =>
      ask(({ events }, as) =>
        events[':id'].queue.$get({ param: { id }, query: given({ ...filter, cursor }) }, as),
      ),
    disqualify: (id, reason) =>
      ask(({ queue }, as) =>
        queue[':id'].disqualify.$post({ param: { id }, json: { reason } }, as),
      ),
  };
}
