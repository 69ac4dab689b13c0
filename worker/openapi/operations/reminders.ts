/** Reminders of a sale before it opens. */
import { eventIdSchema } from '../../contract/ids.ts';
import { reminderListSchema, reminderOffSchema } from '../../contract/reminders.ts';
import { EVENT_ID } from './examples.ts';
import type { Operation } from './operation.ts';
import { REMINDER_EXAMPLES } from './own-data-examples.ts';

const params = { id: { schema: eventIdSchema, example: EVENT_ID } };

export const REMINDER_OPERATIONS: Operation[] = [
  {
    method: 'put',
    path: '/events/{id}/reminder',
    operationId: 'addReminder',
    tag: 'Events',
    summary: 'Ask for a mail shortly before the sale opens',
    description:
      'The mail follows a sale that is put off, and is not sent for one that is called off. It goes to a confirmed address only: a reminder of somebody else waits until the address is confirmed. Asking again changes nothing. At most a hundred reminders of an account wait.',
    caller: 'customer',
    params,
    answers: {
      204: { description: 'The caller will be reminded.' },
      202: { description: 'The caller will be reminded if the address is confirmed by then.' },
    },
    problems: ['already_open', 'closed', 'too_many_reminders', 'mail_unavailable'],
  },
  {
    method: 'delete',
    path: '/events/{id}/reminder',
    operationId: 'removeReminder',
    tag: 'Events',
    summary: 'Take a reminder back',
    caller: 'customer',
    params,
    answers: { 204: { description: 'The caller will not be reminded.' } },
  },
  {
    method: 'get',
    path: '/profile/reminders',
    operationId: 'listReminders',
    tag: 'Profile',
    summary: 'List the sales that the caller is reminded of',
    description: 'The last asked for first; a reminder is listed until its sale is over.',
    caller: 'customer',
    answers: {
      200: {
        description: 'The ids of the sales.',
        schema: reminderListSchema,
        example: REMINDER_EXAMPLES.list,
      },
    },
  },
  {
    method: 'post',
    path: '/reminders/off',
    operationId: 'turnReminderOff',
    tag: 'Events',
    summary: 'Turn a reminder off by the link of its mail',
    description:
      'The token is in the body, or in the query with any form as body: so does a mail program when its own button is pressed (RFC 8058). Answered the same where there is no such reminder any more.',
    caller: 'anybody',
    query: reminderOffSchema,
    body: { schema: reminderOffSchema, example: REMINDER_EXAMPLES.off, optional: true },
    takesForm: true,
    answers: { 204: { description: 'The reminder is off.' } },
  },
];
