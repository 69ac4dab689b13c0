/** Sales that are paid online, in drills of the ledger: see paid-drill.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paidDrill } from './paid-drill.ts';
import type { Outcome, RunOptions } from './run.ts';
import { openSql, type SqlDatabase } from './sql-database.ts';
import { SqlLedger } from './sql-ledger.ts';

const DRILLS = 150;
const SQL_DRILLS = 8;
const SQL_SEEDS_FROM = 1_001;

/** What DRILLS drills must have met, or they prove nothing. */
const DRILLED = [
  'answer: confirm hold_expired',
  'answer: confirm payment_required',
  'answer: confirm_paid',
  'answer: confirm_paid closed',
  'answer: confirm_paid hold_expired',
  'answer: confirm_paid order_cancelled',
  'answer: confirm_paid order_confirmed',
  'answer: confirm_paid payment_required',
  'answer: confirm_paid unauthenticated',
  'answer: return_units',
  'answer: return_units not_found',
  'change: begin_payment',
  'change: cancel',
  'change: cancel_batch',
  'change: delete_account',
  'change: payment_told',
  'change: decide_refund',
  'change: refund_seen',
  'change: row_ended',
  'unasked order',
];

function broken({ seed, violation }: Outcome): string | undefined {
  return violation && `npm run simulate -- --seed ${seed} --mode paid: ${violation.check}`;
}

it('keeps every promise in drills of sales that are paid online', async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= DRILLS; seed++) {
    const outcome = await paidDrill({ seed });
    expect(broken(outcome)).toBeUndefined();
    for (const what of outcome.counts.keys()) met.add(what);
  }
  expect(DRILLED.filter((what) => !met.has(what))).toEqual([]);
}, 60_000);

describe('on the real SQL', () => {
  let sql: SqlDatabase;
  let onSql: Omit<RunOptions, 'seed'>;

  beforeAll(async () => {
    sql = await openSql();
    onSql = { ledger: (scenario) => SqlLedger.create(sql, scenario), differential: true };
  }, 60_000);

  afterAll(() => sql?.close());

  it('keeps every promise, and answers as the model does', async () => {
    for (let n = 0; n < SQL_DRILLS; n++) {
      expect(broken(await paidDrill({ ...onSql, seed: SQL_SEEDS_FROM + n }))).toBeUndefined();
    }
  }, 60_000);
});
