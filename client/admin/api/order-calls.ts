/** What admins ask of orders, and what they give back of their money. Part of the administration's calls. */
import type { Address } from '../../../worker/contract/address.ts';
import type { AdminOrderList } from '../../../worker/contract/administration.ts';
import type {
  OrderMailAnswer,
  OrderMailKind,
  SentAnswer,
} from '../../../worker/contract/order-desk.ts';
import type { SlipsAnswer } from '../../../worker/contract/order-slips.ts';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import type { OrderDelivery, OrderStatus } from '../../../worker/contract/orders.ts';
import type { PaymentStatus, RefundOrder } from '../../../worker/contract/payments.ts';
import type { RefundAnswer } from '../../../worker/contract/refunds.ts';
import type { Call } from '../../api/api.ts';
import { type Ask, asFile, EXPORT_MS_MAX, given, withKey } from './asking.ts';

/** Each narrows the list of all orders. */
export interface OrderFilter {
  readonly q?: string | undefined;
  readonly eventId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly status?: OrderStatus | undefined;
  readonly payment?: PaymentStatus | undefined;
  readonly delivery?: OrderDelivery | undefined;
}

export interface OrderCalls {
  listOrders(filter: OrderFilter, cursor?: string): Call<AdminOrderList>;
  /** With all that happened to it. */
  getOrder(id: string): Call<AdminOrderDetail>;
  /**
   * Decided with the answer; the money goes back soon after it.
   * @param key one per refund, the same for every repetition of it: with another one it is a second refund
   */
  refundOrder(id: string, refund: RefundOrder, key: string): Call<RefundAnswer>;
  /** Once it was sent, again changes its link only. @param trackingUrl null for none */
  markSent(id: string, trackingUrl: string | null): Call<AdminOrderDetail>;
  /** @param trackingUrls of those that have a link; the others keep what they have */
  markAllSent(
    ids: readonly string[],
    trackingUrls: readonly { id: string; trackingUrl: string }[],
  ): Call<SentAnswer>;
  takeSentBack(id: string): Call<AdminOrderDetail>;
  /** @param key one per mail, the same for every repetition of it: with another one it is a second mail */
  sendMailAgain(id: string, kind: OrderMailKind, key: string): Call<OrderMailAnswer>;
  /** What goes into parcels, to be printed: of those among them that are to be packed. */
  readSlips(ids: readonly string[]): Call<SlipsAnswer>;
  exportOrders(eventId: string): Call<Blob>;
  /** What is to be sent as CSV, for whoever carries it. @param eventId undefined for all events */
  exportUnsent(eventId: string | undefined): Call<Blob>;
  /** @param was the note that it is to replace: refused where others wrote another one meanwhile */
  writeNote(id: string, note: string, was: string): Call<AdminOrderDetail>;
  /** Only until it is sent. */
  correctAddress(id: string, address: Address): Call<AdminOrderDetail>;
}

export function orderCalls(ask: Ask): OrderCalls {
  return {
    listOrders: (filter, cursor) =>
      ask(({ orders }, as) => orders.$get({ query: given({ ...filter, cursor }) }, as)),
    getOrder: (id) => ask(({ orders }, as) => orders[':id'].$get({ param: { id } }, as)),
    refundOrder: (id, json, key) =>
      ask(({ orders }, as) =>
        orders[':id'].refund.$post({ param: { id }, json }, withKey(as, key)),
      ),
    markSent: (id, trackingUrl) =>
      ask(({ orders }, as) =>
        orders[':id'].sent.$post({ param: { id }, json: { trackingUrl } }, as),
      ),
    markAllSent: (ids, trackingUrls) =>
      ask(({ orders }, as) =>
        orders.sent.$post({ json: { ids: [...ids], trackingUrls: [...trackingUrls] } }, as),
      ),
    takeSentBack: (id) =>
      ask(({ orders }, as) => orders[':id'].sent.$delete({ param: { id } }, as)),
    sendMailAgain: (id, kind, key) =>
      ask(({ orders }, as) =>
        orders[':id'].mail.$post({ param: { id }, json: { kind } }, withKey(as, key)),
      ),
    readSlips: (ids) =>
      ask(({ orders }, as) => orders.slips.$post({ json: { ids: [...ids] } }, as)),
    exportOrders: (id) =>
      ask(async ({ events }, { headers }) => {
        const init = { signal: AbortSignal.timeout(EXPORT_MS_MAX) };
        const target = { param: { id }, query: {} };
        const response = await events[':id']['orders.csv'].$get(target, { headers, init });
        return asFile(response);
      }),
    exportUnsent: (eventId) =>
      ask(async ({ orders }, { headers }) => {
        const init = { signal: AbortSignal.timeout(EXPORT_MS_MAX) };
        const target = { query: given({ eventId }) };
        return asFile(await orders['to-send.csv'].$get(target, { headers, init }));
      }),
    writeNote: (id, note, was) =>
      ask(({ orders }, as) => orders[':id'].note.$put({ param: { id }, json: { note, was } }, as)),
    correctAddress: (id, address) =>
      ask(({ orders }, as) => orders[':id'].address.$put({ param: { id }, json: { address } }, as)),
  };
}
