/** The administration's calls, typed. Must not keep state or draw. */
import type {
  AdminEvent,
  AdminEventList,
  AdminOrderList,
  AuditEntry,
  CustomerDetail,
  CustomerList,
  EventDashboard,
  ItemList,
} from '../../worker/contract/administration.ts';
import type { EventInput, EventStatus, Item, ItemInput } from '../../worker/contract/events.ts';
import type { EventLine } from '../../worker/contract/line.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { Reported, ReportList, ReportState } from '../../worker/contract/reviews.ts';
import type { Answer, Call, ShopApi } from '../api.ts';

export interface EventFilter {
  readonly status?: EventStatus | undefined;
  readonly q?: string | undefined;
}

export interface CustomerFilter {
  /** How the e-mail address begins. */
  readonly q?: string | undefined;
  readonly active?: 'true' | 'false' | undefined;
}

export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

/** Of an event, of a customer, or both. */
export interface OrderFilter {
  readonly eventId?: string | undefined;
  readonly customer?: string | undefined;
  readonly status?: OrderStatus | undefined;
}

export type Moderated = 'reviews' | 'comments';

export interface ReportFilter {
  readonly of: Moderated;
  readonly state: ReportState;
}

/** What changed is shown as it came, whatever it is. */
export type AuditRecord = Omit<AuditEntry, 'before' | 'after'> & {
  readonly before: unknown;
  readonly after: unknown;
};

interface AuditPage {
  readonly entries: AuditRecord[];
  readonly nextCursor: string | null;
}

export interface AdminApi {
  listEvents(filter: EventFilter, cursor?: string): Call<AdminEventList>;
  getEvent(id: string): Call<AdminEvent>;
  createEvent(input: EventInput): Call<AdminEvent>;
  replaceEvent(id: string, input: EventInput): Call<AdminEvent>;
  openEvent(id: string): Call<AdminEvent>;
  closeEvent(id: string): Call<AdminEvent>;
  setStock(eventId: string, eventItemId: string, total: number): Call<AdminEvent>;
  dashboard(id: string): Call<EventDashboard>;
  line(eventId: string): Call<EventLine>;
  exportOrders(eventId: string): Call<Blob>;
  listItems(filter: { readonly q?: string | undefined }, cursor?: string): Call<ItemList>;
  getItem(id: string): Call<Item>;
  createItem(input: ItemInput): Call<Item>;
  replaceItem(id: string, input: ItemInput): Call<Item>;
  deleteItem(id: string): Call<null>;
  listCustomers(filter: CustomerFilter, cursor?: string): Call<CustomerList>;
  getCustomer(id: string): Call<CustomerDetail>;
  switchCustomer(id: string, to: 'activate' | 'deactivate'): Call<CustomerDetail>;
  listAudit(filter: AuditFilter, cursor?: string): Call<AuditPage>;
  listOrders(filter: OrderFilter, cursor?: string): Call<AdminOrderList>;
  /** What waits for a decision, or what is hidden. */
  listReports(filter: ReportFilter, cursor?: string): Call<ReportList>;
  /** Restoring what is not hidden closes its reports and leaves it where it is. */
  moderate(reported: Pick<Reported, 'kind' | 'id'>, to: 'hide' | 'restore'): Call<Reported>;
}

/** A file of a million orders takes its time. */
const EXPORT_MS_MAX = 10 * 60_000;

export function createAdminApi({ asCaller }: Pick<ShopApi, 'asCaller'>): AdminApi {
  const ask = <Value>(send: (admin: Admin, as: As) => Promise<Answer<Value>>) =>
    asCaller((client, as) => send(client.api.v1.admin, as));
  return {
    listEvents: (filter, cursor) =>
      ask(({ events }, as) => events.$get({ query: given({ ...filter, cursor }) }, as)),
    getEvent: (id) => ask(({ events }, as) => events[':id'].$get({ param: { id } }, as)),
    createEvent: (json) => ask(({ events }, as) => events.$post({ json }, as)),
    replaceEvent: (id, json) =>
      ask(({ events }, as) => events[':id'].$put({ param: { id }, json }, as)),
    openEvent: (id) => ask(({ events }, as) => events[':id'].open.$post({ param: { id } }, as)),
    closeEvent: (id) => ask(({ events }, as) => events[':id'].close.$post({ param: { id } }, as)),
    setStock: (id, eventItemId, total) =>
      ask(({ events }, as) =>
        events[':id'].items[':eventItemId'].stock.$put(
          { param: { id, eventItemId }, json: { total } },
          as,
        ),
      ),
    dashboard: (id) => ask(({ events }, as) => events[':id'].dashboard.$get({ param: { id } }, as)),
    line: (id) => ask(({ events }, as) => events[':id'].line.$get({ param: { id } }, as)),
    exportOrders: (id) =>
      ask(async ({ events }, { headers }) => {
        const init = { signal: AbortSignal.timeout(EXPORT_MS_MAX) };
        const target = { param: { id }, query: {} };
        const response = await events[':id']['orders.csv'].$get(target, { headers, init });
        return asFile(response);
      }),
    listItems: (filter, cursor) =>
      ask(({ items }, as) => items.$get({ query: given({ ...filter, cursor }) }, as)),
    getItem: (id) => ask(({ items }, as) => items[':id'].$get({ param: { id } }, as)),
    createItem: (json) => ask(({ items }, as) => items.$post({ json }, as)),
    replaceItem: (id, json) =>
      ask(({ items }, as) => items[':id'].$put({ param: { id }, json }, as)),
    deleteItem: (id) => ask(({ items }, as) => items[':id'].$delete({ param: { id } }, as)),
    listCustomers: (filter, cursor) =>
      ask(({ users }, as) => users.$get({ query: given({ ...filter, cursor }) }, as)),
    getCustomer: (id) => ask(({ users }, as) => users[':id'].$get({ param: { id } }, as)),
    switchCustomer: (id, to) =>
      ask(({ users }, as) => users[':id'][to].$post({ param: { id } }, as)),
    listAudit: (filter, cursor) =>
      ask(({ audit }, as) => audit.$get({ query: given({ ...filter, cursor }) }, as)),
    listOrders: (filter, cursor) =>
      ask(({ orders }, as) => orders.$get({ query: given({ ...filter, cursor }) }, as)),
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

type Send = Parameters<ShopApi['asCaller']>[0];
type Admin = Parameters<Send>[0]['api']['v1']['admin'];
type As = Parameters<Send>[1];

/** What a field left empty does not ask for. */
function given<Fields extends Record<string, string | undefined>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

/** Bytes where calls read JSON, unless it is a refusal, which is JSON. */
function asFile(response: Answer<unknown>): Answer<Blob> {
  const file = response.ok ? Object.assign(response, { json: () => response.blob() }) : response;
  return file as Answer<Blob>;
}
