/** The variables of mail; part of the table in variables.ts. Reads nothing itself. */
import * as z from 'zod';
import type { VariableTable } from '../../data-api/environment.ts';
import { isPublicOrigin, isWebhookSecret, mailboxIn, NAMED_MAILBOX } from './variable-forms.ts';

const PER_SECOND_MAX = 1_000;
const PER_DAY_MAX = 10_000_000;

/** A whole number from 1 on. */
const count = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,7}$/)
    .transform(Number)
    .pipe(z.int().max(max));

export const MAIL_VARIABLES = {
  MAIL_VIA: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'By what mails leave: Cloudflare’s binding `EMAIL`, Resend’s HTTP API, or a folder on a developer’s machine. Without it the shop sends none, and offers nothing that needs one.',
    form: '`cloudflare`, `resend` or `folder`',
    usedIn: ['worker/config/mail-config.ts', 'worker/wiring.ts'],
    schema: z.enum(['cloudflare', 'resend', 'folder']),
  },
  MAIL_FROM: {
    kind: 'variable',
    needed: { with: 'MAIL_VIA' },
    meaning: 'The sender of all mails; the adapter must be allowed to send for its domain.',
    form: '`Name <address>`, such as `Lamp Shop <orders@shop.example>`',
    usedIn: ['worker/outbox/mail/send-mail.ts'],
    schema: z.string().regex(NAMED_MAILBOX).transform(mailboxIn),
  },
  MAIL_REPLY_TO: {
    kind: 'variable',
    needed: 'never',
    meaning: 'Where answers to a mail go; without it, to the sender.',
    form: 'an e-mail address, such as `hello@shop.example`',
    usedIn: ['worker/outbox/mail/send-mail.ts'],
    schema: z.string().regex(/^[\w.+-]{1,64}@[A-Za-z0-9.-]{1,190}$/),
  },
  MAIL_API_KEY: {
    kind: 'secret',
    needed: { with: 'MAIL_VIA', being: 'resend' },
    meaning: 'The key that Resend asks for; one that may only send is enough.',
    form: 'printable characters without a space',
    usedIn: ['worker/outbox/mail/resend.ts'],
    schema: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  },
  MAIL_API_URL: {
    kind: 'variable',
    needed: 'never',
    default: 'https://api.resend.com',
    meaning: 'Where Resend’s API answers, or what stands in for it in a test.',
    form: 'an https origin without a path, or an http one on this machine',
    usedIn: ['worker/outbox/mail/resend.ts'],
    schema: z.string().refine(isPublicOrigin),
  },
  MAIL_FOLDER_URL: {
    kind: 'variable',
    needed: { with: 'MAIL_VIA', being: 'folder' },
    meaning: 'The process of a developer’s machine that writes each mail into a file.',
    form: 'an http address of this machine, such as `http://127.0.0.1:8791/`',
    usedIn: ['worker/outbox/mail/folder.ts'],
    schema: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ }),
  },
  MAIL_WEBHOOK_SECRET: {
    kind: 'secret',
    needed: 'never',
    meaning:
      'Signs what the mail provider reports of mails that came back and of complaints; without it, `/api/v1/mail/events` does not exist.',
    form: '`whsec_` and 24 to 64 bytes in base64, as the provider shows it',
    usedIn: ['worker/routes/mail-events.ts'],
    schema: z.string().refine(isWebhookSecret),
  },
  MAIL_PER_SECOND_MAX: {
    kind: 'variable',
    needed: 'never',
    default: '2',
    meaning: 'How many mails may leave in one second; not more than the provider takes.',
    form: `a whole number from 1 to ${PER_SECOND_MAX}`,
    usedIn: ['worker/config/mail-config.ts'],
    schema: count(PER_SECOND_MAX),
  },
  MAIL_PER_DAY_MAX: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Mails that leave in any 24 hours; a tenth of them is kept for account mails, and what is over waits. Without it, only the provider’s own quota counts.',
    form: `a whole number from 1 to ${PER_DAY_MAX}`,
    usedIn: ['worker/config/mail-config.ts'],
    schema: count(PER_DAY_MAX),
  },
} as const satisfies VariableTable;
