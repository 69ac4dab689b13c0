/** What a mail provider reports of mails that it sent. */
import * as z from 'zod';

const ADDRESSES_MAX = 50;
const ADDRESS_CHARS_MAX = 320;

/** Why nothing is sent to an address any more: mail came back for good, or its owner complained. */
export const suppressionSchema = z.enum(['bounced', 'complained']);
export type Suppression = z.infer<typeof suppressionSchema>;

const recipients = z
  .array(z.string().max(ADDRESS_CHARS_MAX))
  .max(ADDRESSES_MAX)
  .meta({ description: 'To whom the mail went.' });

/**
 * A report: https://resend.com/docs/webhooks/event-types. Types that are not known here and further
 * members are taken and not looked at.
 */
export const mailEventSchema = z.looseObject({
  type: z.string().meta({ description: 'Such as `email.bounced` or `email.complained`.' }),
  data: z
    .looseObject({
      to: recipients.optional(),
      bounce: z
        .looseObject({
          type: z.string().meta({ description: '`Permanent` where the address takes no mail.' }),
        })
        .optional(),
    })
    .optional(),
});
export type MailEvent = z.infer<typeof mailEventSchema>;

/**
 * Why nothing is to be sent to the recipients any more; undefined where the report says no such thing.
 * A bounce that passes by itself, such as a full mailbox, is none.
 */
export function suppressionOf({ type, data }: MailEvent): Suppression | undefined {
  if (type === 'email.complained') return 'complained';
  const isPermanent = (data?.bounce?.type ?? 'Permanent') === 'Permanent';
  return type === 'email.bounced' && isPermanent ? 'bounced' : undefined;
}
