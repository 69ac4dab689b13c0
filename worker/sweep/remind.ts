/** Every minute: reminders of sales that open soon become mails in the outbox. */
import type { Needs } from '../deps/deps.ts';
import { putRemindersOff, queueReminders } from '../stores/postgres/reminder-mails.ts';

/** In one statement, which has to be done within a store's time. */
export const REMINDERS_PER_STATEMENT_MAX = 2_500;
/** More wait for the next sweep. */
const REMINDERS_PER_SWEEP_MAX = 20_000;

export type RemindNeeds = Needs<{
  outbox: 'sendsMail' | 'wake';
  stores: 'db';
  platform: 'nowMs';
}>;

/** Throws a Fault where the database is away. */
export async function remind({ outbox, stores, platform }: RemindNeeds): Promise<void> {
  if (!outbox.sendsMail) return;
  const { db } = stores;
  const nowMs = platform.nowMs();
  const bound = { nowMs, limit: REMINDERS_PER_STATEMENT_MAX };
  await repeat(() => putRemindersOff(db, bound));
  await repeat(async () => {
    const count = await queueReminders(db, bound);
    if (count > 0) outbox.wake();
    return count;
  });
}

/** Until nothing is left, or as often as one sweep may. */
async function repeat(change: () => Promise<number>): Promise<void> {
  for (let changed = 0; changed < REMINDERS_PER_SWEEP_MAX; ) {
    const count = await change();
    if (count === 0) return;
    changed += count;
  }
}
