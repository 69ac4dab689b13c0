/** What the mail provider reports. */
import { mailEventSchema } from '../../contract/mail-events.ts';
import type { Operation } from './operation.ts';

export const MAIL_EVENT_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/mail/events',
    operationId: 'reportMailEvent',
    tag: 'Service',
    summary: 'Take a report of the mail provider',
    description:
      'Signed as Standard Webhooks 1.0.0 says, or with the same headers named svix-; a shop without the provider’s secret has no such address. An address that takes no mail, or from which somebody complained, is sent nothing any more. Other reports are taken and change nothing.',
    caller: 'mail_provider',
    body: {
      schema: mailEventSchema,
      example: {
        type: 'email.bounced',
        created_at: '2026-11-27T10:00:03.000Z',
        data: { to: ['grace@example.com'], bounce: { type: 'Permanent' } },
      },
    },
    answers: { 204: { description: 'The report was taken.' } },
    problems: ['not_found'],
  },
];
