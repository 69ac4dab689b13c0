/** What admins do. */
import {
  eventDetailSchema,
  eventInputSchema,
  itemInputSchema,
  itemSchema,
} from '../../contract/events.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { EVENT_ID, EXAMPLES } from '../examples.ts';
import type { Operation } from '../operation.ts';

const params = { id: { schema: eventIdSchema, example: EVENT_ID } };

export const ADMINISTRATION_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/admin/items',
    operationId: 'createItem',
    tag: 'Administration',
    summary: 'Add an item to the catalogue',
    caller: 'admin',
    body: { schema: itemInputSchema, example: EXAMPLES.itemInput },
    answers: { 201: { description: 'The item.', schema: itemSchema, example: EXAMPLES.item } },
  },
  {
    method: 'post',
    path: '/admin/events',
    operationId: 'createEvent',
    tag: 'Administration',
    summary: 'Make an event out of catalogue items',
    caller: 'admin',
    body: { schema: eventInputSchema, example: EXAMPLES.eventInput },
    answers: {
      201: { description: 'The event.', schema: eventDetailSchema, example: EXAMPLES.eventDetail },
    },
  },
  {
    method: 'post',
    path: '/admin/events/{id}/open',
    operationId: 'openEvent',
    tag: 'Administration',
    summary: 'Open an event now',
    caller: 'admin',
    params,
    answers: {
      200: { description: 'The event.', schema: eventDetailSchema, example: EXAMPLES.eventDetail },
    },
    problems: ['event_ended'],
  },
  {
    method: 'post',
    path: '/admin/events/{id}/close',
    operationId: 'closeEvent',
    tag: 'Administration',
    summary: 'Close an event now',
    caller: 'admin',
    params,
    answers: {
      200: { description: 'The event.', schema: eventDetailSchema, example: EXAMPLES.eventDetail },
    },
  },
];
