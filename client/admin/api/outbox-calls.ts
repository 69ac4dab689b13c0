/** What admins ask of the outbox, and of what it could not do. Part of the administration's calls. */
import type { OutboxKind } from '../../../worker/contract/outbox.ts';
import type { OutboxList, OutboxRow, OutboxState } from '../../../worker/contract/outbox-list.ts';
import type { PaymentAttention } from '../../../worker/contract/payment-attention.ts';
import type { Call } from '../../api/api.ts';
import { type Ask, given } from './asking.ts';

export interface OutboxFilter {
  readonly outcome?: OutboxState | undefined;
  readonly kind?: OutboxKind | undefined;
}

export interface OutboxCalls {
  listOutbox(filter: OutboxFilter, cursor?: string): Call<OutboxList>;
  /** Only what was given up can be tried again. */
  retryOutbox(id: number): Call<OutboxRow>;
  /** Of one event, or of all. */
  paymentAttention(eventId?: string): Call<PaymentAttention>;
}

export function outboxCalls(ask: Ask): OutboxCalls {
  return {
    listOutbox: (filter, cursor) =>
      ask(({ outbox }, as) => outbox.$get({ query: given({ ...filter, cursor }) }, as)),
    paymentAttention: (eventId) =>
      ask(({ outbox }, as) => outbox.payments.$get({ query: given({ eventId }) }, as)),
    retryOutbox: (id) =>
      ask(({ outbox }, as) => outbox[':id'].retry.$post({ param: { id: String(id) } }, as)),
  };
}
