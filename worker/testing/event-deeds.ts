/** What admins do to events beside their plans, for the test of the audit log. */
import { makeEvent } from './shop.ts';

const HOUR_MS = 3_600_000;

/** One thing that admins do: where, with what, and what the log says it was. */
export interface Deed {
  operation: string;
  action: string;
  /** It takes an Idempotency-Key, and nothing without one. */
  isKeyed?: true;
  /** It needs a shop that sends mail. */
  sendsMail?: true;
  /** @returns the path's ids, the body, and whom or what it is about if that is not the answer's id. */
  prepare(): Promise<{
    ids?: Record<string, string>;
    body?: unknown;
    /** In place of a body of JSON. */
    file?: Uint8Array<ArrayBuffer>;
    subject?: string;
  }>;
}

const planned = async (more: Parameters<typeof makeEvent>[0] = {}) => {
  const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
  return (await makeEvent({ startsAt, ...more })).eventId;
};

export const EVENT_DEEDS: Deed[] = [
  {
    operation: 'POST /admin/events/{id}/cancel',
    action: 'event.cancel',
    async prepare() {
      const { eventId: id } = await makeEvent();
      return { ids: { id }, subject: id, body: { reason: 'Flooded' } };
    },
  },
  {
    operation: 'POST /admin/events/{id}/publish',
    action: 'event.publish',
    prepare: async () => ({ ids: { id: await planned({ published: false }) } }),
  },
  {
    operation: 'POST /admin/events/{id}/preview',
    action: 'event.preview',
    async prepare() {
      const id = await planned({ published: false });
      return { ids: { id }, subject: id };
    },
  },
  {
    operation: 'PATCH /admin/events/{id}/texts',
    action: 'event.texts',
    prepare: async () => ({ ids: { id: await planned() }, body: { title: 'Another title' } }),
  },
  {
    operation: 'POST /admin/events/{id}/duplicate',
    action: 'event.create',
    prepare: async () => ({ ids: { id: await planned() } }),
  },
  {
    operation: 'DELETE /admin/events/{id}',
    action: 'event.delete',
    async prepare() {
      const id = await planned();
      return { ids: { id }, subject: id };
    },
  },
];
