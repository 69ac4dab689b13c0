/** The administration's calls, typed. Must not keep state or draw. */
import type { AdminSearch } from '../../../worker/contract/admin-search.ts';
import type {
  AdminEvent,
  AdminEventList,
  CustomerDetail,
  CustomerList,
  EventDashboard,
  ItemList,
} from '../../../worker/contract/administration.ts';
import type { NamedAuditEntry } from '../../../worker/contract/audit.ts';
import type { Item, ItemInput } from '../../../worker/contract/catalogue.ts';
import type { EventLine } from '../../../worker/contract/commit-metrics.ts';
import type { EventInput } from '../../../worker/contract/event-input.ts';
import type { EventStatus } from '../../../worker/contract/events.ts';
import type { Reported, ReportList, ReportState } from '../../../worker/contract/reviews.ts';
import type { Call, ShopApi } from '../../api/api.ts';
import { type Ask, given, ifMatch, tagged, type Versioned, withKey } from './asking.ts';
import { type CancelCalls, cancelCalls } from './cancel-calls.ts';
import { type SellerCalls, sellerCalls } from './face-calls.ts';
import { type HomeCalls, homeCalls } from './home-calls.ts';
import { type LifecycleCalls, lifecycleCalls } from './lifecycle-calls.ts';
import { type OrderCalls, orderCalls } from './order-calls.ts';
import { type OutboxCalls, outboxCalls } from './outbox-calls.ts';
import { type PictureCalls, pictureCalls } from './picture-calls.ts';
import { type QueueCalls, queueCalls } from './queue-calls.ts';
import { type ReportCalls, reportCalls } from './report-calls.ts';

export interface EventFilter {
  readonly status?: EventStatus | 'cancelled' | undefined;
  readonly published?: 'false' | undefined;
  readonly q?: string | undefined;
}

export interface CustomerFilter {
  /** Words of the name and the e-mail address, of any part of them. */
  readonly q?: string | undefined;
  readonly active?: 'true' | 'false' | undefined;
}

export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

export type Moderated = 'reviews' | 'comments';

export interface ReportFilter {
  readonly of: Moderated;
  readonly state: ReportState;
}

/** What changed is shown as it came, whatever it is. */
export type AuditRecord = Omit<NamedAuditEntry, 'before' | 'after'> & {
  readonly before: unknown;
  readonly after: unknown;
};

interface AuditPage {
  readonly entries: AuditRecord[];
  readonly nextCursor: string | null;
}

export interface AdminApi
  extends CancelCalls,
    HomeCalls,
    SellerCalls,
    LifecycleCalls,
    OrderCalls,
    OutboxCalls,
    PictureCalls,
    QueueCalls,
    ReportCalls {
  /** @param q searchable */
  search(q: string): Call<AdminSearch>;
  listEvents(filter: EventFilter, cursor?: string): Call<AdminEventList>;
  getEvent(id: string): Call<Versioned<AdminEvent>>;
  /** @param key one per form, the same for every repetition of it */
  createEvent(input: EventInput, key?: string): Call<AdminEvent>;
  replaceEvent(id: string, input: EventInput, version?: string): Call<Versioned<AdminEvent>>;
  setStock(
    event: Pick<Versioned<AdminEvent>, 'id' | 'version'>,
    eventItemId: string,
    total: number,
  ): Call<Versioned<AdminEvent>>;
  dashboard(id: string): Call<EventDashboard>;
  line(eventId: string): Call<EventLine>;
  listItems(filter: { readonly q?: string | undefined }, cursor?: string): Call<ItemList>;
  getItem(id: string): Call<Versioned<Item>>;
  createItem(input: ItemInput, key?: string): Call<Item>;
  replaceItem(id: string, input: ItemInput, version?: string): Call<Versioned<Item>>;
  deleteItem(id: string): Call<null>;
  listCustomers(filter: CustomerFilter, cursor?: string): Call<CustomerList>;
  getCustomer(id: string): Call<CustomerDetail>;
  switchCustomer(id: string, to: 'activate' | 'deactivate'): Call<CustomerDetail>;
  /** Only where nothing is sent to their address. */
  allowMail(userId: string): Call<CustomerDetail>;
  listAudit(filter: AuditFilter, cursor?: string): Call<AuditPage>;
  /** What waits for a decision, or what is hidden. */
  listReports(filter: ReportFilter, cursor?: string): Call<ReportList>;
  /** Restoring what is not hidden closes its reports and leaves it where it is. */
  moderate(reported: Pick<Reported, 'kind' | 'id'>, to: 'hide' | 'restore'): Call<Reported>;
}

export function createAdminApi(api: Pick<ShopApi, 'asCaller' | 'asAnyone'>): AdminApi {
  const ask: Ask = (send) => api.asCaller((client, as) => send(client.api.v1.admin, as));
  return {
    search: (q) => ask(({ search }, as) => search.$get({ query: { q } }, as)),
    listEvents: (filter, cursor) =>
      ask(({ events }, as) => events.$get({ query: given({ ...filter, cursor }) }, as)),
    getEvent: (id) => ask(({ events }, as) => tagged(events[':id'].$get({ param: { id } }, as))),
    createEvent: (json, key) => ask(({ events }, as) => events.$post({ json }, withKey(as, key))),
    replaceEvent: (id, json, version) =>
      ask(({ events }, as) =>
        tagged(events[':id'].$put({ param: { id }, json }, ifMatch(as, version))),
      ),
    setStock: ({ id, version }, eventItemId, total) =>
      ask(({ events }, as) =>
        tagged(
          events[':id'].items[':eventItemId'].stock.$put(
            { param: { id, eventItemId }, json: { total } },
            ifMatch(as, version),
          ),
        ),
      ),
    dashboard: (id) => ask(({ events }, as) => events[':id'].dashboard.$get({ param: { id } }, as)),
    line: (id) => ask(({ events }, as) => events[':id'].line.$get({ param: { id } }, as)),
    ...cancelCalls(ask),
    ...homeCalls(ask),
    ...lifecycleCalls(ask),
    ...queueCalls(ask, api),
    ...reportCalls(ask),
    ...sellerCalls(ask, api),
    ...orderCalls(ask),
    ...outboxCalls(ask),
    ...pictureCalls(ask),
    listItems: (filter, cursor) =>
      ask(({ items }, as) => items.$get({ query: given({ ...filter, cursor }) }, as)),
    getItem: (id) => ask(({ items }, as) => tagged(items[':id'].$get({ param: { id } }, as))),
    createItem: (json, key) => ask(({ items }, as) => items.$post({ json }, withKey(as, key))),
    replaceItem: (id, json, version) =>
      ask(({ items }, as) =>
        tagged(items[':id'].$put({ param: { id }, json }, ifMatch(as, version))),
      ),
    deleteItem: (id) => ask(({ items }, as) => items[':id'].$delete({ param: { id } }, as)),
    listCustomers: (filter, cursor) =>
      ask(({ users }, as) => users.$get({ query: given({ ...filter, cursor }) }, as)),
    getCustomer: (id) => ask(({ users }, as) => users[':id'].$get({ param: { id } }, as)),
    switchCustomer: (id, to) =>
      ask(({ users }, as) => users[':id'][to].$post({ param: { id } }, as)),
    allowMail: (id) =>
      ask(({ users }, as) => users[':id']['allow-mail'].$post({ param: { id } }, as)),
    listAudit: (filter, cursor) =>
      ask(({ audit }, as) => audit.$get({ query: given({ ...filter, cursor }) }, as)),
    listReports: (filter, cursor) =>
      ask(({ reports }, as) => reports.$get({ query: { ...filter, ...given({ cursor }) } }, as)),
    moderate: ({ kind, id }, to) =>
      ask(({ reviews, comments }, as) =>
        kind === 'review'
          ? reviews[':id'][to].$post({ param: { id } }, as)
          : comments[':id'][to].$post({ param: { id } }, as),
      ),
  };
}
