/** Events as anyone may read them. */
import * as z from 'zod';
import {
  calendarQuerySchema,
  eventDetailSchema,
  eventListQuerySchema,
  eventListSchema,
  integritySchema,
} from '../../contract/events.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { liveMessageSchema } from '../../contract/live.ts';
import { EVENT_ID, EXAMPLES } from './examples.ts';
import type { Operation } from './operation.ts';
import { INTEGRITY_EXAMPLE } from './queue-examples.ts';

const params = { id: { schema: eventIdSchema, example: EVENT_ID } };

export const EVENT_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/events',
    operationId: 'listEvents',
    tag: 'Events',
    summary: 'List the published events, newest opening first',
    description:
      'Narrowed by status, by category, and by q, a part of the title or of the name of an item in any case. At most two seconds old. The entity tag leaves serverNow out; the Server-Now header has it, on a 304 too.',
    caller: 'anybody',
    query: eventListQuerySchema,
    revalidated: true,
    answers: {
      200: {
        description: 'One page of events.',
        schema: eventListSchema,
        example: EXAMPLES.eventList,
      },
    },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/events/{id}',
    operationId: 'getEvent',
    tag: 'Events',
    summary: 'Read an event with its items and their stock',
    description:
      'At most two seconds old, and never from before the event opened or closed. The entity tag leaves serverNow out.',
    caller: 'anybody',
    params,
    revalidated: true,
    answers: {
      200: {
        description: 'The event.',
        schema: eventDetailSchema,
        example: EXAMPLES.eventDetail,
      },
    },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/events/{id}/calendar.ics',
    operationId: 'getEventCalendar',
    tag: 'Events',
    summary: 'Note an event in a calendar',
    description:
      'An iCalendar file (RFC 5545) with the sale as one entry and an alarm ten minutes before it opens. The entry keeps its UID, and its SEQUENCE grows with each change that a calendar shows, so that taking the file again brings it up to date. An event that was closed before it opened is cancelled. Also answered 304 to an If-Modified-Since.',
    caller: 'anybody',
    params,
    query: calendarQuerySchema,
    revalidated: true,
    answers: {
      200: {
        description: 'The calendar.',
        schema: z.string(),
        mediaType: 'text/calendar',
        headers: ['Content-Disposition', 'Last-Modified'],
      },
    },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/events/{id}/live',
    operationId: 'watchEvent',
    tag: 'Events',
    summary: 'Watch an event’s stock and status over a WebSocket',
    description:
      'Each message with v 1 is a LiveSnapshot, the newest at once and then whenever something changes, a few times a second at most. A snapshot with a smaller seq than one seen before is to be dropped. One with v 2 is a LiveDiscussion: the comments changed, sent once a second at most; request them two seconds later or more, not all at the same moment. Messages of any other version or kind are to be left alone. Nothing need be sent; the text ping is answered with pong. Closed with 1008 at any other message or after ten pings in ten seconds, with 1013 after two silent minutes where places are scarce, with 4404 when the event is no longer public.',
    caller: 'anybody',
    params,
    answers: {
      101: {
        description: 'The socket is open. Its messages are these.',
        schema: liveMessageSchema,
        example: EXAMPLES.liveSnapshot,
      },
    },
    problems: ['forbidden', 'upgrade_required', 'rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/events/{id}/integrity',
    operationId: 'recountEvent',
    tag: 'Events',
    summary: 'Recount an event from its orders, queue entries and payments',
    description:
      'For every item remaining + held + sold = total, and the counters are what the orders and the queue entries add up to; each offer belongs to one entry and was made while it could be. Of the money it tells which laws were broken, and no amounts. At most a second old.',
    caller: 'anybody',
    params,
    answers: {
      200: {
        description: 'The counters beside the recount.',
        schema: integritySchema,
        example: INTEGRITY_EXAMPLE,
      },
    },
    problems: ['rate_limited', 'busy'],
  },
];
