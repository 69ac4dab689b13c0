/** The console's one search. */
import { adminSearchQuerySchema, adminSearchSchema } from '../../contract/admin-search.ts';
import { EXAMPLES } from './examples.ts';
import type { Operation } from './operation.ts';

const [order] = EXAMPLES.adminOrderList.orders;
const [customer] = EXAMPLES.customerList.users;
const [event] = EXAMPLES.adminEventList.events;
const [item] = EXAMPLES.itemList.items;

export const ADMIN_SEARCH_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/search',
    operationId: 'searchAll',
    tag: 'Administration',
    summary: 'Find orders, customers, events and items by any part of a name',
    description:
      'The newest few of each. Their lists have all of them: of orders, accounts and items with the same q, of events with a part of the title.',
    caller: 'admin',
    query: adminSearchQuerySchema,
    answers: {
      200: {
        description: 'What was found.',
        schema: adminSearchSchema,
        example: {
          orders: [
            {
              id: order?.id,
              number: order?.number,
              status: order?.status,
              reservedAt: order?.reservedAt,
              eventTitle: order?.eventTitle,
              itemName: order?.itemName,
              customerName: order?.customerName,
            },
          ],
          customers: [
            {
              id: customer?.id,
              displayName: customer?.displayName,
              email: customer?.email,
              active: true,
              deletedAt: null,
            },
          ],
          events: [
            {
              id: event?.id,
              title: event?.title,
              startsAt: event?.startsAt,
              published: true,
              cancelledAt: null,
            },
          ],
          items: [{ id: item?.id, name: item?.name, category: item?.category }],
          more: [],
        },
      },
    },
  },
];
