/** What makes something for an admin: once for each Idempotency-Key, with one answer. */
import type { Context } from 'hono';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { hashOf } from '../../http/request-hash.ts';
import { idempotencyKeyOf } from '../../http/validate.ts';
import {
  type Claimed,
  findKeptCall,
  type KeyedCall,
  keepAnswer,
} from '../../stores/postgres/idempotency-keys.ts';

/** Keys of a caller who has too many run out one by one. */
const TOO_MANY_RETRY_MS = 60 * 60 * 1_000;

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export interface Creation<Body> {
  /** As the API's description calls it: a key is good for one operation. */
  operation: string;
  /** What was asked for: the same key with another input is refused. */
  input: unknown;
  /** The id of what will be made. */
  id: string;
  /** The path below which it is found; that of the request if undefined. */
  below?: string;
  /** Makes it, if the key can be claimed. Throws HttpProblem. */
  make(call: KeyedCall | undefined): Promise<Claimed>;
  /** What was made, as it is answered. */
  read(id: string): Promise<Body>;
}

/** @returns the body of the first answer with the key, and the headers of this one. */
export async function createOnce<Body>(
  c: Context<CallerEnv>,
  { stores: { db }, platform: { nowMs } }: Needed,
  creation: Creation<Body>,
): Promise<{ body: Body; headers: Record<string, string> }> {
  const { id, make, read, below = c.req.path } = creation;
  const locationOf = (made: string) => ({ Location: `${below}/${made}` });
  const call = await keyedCallOf(c, creation, nowMs());
  // Before anything is checked: what was right then may be wrong by the clock of now.
  let kept = call && (await findKeptCall(db, call));
  if (kept === undefined) {
    const claimed = await make(call);
    if (claimed === 'too_many') {
      throw new HttpProblem('rate_limited', { retryAfterMs: TOO_MANY_RETRY_MS });
    }
    if (call === undefined || claimed === 'claimed') {
      const body = await read(id);
      return { body: call ? await keptBody(db, call, body) : body, headers: locationOf(id) };
    }
    kept = await findKeptCall(db, call);
  }
  if (call === undefined || kept === undefined)
    throw new Error('a key that was taken is not there');
  if (kept.requestHash !== call.requestHash) {
    const extra = { serverNow: new Date(call.nowMs).toISOString() };
    throw new HttpProblem('idempotency_key_reused', { extra });
  }
  const { subject } = kept;
  const body = (kept.answer as Body | null) ?? (await keptBody(db, call, await read(subject)));
  return { body, headers: { ...locationOf(subject), 'Idempotent-Replayed': 'true' } };
}

async function keyedCallOf(
  c: Context<CallerEnv>,
  { operation, input }: Pick<Creation<unknown>, 'operation' | 'input'>,
  nowMs: number,
): Promise<KeyedCall | undefined> {
  const key = idempotencyKeyOf(c);
  if (key === null) return undefined;
  const caller = c.get('caller').userId;
  return { caller, operation, key, requestHash: await hashOf(input), nowMs };
}

/** Also of two that are answered at the same moment, the bodies are the same. */
async function keptBody<Body>(
  db: Needed['stores']['db'],
  call: KeyedCall,
  body: Body,
): Promise<Body> {
  return (await keepAnswer(db, call, body)) as Body;
}
