/** Devices that are told by notifications, in Postgres: switched on and off, and found when one is told. */
import { sql } from 'drizzle-orm';
import type { LoginId, UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import type { PushSubscriptionInput } from '../../contract/push.ts';
import { type Db, guarded, instant } from './client.ts';
import { LOGIN_ID } from './ended-logins.ts';

/** A device is known by its login. */
interface Device {
  userId: UserId;
  /** Undefined in a token from before logins had ids. */
  loginId: LoginId | undefined;
}

interface SwitchedOn extends Device {
  subscription: PushSubscriptionInput;
  language: Language;
  nowMs: number;
}

/** Where a notification goes, and what it is encrypted for. */
export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
  language: Language;
}

export interface NamedDevice {
  subscriptionId: number;
  userId: UserId;
}

/**
 * In place of what the login had, and of what another login had of the same device: only who uses a device
 * now is told on it. Doing it twice changes nothing.
 * @returns false where the login has ended.
 */
export async function savePushSubscription(db: Db, device: SwitchedOn): Promise<boolean> {
  const { userId, subscription, language, nowMs } = device;
  const { endpoint, keys } = subscription;
  const [, , saved] = await guarded(() =>
    db.batch([
      // One of a person after the other, or two at once would both be a login's first.
      db.execute(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`),
      db.execute(sql`
        DELETE FROM push_subscriptions
         WHERE endpoint <> ${endpoint} AND login_id IN (${loginOf(device)})`),
      db.execute(sql`
        INSERT INTO push_subscriptions (user_id, login_id, endpoint, p256dh, auth, language, created_at)
        SELECT ${userId}::text, id, ${endpoint}::text, ${keys.p256dh}::text, ${keys.auth}::text,
               ${language}::text, ${instant(nowMs)}
          FROM (${loginOf(device)}) AS login
            ON CONFLICT (endpoint) DO UPDATE
           SET user_id = excluded.user_id, login_id = excluded.login_id, p256dh = excluded.p256dh,
               auth = excluded.auth, language = excluded.language, created_at = excluded.created_at
        RETURNING id`),
    ]),
  );
  return saved.rows.length > 0;
}

/** Doing it twice changes nothing. */
export async function removePushSubscription(db: Db, device: Device): Promise<void> {
  await guarded(() =>
    db.execute(sql`DELETE FROM push_subscriptions WHERE login_id IN (${loginOf(device)})`),
  );
}

/** Where the device is told; undefined where it is not. */
export async function findOwnEndpoint(db: Db, device: Device): Promise<string | undefined> {
  const { rows } = await guarded(() =>
    db.execute<{ endpoint: string }>(sql`
      SELECT endpoint FROM push_subscriptions WHERE login_id IN (${loginOf(device)})`),
  );
  return rows[0]?.endpoint;
}

/** Undefined where the device was switched off or changed hands, or its owner may not enter any more. */
export async function findPushTarget(
  db: Db,
  { subscriptionId, userId }: NamedDevice,
): Promise<PushTarget | undefined> {
  const { rows } = await guarded(() =>
    db.execute<PushTarget & Record<string, unknown>>(sql`
      SELECT p.endpoint, p.p256dh, p.auth, p.language
        FROM push_subscriptions p JOIN users u ON u.id = p.user_id AND u.active
       WHERE p.id = ${subscriptionId}::bigint AND p.user_id = ${userId}`),
  );
  return rows[0];
}

/** The push service knows the device no more. */
export async function endPushSubscription(
  db: Db,
  { subscriptionId, endpoint }: { subscriptionId: number; endpoint: string },
): Promise<void> {
  await guarded(() =>
    db.execute(sql`
      DELETE FROM push_subscriptions WHERE id = ${subscriptionId}::bigint AND endpoint = ${endpoint}`),
  );
}

function loginOf({ userId, loginId }: Device) {
  return sql`SELECT id FROM logins WHERE user_id = ${userId} AND ${LOGIN_ID} = ${loginId ?? null}::text`;
}
