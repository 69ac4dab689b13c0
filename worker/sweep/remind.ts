/** Every minute: reminders of sales that open soon become mails and notifications in the outbox. */
import type { Needs } from '../deps/deps.ts';
import { queueOpeningPushes } from '../stores/postgres/opening-pushes.ts';
import { putRemindersOff, queueReminders } from '../stores/postgres/reminder-mails.ts';

/** In one statement, which has to be done within a store's time. */
export const REMINDERS_PER_STATEMENT_MAX = 2_500;
/** More wait for the next sweep. */
const REMINDERS_PER_SWEEP_MAX = 20_000;

export type RemindNeeds = Needs<{
  outbox: 'sendsMail' | 'wake';
  push: 'publicKey';
  stores: 'db';
  platform: 'nowMs';
}>;

/** Throws a Fault where the database is away. */
export async function remind({ outbox, push, stores, platform }: RemindNeeds): Promise<void> {
  const { db } = stores;
  const bound = { nowMs: platform.nowMs(), limit: REMINDERS_PER_STATEMENT_MAX };
  const queue = (write: () => Promise<number>) =>
    repeat(async () => {
      const count = await write();
      if (count > 0) outbox.wake();
      return count;
    });
  if (push.publicKey !== undefined) await queue(() => queueOpeningPushes(db, bound));
  if (!outbox.sendsMail) return;
  await repeat(() => putRemindersOff(db, bound));
  await queue(() => queueReminders(db, bound));
}

/** Until nothing is left, or as often as one sweep may. */
async function repeat(change: () => Promise<number>): Promise<void> {
  for (let changed = 0; changed < REMINDERS_PER_SWEEP_MAX; ) {
    const count = await change();
    if (count === 0) return;
    changed += count;
  }
}
