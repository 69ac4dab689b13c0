/** What mails' handlers are given in tests that look at what would leave. Sends nothing. */
import { createReminderTokens } from '../auth/reminder-tokens.ts';
import type { MailPorts } from '../outbox/mail/handlers.ts';
import type { Mail } from '../outbox/mail/mail.ts';
import type { Db } from '../stores/postgres/client.ts';

const SECRET = 'a secret that only tests know, long enough';

/** @returns the ports of a shop called Lamp Shop, and the mails that were sent by them. */
export function mailPorts(db: Db, nowMs: number): { ports: MailPorts; mails: Mail[] } {
  const mails: Mail[] = [];
  const ports: MailPorts = {
    db,
    send: async (mail) => {
      mails.push(mail);
      return { kind: 'done' };
    },
    shop: { name: 'Lamp Shop', url: 'https://shop.example', contact: 'help@shop.example' },
    secrets: [SECRET],
    reminderTokens: createReminderTokens(SECRET),
    recipientKeysOf: () => [],
    nowMs: () => nowMs,
  };
  return { ports, mails };
}
