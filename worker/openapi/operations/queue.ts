/** The queue of an item: entering, looking at one's place, leaving. */
import { eventIdSchema, eventItemIdSchema, queueEntryIdSchema } from '../../contract/ids.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import {
  enterQueueSchema,
  eventQueueSchema,
  ownQueueQuerySchema,
  ownQueueSchema,
  queueEntryAnswerSchema,
} from '../../contract/queue.ts';
import { EVENT_ID, EVENT_ITEM_ID } from './examples.ts';
import type { Operation } from './operation.ts';
import { ENTRY_ID, QUEUE_EXAMPLES } from './queue-examples.ts';

const IN_THE_LINE: ProblemCode[] = ['rate_limited', 'busy'];

const entry = { id: { schema: queueEntryIdSchema, example: ENTRY_ID } };

export const QUEUE_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/queue/{id}',
    operationId: 'enterQueue',
    tag: 'Queue',
    summary: 'Enter the queue of an event item',
    description:
      'Takes an event item. In a draw from its publication until entriesCloseAt, and later behind all others; in other sales once the item has no free unit, or others wait for those that are free. An event without a waitlist takes nobody from entriesCloseAt on, and at no time where it has no draw (`queue_closed`). A turn is an offer: an order that is pending, with entryId, to be confirmed or cancelled as any other. An offer may be smaller than the quantity wished for, never smaller than minQuantity; whoever has a larger minimum may be passed by smaller wishes for as long as it is not free. An entry that waits, or whose offer is pending, is answered again with 200 instead of another one; afterwards an item can be entered anew, five times in 24 hours in all.',
    caller: 'customer',
    params: { id: { schema: eventItemIdSchema, example: EVENT_ITEM_ID } },
    body: { schema: enterQueueSchema, example: QUEUE_EXAMPLES.wish, optional: true },
    answers: {
      201: {
        description: 'The new entry.',
        schema: queueEntryAnswerSchema,
        example: QUEUE_EXAMPLES.waiting,
      },
      200: {
        description: 'The entry that is there already, whatever quantity it was made with.',
        schema: queueEntryAnswerSchema,
        example: QUEUE_EXAMPLES.waiting,
      },
    },
    problems: [
      'stock_available',
      'queue_closed',
      'queue_full',
      'not_open',
      'closed',
      'email_unverified',
      'limit_reached',
      ...IN_THE_LINE,
    ],
  },
  {
    method: 'get',
    path: '/queue/{id}',
    operationId: 'getQueueEntry',
    tag: 'Queue',
    summary: 'Read one’s own queue entry',
    description:
      'Takes an entry. What is ahead is exact where up to a thousand wait for the item; in a longer queue, whoever has left in the last half minute may still be counted. The outlook follows from the units ahead, from those that are free or held, and from the share of the sale’s holds that lapsed so far; it knows neither the time that is left nor whether units will be added.',
    caller: 'customer',
    params: entry,
    revalidated: true,
    answers: {
      200: {
        description: 'The entry.',
        schema: queueEntryAnswerSchema,
        example: QUEUE_EXAMPLES.waiting,
      },
    },
  },
  {
    method: 'post',
    path: '/queue/{id}/leave',
    operationId: 'leaveQueue',
    tag: 'Queue',
    summary: 'Leave the queue',
    description:
      'Takes an entry. One that was offered gives its offer back: the order is cancelled, and its units go to whoever is next. Leaving again is answered the same.',
    caller: 'customer',
    params: entry,
    answers: {
      200: {
        description: 'The entry as it is now.',
        schema: queueEntryAnswerSchema,
        example: QUEUE_EXAMPLES.left,
      },
    },
    problems: ['order_confirmed', ...IN_THE_LINE],
  },
  {
    method: 'get',
    path: '/profile/queue',
    operationId: 'listOwnQueue',
    tag: 'Queue',
    summary: 'List one’s own queue entries, newest first',
    description: 'Narrowed by eventId.',
    caller: 'customer',
    query: ownQueueQuerySchema,
    revalidated: true,
    answers: {
      200: {
        description: 'One page of entries.',
        schema: ownQueueSchema,
        example: QUEUE_EXAMPLES.own,
      },
    },
  },
  {
    method: 'get',
    path: '/events/{id}/queue',
    operationId: 'getEventQueue',
    tag: 'Queue',
    summary: 'Read how an event’s queue stands',
    description:
      'The same for everybody, at most two seconds old, so that no number of people who wait costs more. Of a draw that was drawn it has the seed, in hex, and steps: about 64 entries of each item by score, as they stood at the draw. The score of an entry is the HMAC-SHA-256 of its id with the seed as key, and the rank follows from it, smallest first: so everybody can compute their place between two steps. Whoever may have been reached reads their own entry, at a moment of their own within two seconds. The entity tag leaves serverNow out.',
    caller: 'anybody',
    params: { id: { schema: eventIdSchema, example: EVENT_ID } },
    revalidated: true,
    answers: {
      200: {
        description: 'The queue of each item.',
        schema: eventQueueSchema,
        example: QUEUE_EXAMPLES.event,
      },
    },
    problems: ['rate_limited', 'busy'],
  },
];
