/**
 * What a reminder's mail turns it off with, without a sign-in: names the reminder and is signed, so nothing
 * is kept of it. It can do nothing else, and goes on being good, as the mail does.
 */
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type EventId, eventIdSchema, type UserId, userIdSchema } from '../contract/ids.ts';

const FORM = /^([0-9a-z]{12})([0-9a-z]{18})\.([\w-]{43})$/;

export interface NamedReminder {
  eventId: EventId;
  userId: UserId;
}

export interface ReminderTokens {
  make(reminder: NamedReminder): string;
  /** @returns undefined for a token that was not made here. */
  read(token: string): NamedReminder | undefined;
}

/** @param secrets what tokens were signed with, the one for new ones first. */
export function createReminderTokens(...secrets: [string, ...string[]]): ReminderTokens {
  const signed = (name: string, secret: string = secrets[0]) =>
    createHmac('sha256', secret).update(`reminder ${name}`).digest('base64url');
  return {
    make({ eventId, userId }) {
      const name = eventId.slice(4) + userId.slice(4);
      return `${name}.${signed(name)}`;
    },
    read(token) {
      const [, event, user, signature = ''] = FORM.exec(token) ?? [];
      const eventId = eventIdSchema.safeParse(`evt_${event}`);
      const userId = userIdSchema.safeParse(`usr_${user}`);
      if (!eventId.success || !userId.success) return undefined;
      const isOurs = secrets.some((secret) =>
        timingSafeEqual(Buffer.from(signature), Buffer.from(signed(`${event}${user}`, secret))),
      );
      return isOurs ? { eventId: eventId.data, userId: userId.data } : undefined;
    },
  };
}
