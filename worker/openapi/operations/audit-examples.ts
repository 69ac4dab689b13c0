/** An example of the audit log in the description. A test validates it. */
import { ADMIN_ID, EVENT_ID, EVENT_ITEM_ID } from './examples.ts';

const serverNow = '2026-11-27T09:59:58.000Z';

export const AUDIT_LIST = {
  entries: [
    {
      id: 7,
      at: serverNow,
      actor: ADMIN_ID,
      action: 'event.stock',
      subject: EVENT_ITEM_ID,
      before: { total: 40 },
      after: { total: 50 },
      names: {
        actor: 'Ada Lovelace',
        subject: 'Espresso machine',
        event: { id: EVENT_ID, title: 'Espresso machine drop', currency: 'EUR' },
        orderNumber: null,
        itemId: null,
        items: {},
      },
    },
  ],
  nextCursor: null,
  serverNow,
};
