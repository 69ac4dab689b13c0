/** What becomes of an event as a whole: shown before, published, its texts corrected, planned once more, deleted. */
import { adminEventSchema } from '../../contract/administration.ts';
import {
  duplicateInputSchema,
  eventTextsSchema,
  previewLinkSchema,
} from '../../contract/event-lifecycle.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { EVENT_ID, EXAMPLES } from './examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

const tag = 'Administration';
const params = { id: { schema: eventIdSchema, example: EVENT_ID } };

const theEvent: SuccessAnswer = {
  description: 'The event.',
  schema: adminEventSchema,
  example: EXAMPLES.adminEvent,
};

export const EVENT_LIFECYCLE_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/admin/events/{id}/publish',
    operationId: 'publishEvent',
    versioned: true,
    tag,
    summary: 'Show a draft to everybody',
    description:
      'Its plan is checked once more by the rules of now: one whose opening has passed, for example, is refused with plan_unfit and its fields. Publishing an event that is published changes nothing.',
    caller: 'admin',
    params,
    answers: { 200: theEvent },
    problems: [
      'no_payment_provider',
      'event_cancelled',
      'event_not_locked',
      'plan_unfit',
      'item_numbers_used_up',
    ],
  },
  {
    method: 'post',
    path: '/admin/events/{id}/preview',
    operationId: 'previewEvent',
    tag,
    summary: 'Make a link that shows a draft',
    description:
      'Whoever has the link sees the event as shoppers will, without signing in, until it expires. Nobody can buy there. Once the event is published, the link leads to its own page.',
    caller: 'admin',
    params,
    answers: {
      200: {
        description: 'The link. It cannot be taken back; deleting the event ends it, too.',
        schema: previewLinkSchema,
        example: {
          url: 'https://shop.example/preview/0123456789ab0tlxq2kbYk3W1m8pTz0v5QeR7uIoP9aSdF2gHjK4lZxCvB6nM',
          expiresAt: '2026-11-29T12:00:00.000Z',
        },
      },
    },
  },
  {
    method: 'patch',
    path: '/admin/events/{id}/texts',
    operationId: 'correctEventTexts',
    versioned: true,
    tag,
    summary: 'Correct the words and the cover of an event at any time',
    description:
      'Whoever watches the event is shown them within a minute, without loading its page again. What is left out stays.',
    caller: 'admin',
    params,
    body: { schema: eventTextsSchema, example: { title: 'The weekend drop' }, optional: true },
    answers: { 200: theEvent },
  },
  {
    method: 'post',
    path: '/admin/events/{id}/duplicate',
    operationId: 'duplicateEvent',
    tag,
    summary: 'Plan an event once more, as a draft',
    description:
      'With the same items, stock, prices and conditions. With a key it is made once: for 24 hours the same request with the same key is answered as the first one was.',
    idempotent: true,
    caller: 'admin',
    params,
    body: { schema: duplicateInputSchema, example: {}, optional: true },
    answers: { 201: { ...theEvent, headers: ['Location'] } },
    problems: [
      'no_payment_provider',
      'plan_unfit',
      'idempotency_key_reused',
      'item_numbers_used_up',
    ],
  },
  {
    method: 'delete',
    path: '/admin/events/{id}',
    operationId: 'deleteEvent',
    versioned: true,
    tag,
    summary: 'Delete an event of which nothing was held or sold',
    description:
      'With its items and reminders. Refused with event_in_use once there was an order or its draw was locked, and with has_entries once somebody entered its queue.',
    caller: 'admin',
    params,
    answers: { 204: { description: 'It is gone.' } },
    problems: ['event_in_use', 'has_entries'],
  },
];
