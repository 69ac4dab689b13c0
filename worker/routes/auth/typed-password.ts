/** A password that somebody typed: whether it may be tried now, and whether it is right. */
import type { Context } from 'hono';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import type { Hashed } from '../../auth/hash-work.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import { networkOfCaller } from '../../http/client-network.ts';
import { HttpProblem } from '../../http/problem.ts';
import { type FailedSignIn, logFailedSignIn, NOBODY } from '../../stores/postgres/account-trail.ts';
import type { Counted } from '../../stores/postgres/sign-in-failures.ts';
import { admitAttempt, uncountAttempt } from '../../stores/postgres/sign-ins.ts';
import type { Credentials } from '../../stores/postgres/users.ts';

export type TypedPasswordNeeds = Needs<{
  stores: 'db';
  accounts: 'devices' | 'passwords';
  logging: 'log';
  platform: 'nowMs' | 'waitUntil';
}>;

export interface TypedPassword {
  email: string;
  password: string;
  /** Where somebody who is signed in changes their password. */
  changedBy?: UserId;
}

export interface Verified {
  credentials: Credentials;
  /** To be forgotten, since the password was right. */
  counted: Counted;
}

/**
 * The account whose password was typed. Every refusal but a wait costs one round trip and one hash,
 * whether the address has an account, a deactivated one or none.
 */
export async function verified(
  c: Context,
  deps: TypedPasswordNeeds,
  typed: TypedPassword,
): Promise<Verified> {
  const { db } = deps.stores;
  const { devices, passwords } = deps.accounts;
  const { nowMs } = deps.platform;
  const { email, password, changedBy } = typed;
  const deviceId = changedBy === undefined ? devices.idOf(c, email) : undefined;
  const keys = attemptKeys({ email, network: networkOfCaller(c), deviceId, changedBy });
  const who = changedBy === undefined ? { email } : { id: changedBy };
  const admission = await admitAttempt(db, { who, keys, nowMs: nowMs() });
  if (!admission.admitted) {
    throw new HttpProblem('rate_limited', { retryAfterMs: admission.retryAfterMs });
  }
  const { credentials, counted } = admission;
  const checking = passwords.verify(password, credentials?.passwordHash);
  const isRight = await hashedOrUncounted(deps, counted, checking);
  if (isRight && credentials?.active) return { credentials, counted };
  if (credentials?.user.role === 'admin') {
    const { id: userId } = credentials.user;
    leaveTrace(deps, { userId, accountKey: keys.account, actor: changedBy ?? NOBODY });
  }
  throw new HttpProblem('invalid_credentials');
}

/** After the answer, or its time would show that the account is an admin's. */
function leaveTrace({ stores, logging, platform }: TypedPasswordNeeds, failed: FailedSignIn): void {
  platform.waitUntil(
    logFailedSignIn(stores.db, failed).catch((error: unknown) =>
      logging.log('error', 'failed sign-in was not written down', { userId: failed.userId, error }),
    ),
  );
}

/** As `hashed`; an attempt for which nobody has hashed is not held against whoever made it. */
export async function hashedOrUncounted<Value>(
  { stores: { db } }: Needs<{ stores: 'db' }>,
  counted: Counted,
  answering: Promise<Hashed<Value>>,
): Promise<Value> {
  try {
    return hashed(await answering);
  } catch (error) {
    await uncountAttempt(db, counted);
    throw error;
  }
}

/** @throws HttpProblem where whoever hashes has too much to do already. */
export function hashed<Value>(answer: Hashed<Value>): Value {
  if (answer.ok) return answer.value;
  const detail = 'Too many passwords are being checked.';
  throw new HttpProblem('busy', { detail, retryAfterMs: answer.retryAfterMs });
}
