/** Reminders of a sale before it opens: asked for, listed and turned off. */
import { Hono } from 'hono';
import * as z from 'zod';
import { eventIdSchema } from '../contract/ids.ts';
import { type ReminderList, reminderOffSchema } from '../contract/reminders.ts';
import type { Needs } from '../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { bodyOptional, formAccepted, valid } from '../http/validate.ts';
import { addReminder, listReminders, removeReminder } from '../stores/postgres/reminders.ts';
import { assertSendsMail } from './auth/account-mail.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

type Needed = SessionNeeds & Needs<{ accounts: 'reminderTokens'; outbox: 'sendsMail' }>;

/** Below the sale that it is about. */
export function eventReminderRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  return new Hono<SessionEnv>()
    .put('/:id/reminder', requireSession(deps), eventParam, async (c) => {
      assertSendsMail(deps);
      const { id: eventId } = c.req.valid('param');
      const now = nowMs();
      const { id: userId, emailVerified } = c.get('user');
      const verdict = await addReminder(db, { eventId, userId, nowMs: now });
      // Kept until the address is confirmed, on whichever device that is done.
      if (verdict === 'added' || verdict === 'kept') return c.body(null, emailVerified ? 204 : 202);
      const serverNow = new Date(now).toISOString();
      const isTimed = verdict !== 'too_many_reminders';
      throw new HttpProblem(verdict, isTimed ? { extra: { serverNow } } : {});
    })
    .delete('/:id/reminder', requireSession(deps), eventParam, async (c) => {
      const { id: eventId } = c.req.valid('param');
      await removeReminder(db, { eventId, userId: c.get('user').id, nowMs: nowMs() });
      return c.body(null, 204);
    });
}

/** The caller's own. */
export function ownReminderRoutes(deps: Needed) {
  return new Hono<SessionEnv>().get('/reminders', requireSession(deps), async (c) => {
    const list: ReminderList = {
      eventIds: await listReminders(deps.stores.db, c.get('user').id),
    };
    return c.json(list, 200);
  });
}

/**
 * By the link of a mail, without a sign-in. A mail program sends a form to the same address as soon as
 * somebody presses its own button (RFC 8058), and the form says nothing more.
 */
export function reminderOffRoutes({ accounts, stores, platform }: Needed) {
  return new Hono().post(
    '/off',
    formAccepted,
    bodyOptional,
    valid('query', reminderOffSchema),
    valid('json', reminderOffSchema),
    async (c) => {
      const token = c.req.valid('query').token ?? c.req.valid('json').token;
      const reminder = token === undefined ? undefined : accounts.reminderTokens.read(token);
      if (reminder === undefined) {
        const message = 'is not a token of a reminder';
        throw new HttpProblem('malformed', { errors: [{ path: 'token', message }] });
      }
      await removeReminder(stores.db, { ...reminder, nowMs: platform.nowMs() });
      return c.body(null, 204);
    },
  );
}
