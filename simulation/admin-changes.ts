/** What admins do in the middle of a sale, at moments drawn beforehand. */
import type { ItemId, UserId } from '../worker/contract/ids.ts';
import type { AdminChange } from './ledger.ts';
import type { RunContext } from './run-context.ts';
import { START_MS } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';

const UNITS_MAX = 5;
/** Of the customers who are shut out, or whose logins are ended, at once. */
const CUSTOMERS_SHARE = 0.15;

/** More price edits, drawn from a stream of their own so that older seeds play as before. */
const PRICE_EDITS_MAX = 40;
const PRICE_STREAM = 1_000;
/** Plan edits, some of them after the opening, when the plan can no longer be edited. */
const PLAN_EDITS_MAX = 6;
const PLAN_STREAM = 2_000;
const LATE_MS_MAX = 500;
/** How often the sale is taken off the lists, and how soon it may be opened again. */
const UNPUBLISHINGS_MAX = 2;
const UNPUBLISHING_STREAM = 3_000;
const UNPUBLISHED_MS_MAX = 8_000;
/** Addresses that are verified, and those that are not any more, in sales that ask for it. */
const VERIFICATIONS_MAX = 40;
const VERIFICATION_STREAM = 4_000;
/** How often the sizes of an item are called otherwise, in sales that have some. */
const RENAMINGS_MAX = 8;
const RENAMING_STREAM = 5_000;
/** Of those who hold something. */
const HOLDERS_SHARE = 0.5;
/** Catalogue items that are not in the sale at first. */
const OTHER_ITEMS = ['itm_00000000000000000a', 'itm_00000000000000000b'] as ItemId[];

/** Tells the object that stock or times were changed beside it. */
export type Wake = () => void;

export function scheduleAdmin(context: RunContext, random: SeededRandom, wake: Wake): void {
  // Or the crowd would mostly not come together.
  if (context.scenario.crowd.size > 0) return;
  for (let n = 0; n < context.scenario.adminChanges; n++) {
    const draw = random.fork(n);
    schedule(context, draw, { changeOf: () => drawChange(context, draw), wake });
  }
  const prices = random.fork(PRICE_STREAM);
  const edits = Math.max(0, prices.int(-PRICE_EDITS_MAX, PRICE_EDITS_MAX));
  for (let n = 0; n < edits; n++) {
    const draw = prices.fork(n);
    schedule(context, draw, { changeOf: () => drawPrice(context, draw), wake });
  }
  const plans = random.fork(PLAN_STREAM);
  const planEdits = Math.max(0, plans.int(-PLAN_EDITS_MAX, PLAN_EDITS_MAX));
  for (let n = 0; n < planEdits; n++) {
    const draw = plans.fork(n);
    const untilMs = context.scenario.startsAtMs + LATE_MS_MAX;
    schedule(context, draw, { changeOf: () => drawPlan(context, draw), untilMs, wake });
  }
  const unpublishings = random.fork(UNPUBLISHING_STREAM);
  const times = Math.max(0, unpublishings.int(-2 * UNPUBLISHINGS_MAX, UNPUBLISHINGS_MAX));
  for (let n = 0; n < times; n++) scheduleUnpublishing(context, unpublishings.fork(n), wake);
  scheduleRenamings(context, random.fork(RENAMING_STREAM), wake);
}

function scheduleRenamings(context: RunContext, stream: SeededRandom, wake: Wake): void {
  const sized = context.scenario.items.filter(({ size }) => size !== undefined);
  const times = sized.length > 0 ? stream.int(0, RENAMINGS_MAX) : 0;
  for (let n = 0; n < times; n++) {
    const draw = stream.fork(n);
    const { itemId } = draw.pick(sized);
    const sizes = sized.filter((item) => item.itemId === itemId);
    const labels = sizes.flatMap(({ size }) =>
      size ? [{ id: size.id, label: `${size.label} of ${n}` }] : [],
    );
    schedule(context, draw, {
      changeOf: () => ({ kind: 'rename_variants', itemId, labels }),
      wake,
    });
  }
}

/** Mostly it is opened again. */
function scheduleUnpublishing(context: RunContext, draw: SeededRandom, wake: Wake): void {
  const { clock, scenario } = context;
  const fromMs = draw.int(START_MS, scenario.faultsEndAtMs);
  const untilMs = fromMs + draw.int(1, UNPUBLISHED_MS_MAX);
  const change = (kind: 'open' | 'unpublish') => () => ({ kind, nowMs: clock.nowMs });
  clock.at(fromMs, () => make(context, change('unpublish'), wake));
  if (draw.happens(0.8)) clock.at(untilMs, () => make(context, change('open'), wake));
}

/** What changes of the customers' addresses, by their own doing or not. */
export function scheduleVerifications(context: RunContext, random: SeededRandom, wake: Wake): void {
  if (!context.scenario.requireVerifiedEmail) return;
  const stream = random.fork(VERIFICATION_STREAM);
  const changes = stream.int(0, VERIFICATIONS_MAX);
  for (let n = 0; n < changes; n++) {
    const draw = stream.fork(n);
    schedule(context, draw, { changeOf: () => drawVerification(context, draw), wake });
  }
}

/** Whoever is not verified any more has mostly something that they may keep. */
function drawVerification(context: RunContext, random: SeededRandom): AdminChange {
  if (random.happens(0.5)) return { kind: 'verify_email', customerIds: someOf(context, random) };
  const orders = [...context.store.latest.orders.values()];
  const holding = orders.filter(({ status }) => status === 'pending');
  const customerIds = [...new Set(holding.map(({ customerId }) => customerId))];
  return {
    kind: 'unverify_email',
    customerIds: customerIds.filter(() => random.happens(HOLDERS_SHARE)),
  };
}

function someOf({ scenario }: RunContext, random: SeededRandom): UserId[] {
  return scenario.customers.filter(() => random.happens(CUSTOMERS_SHARE));
}

function schedule(
  context: RunContext,
  draw: SeededRandom,
  { changeOf, untilMs, wake }: { changeOf: () => AdminChange; untilMs?: number; wake: Wake },
): void {
  const { clock, scenario } = context;
  const atMs = draw.int(START_MS, untilMs ?? scenario.faultsEndAtMs);
  clock.at(atMs, () => make(context, changeOf, wake));
}

/** With the store unreachable, the change fails and is not repeated. */
export async function make(
  context: RunContext,
  changeOf: () => AdminChange | undefined,
  wake: Wake,
): Promise<void> {
  const { clock, faults, store, trace } = context;
  if (faults.isStoreDown(clock.nowMs)) return;
  const change = changeOf();
  if (change === undefined) return;
  trace.count(`admin: ${change.kind}`);
  context.note(`admin ${JSON.stringify(change)}`);
  await store.change(change, clock.nowMs);
  wake();
}

function drawPrice({ scenario }: RunContext, random: SeededRandom): AdminChange {
  const { id: eventItemId } = random.pick(scenario.items);
  return { kind: 'edit_price', eventItemId, priceCents: random.int(0, 50_000) };
}

function drawPlan({ scenario, clock }: RunContext, random: SeededRandom): AdminChange {
  const known = [
    ...scenario.items.map(({ itemId, size }) => ({ itemId, variantId: size?.id ?? null })),
    ...OTHER_ITEMS.map((itemId) => ({ itemId, variantId: null })),
  ];
  const kept = known.filter(() => random.happens(0.5));
  const lines = kept.length > 0 ? kept : [random.pick(known)];
  const drawn = lines.map((line) => ({
    ...line,
    priceCents: random.int(0, 50_000),
    stock: random.int(0, Math.ceil(scenario.customers.length / 2)),
    limitPerCustomer: random.int(1, 3),
  }));
  // All sizes of an item have one limit.
  const limits = new Map(drawn.map(({ itemId, limitPerCustomer }) => [itemId, limitPerCustomer]));
  const items = drawn.map((item) => ({
    ...item,
    limitPerCustomer: limits.get(item.itemId) ?? item.limitPerCustomer,
  }));
  return { kind: 'edit_plan', nowMs: clock.nowMs, items };
}

function drawChange(context: RunContext, random: SeededRandom): AdminChange {
  const { scenario, clock } = context;
  const { id: eventItemId } = random.pick(scenario.items);
  const some = () => someOf(context, random);
  return random.weighted<() => AdminChange>([
    [4, () => ({ kind: 'open', nowMs: clock.nowMs })],
    [2, () => ({ kind: 'close', nowMs: clock.nowMs })],
    [4, () => ({ kind: 'add_stock', eventItemId, units: random.int(1, UNITS_MAX) })],
    [2, () => ({ kind: 'edit_price', eventItemId, priceCents: random.int(0, 50_000) })],
    [2, () => ({ kind: 'deactivate', customerIds: some(), nowMs: clock.nowMs })],
    [2, () => ({ kind: 'end_logins', customerIds: some() })],
    [4, () => ({ kind: 'end_login', customerIds: some(), nowMs: clock.nowMs })],
  ])();
}
