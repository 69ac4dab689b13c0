/** A rehearsed sale during which a test does something, such as causing a fault. Judges nothing. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db } from '../../worker/stores/postgres/client.ts';
import { parseOptions } from '../rehearse/options.ts';
import { rehearse } from '../rehearse/rehearsal.ts';
import { TIMING } from '../rehearse/timing.ts';
import type { Verdict } from '../rehearse/verdict.ts';

const LOOK_MS = 20;

export interface Sale {
  url: string;
  admin: { email: string; password: string };
  /** Connected directly, not through what is broken. */
  db: Db;
  shoppers: number;
  stock: number;
  /** Units of each size of a second item; without, there is none. */
  sizes?: readonly number[];
  /** Further options of the rehearsal, and the environment that it reads. */
  flags?: readonly string[];
  variables?: Record<string, string>;
}

/** Plays a sale, and does something as soon as its first units are held. */
export async function rehearseWhile(sale: Sale, act: () => Promise<void>): Promise<Verdict> {
  const { url, admin, db, shoppers, stock, sizes = [], variables = {} } = sale;
  const flags = ['--url', url, '--shoppers', String(shoppers), '--stock', String(stock)];
  if (sizes.length > 0) flags.push('--variants', sizes.join());
  flags.push(...(sale.flags ?? []));
  const who = ['--admin-email', admin.email, '--admin-password', admin.password];
  const parsed = parseOptions([...flags, ...who, '--seed', '7'], variables, 7);
  if (parsed.kind !== 'run') throw new Error('the flags are good');
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const held = await countOrders(db);
  const playing = rehearse(parsed.options, {
    timing: { ...TIMING, leadMs: 2_000, requestMsMax: 20_000 },
    now: () => performance.timeOrigin + performance.now(),
    sleep: (ms) => delay(ms, undefined, { signal: stop.signal }),
    stopped: stop.signal,
    progress: { show() {} },
  });
  const acted = (async () => {
    while ((await countOrders(db)) === held) await delay(LOOK_MS);
    await act();
  })();
  const [verdict] = await Promise.all([playing, acted]);
  return verdict;
}

async function countOrders(db: Db): Promise<number> {
  const { rows } = await db.execute<{ orders: string }>(sql`SELECT count(*) AS orders FROM orders`);
  return Number(rows[0]?.orders);
}
