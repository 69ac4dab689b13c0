/** The mails' handlers as the configuration wants them. */
import { createRecipientKeys } from '../../auth/account-tokens.ts';
import { createReminderTokens } from '../../auth/reminder-tokens.ts';
import type { Config } from '../../config/config.ts';
import type { Db } from '../../stores/postgres/client.ts';
import type { EmailBinding } from './cloudflare.ts';
import { createMailHandlers, type MailHandlers } from './handlers.ts';
import type { Fetch } from './post-json.ts';
import { sendMailBy } from './send-mail.ts';

export interface MailWorld {
  db: Db;
  fetch: Fetch;
  /** Where Cloudflare sends the mails. */
  email: EmailBinding | undefined;
  nowMs(): number;
}

/** @returns undefined where the shop sends no mail. */
export function mailHandlersOf(
  { mail, jwtSecret, jwtSecretPrevious }: Config,
  { db, fetch, email, nowMs }: MailWorld,
): MailHandlers | undefined {
  if (mail === undefined) return undefined;
  const { from, replyTo, publicUrl } = mail;
  const secrets: [string, ...string[]] = [
    jwtSecret,
    ...(jwtSecretPrevious === undefined ? [] : [jwtSecretPrevious]),
  ];
  const recipientKeys = secrets.map(createRecipientKeys);
  return createMailHandlers({
    db,
    send: sendMailBy(mail, { fetch, email }),
    shop: { name: from.name, url: publicUrl, contact: replyTo ?? from.email },
    secrets,
    reminderTokens: createReminderTokens(...secrets),
    recipientKeysOf: (address) => recipientKeys.map((keyOf) => keyOf(address)),
    nowMs,
  });
}
