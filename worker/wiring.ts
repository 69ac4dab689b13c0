/** Env -> checked Config -> Deps: the only place where the platform's bindings are touched. */
import { createTokens } from './auth/tokens.ts';
import { type Config, readConfig } from './config.ts';
import type { EventId } from './contract/ids.ts';
import type { Deps } from './deps.ts';
import { Fault } from './faults.ts';
import type { AddressLimit } from './http/address-limit.ts';
import { log } from './log.ts';
import type { Answer, Attempt } from './sale/attempts.ts';
import type { SaleObject } from './sale/sale-object.ts';
import { SoldOutBoard } from './sale/sold-out-board.ts';
import { openDb } from './stores/postgres.ts';
import { createRecentReads } from './stores/recent-reads.ts';

/** The generated types do not know the object's class; this adds it. */
export interface ShopEnv extends Omit<Env, 'SALES'> {
  SALES: DurableObjectNamespace<SaleObject>;
}

/** @throws ConfigError naming every variable at fault. */
export function wire(env: ShopEnv): Deps {
  const config = readConfig(env);
  const sale = (eventId: EventId) => env.SALES.getByName(eventId);
  const board = new SoldOutBoard();
  return {
    db: openDb(config),
    tokens: createTokens(config.jwtSecret),
    scryptCost: config.scryptCost,
    nowMs: () => Date.now(),
    fillRandom: (bytes) => crypto.getRandomValues(bytes),
    addressLimits: {
      purchase: addressLimit(env.PURCHASES_PER_ADDRESS, config),
      account: addressLimit(env.ACCOUNTS_PER_ADDRESS, config),
    },
    allowedOrigins: config.allowedOrigins,
    recent: createRecentReads(() => Date.now()),
    attempt: (eventId, attempt) => attemptOnce(sale, board, { eventId, attempt }),
    tidy: (eventId) => reached(() => sale(eventId).tidy()),
    log,
  };
}

function addressLimit(binding: RateLimit, { addressLimits }: Config): AddressLimit {
  return async (key) => !addressLimits || (await binding.limit({ key })).success;
}

/** One call to the event's object, or none where the board knows that the sale has no free unit. */
async function attemptOnce(
  sale: (eventId: EventId) => DurableObjectStub<SaleObject>,
  board: SoldOutBoard,
  { eventId, attempt }: { eventId: EventId; attempt: Attempt },
): Promise<Answer> {
  const known = board.answer(eventId, attempt, Date.now());
  if (known !== undefined) return known;
  board.called(attempt.customerId);
  const { answers, notice } = await reached(() =>
    sale(eventId).attempt([attempt], board.takenAtMs(eventId)),
  ).finally(() => board.answered(attempt.customerId, Date.now()));
  if (notice !== undefined) board.hang(eventId, notice);
  const [answer] = answers;
  if (answer === undefined) throw new Error('an attempt was not answered');
  return answer;
}

/**
 * An object that restarts, is overloaded or is cut off answers with an error of the platform. Its
 * outcome is unknown, and trying again with the same key is safe.
 */
async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new Fault('the event object did not answer', { retryable: true, cause });
  }
}
