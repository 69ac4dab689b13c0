import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drill } from './drill.ts';
import type { Mode } from './options.ts';
import { REGRESSIONS } from './regression-seeds.ts';
import { type Outcome, type RunOptions, run } from './run.ts';
import { openSql, type SqlDatabase } from './sql-database.ts';
import { SqlLedger } from './sql-ledger.ts';

const MODEL_SEEDS = 200;
/** Of a draw with more units and entries than one settlement serves. */
const CROWD_SEED = 319;
const SQL_SEEDS = 20;
const DRILLS = 150;
const SQL_DRILLS = 10;
const SQL_SEEDS_FROM = 10_001;

/** What MODEL_SEEDS seeds must have met, or they prove nothing. */
const REQUIRED_COVERAGE = [
  'admin: add_stock',
  'admin: close',
  'admin: deactivate',
  'admin: disqualify',
  'admin: edit_plan',
  'admin: edit_price',
  'admin: end_login',
  'admin: end_logins',
  'admin: open',
  'admin: refund',
  'admin: rename_variants',
  'admin: unpublish',
  'admin: unverify_email',
  'admin: verify_email',
  'answer: cancel',
  'answer: changed',
  'answer: closed',
  'answer: confirm',
  'answer: confirm_paid',
  'answer: email_unverified',
  'answer: enter',
  'answer: hold_expired',
  'answer: idempotency_key_reused',
  'answer: internal',
  'answer: leave',
  'answer: limit_reached',
  'answer: not_found',
  'answer: not_open',
  'answer: order_cancelled',
  'answer: order_confirmed',
  'answer: payment_required',
  'answer: queue_ahead',
  'answer: queue_closed',
  'answer: rate_limited',
  'answer: reserve',
  'answer: return_units',
  'answer: sold_out',
  'answer: stock_available',
  'answer: unauthenticated',
  'answer: unavailable',
  'answered at the edge',
  'drawn',
  'fault: alarm late',
  'fault: alarm lost',
  'fault: alarm twice',
  'fault: answer lost',
  'fault: beacon failed',
  'fault: beacon silent',
  'fault: draw unanswered',
  'fault: event forgotten',
  'fault: event late',
  'fault: event twice',
  'fault: evicted',
  'fault: fatal',
  'fault: late',
  'fault: lost',
  'fault: payment in flight',
  'fault: provider away',
  'fault: provider unanswered',
  'fault: provider unheard',
  'fault: slow',
  'fault: two objects',
  'fault: unanswered',
  'payment: page_missing',
  'payment: queue_release',
  'payment: refund_seen',
  'payment: refund_spared',
  'provider: declined',
  'provider: lapsed',
  'skipped: deactivated',
  'skipped: disqualified',
  'skipped: email_unverified',
  'skipped: limit_reached',
  'unasked order',
  'verified',
];

/** What DRILLS drills must have met. */
const DRILLED = [
  'edit: has_entries',
  'edit: written',
  'more is left to serve',
  'skipped: deactivated',
  'skipped: disqualified',
  'skipped: email_unverified',
  'skipped: limit_reached',
  'unasked order',
];

/** What broke, with the command that shows it; undefined if every promise was kept. */
function broken({ seed, violation }: Outcome, mode: Mode): string | undefined {
  return violation && `npm run simulate -- --seed ${seed} --mode ${mode}: ${violation.check}`;
}

describe('the simulation on the model', () => {
  it('keeps every promise whatever goes wrong, and meets every fault and answer', async () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= MODEL_SEEDS; seed++) {
      const outcome = await run({ seed });
      expect(broken(outcome, 'model')).toBeUndefined();
      for (const what of outcome.counts.keys()) met.add(what);
    }
    expect(REQUIRED_COVERAGE.filter((what) => !met.has(what))).toEqual([]);
  }, 240_000);

  it('keeps every promise in drills of the ledger, and meets every end of an entry', async () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= DRILLS; seed++) {
      const outcome = await drill({ seed });
      expect(broken(outcome, 'drill')).toBeUndefined();
      for (const what of outcome.counts.keys()) met.add(what);
    }
    expect(DRILLED.filter((what) => !met.has(what))).toEqual([]);
  }, 60_000);

  it('serves a crowd in several settlements', async () => {
    const outcome = await run({ seed: CROWD_SEED });
    expect(broken(outcome, 'model')).toBeUndefined();
    expect(outcome.counts.get('more is left to serve')).toBeGreaterThan(0);
  });

  it('plays a seed twice the same, and another seed otherwise', async () => {
    const [one, again, other] = [
      await run({ seed: 5 }),
      await run({ seed: 5 }),
      await run({ seed: 6 }),
    ];
    expect(again.hash).toBe(one.hash);
    expect(again.steps).toBe(one.steps);
    expect(other.hash).not.toBe(one.hash);
  });

  it.each(REGRESSIONS.filter(({ mode }) => mode === 'model'))(
    'keeps its promises at seed $seed, where once $why',
    async ({ seed }) => {
      expect(broken(await run({ seed }), 'model')).toBeUndefined();
    },
  );
});

describe('the simulation on the real SQL', () => {
  let sql: SqlDatabase;
  let onSql: Omit<RunOptions, 'seed'>;

  beforeAll(async () => {
    sql = await openSql();
    onSql = { ledger: (scenario) => SqlLedger.create(sql, scenario), differential: true };
  }, 60_000);

  afterAll(() => sql?.close());

  it('keeps every promise and answers as the model does', async () => {
    for (let n = 0; n < SQL_SEEDS; n++) {
      const outcome = await run({ ...onSql, seed: SQL_SEEDS_FROM + n });
      expect(broken(outcome, 'sql')).toBeUndefined();
    }
  }, 240_000);

  it('keeps every promise in drills, and answers as the model does', async () => {
    for (let seed = 1; seed <= SQL_DRILLS; seed++) {
      expect(broken(await drill({ ...onSql, seed }), 'drill')).toBeUndefined();
    }
  }, 60_000);

  it('plays a seed as the model plays it, step by step', async () => {
    const [real, model] = [await run({ ...onSql, seed: 11 }), await run({ seed: 11 })];
    expect(real.hash).toBe(model.hash);
  }, 30_000);

  it.each(REGRESSIONS.filter(({ mode }) => mode === 'sql'))(
    'keeps its promises at seed $seed, where once $why',
    async ({ seed }) => {
      expect(broken(await run({ ...onSql, seed }), 'sql')).toBeUndefined();
    },
    30_000,
  );
});
