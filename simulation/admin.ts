/** What admins do in the middle of a sale, at moments drawn beforehand. */
import type { ItemId } from '../worker/contract/ids.ts';
import type { Chance } from './chance.ts';
import type { AdminChange } from './ledger.ts';
import { START_MS } from './scenario.ts';
import type { World } from './world.ts';

const UNITS_MAX = 5;
/** Of the customers who are shut out, or whose logins are ended, at once. */
const CUSTOMERS_SHARE = 0.15;

/** Prices that are edited besides, drawn apart so that other draws stay what they were. */
const PRICE_EDITS_MAX = 40;
const PRICE_STREAM = 1_000;
/** Plans that are edited while they can be, some of which come too late. */
const PLAN_EDITS_MAX = 6;
const PLAN_STREAM = 2_000;
const LATE_MS_MAX = 500;
/** What else the catalogue has. */
const OTHER_ITEMS = ['itm_00000000000000000a', 'itm_00000000000000000b'] as ItemId[];

export function scheduleAdmin(world: World, chance: Chance): void {
  for (let n = 0; n < world.scenario.adminChanges; n++) {
    const draw = chance.fork(n);
    schedule(world, draw, { changeOf: () => drawChange(world, draw) });
  }
  const prices = chance.fork(PRICE_STREAM);
  const edits = Math.max(0, prices.int(-PRICE_EDITS_MAX, PRICE_EDITS_MAX));
  for (let n = 0; n < edits; n++) {
    const draw = prices.fork(n);
    schedule(world, draw, { changeOf: () => drawPrice(world, draw) });
  }
  const plans = chance.fork(PLAN_STREAM);
  const planEdits = Math.max(0, plans.int(-PLAN_EDITS_MAX, PLAN_EDITS_MAX));
  for (let n = 0; n < planEdits; n++) {
    const draw = plans.fork(n);
    const untilMs = world.scenario.startsAtMs + LATE_MS_MAX;
    schedule(world, draw, { changeOf: () => drawPlan(world, draw), untilMs });
  }
}

function schedule(
  world: World,
  draw: Chance,
  { changeOf, untilMs }: { changeOf: () => AdminChange; untilMs?: number },
): void {
  const { clock, weather, store } = world;
  clock.at(draw.int(START_MS, untilMs ?? world.scenario.chaosEndsAtMs), async () => {
    // An admin whose store is away is told so and goes away.
    if (weather.isAway(clock.nowMs)) return;
    const change = changeOf();
    world.trace.count(`admin: ${change.kind}`);
    world.note(`admin ${JSON.stringify(change)}`);
    await store.change(change, clock.nowMs);
  });
}

function drawPrice({ scenario }: World, chance: Chance): AdminChange {
  const { id: eventItemId } = chance.pick(scenario.items);
  return { kind: 'edit_price', eventItemId, priceCents: chance.int(0, 50_000) };
}

function drawPlan({ scenario, clock }: World, chance: Chance): AdminChange {
  const known = [...scenario.items.map(({ itemId }) => itemId), ...OTHER_ITEMS];
  const kept = known.filter(() => chance.happens(0.5));
  const itemIds = kept.length > 0 ? kept : [chance.pick(known)];
  const items = itemIds.map((itemId) => ({
    itemId,
    priceCents: chance.int(0, 50_000),
    stock: chance.int(0, Math.ceil(scenario.customers.length / 2)),
    limitPerCustomer: chance.int(1, 3),
  }));
  return { kind: 'edit_plan', nowMs: clock.nowMs, items };
}

function drawChange({ scenario, clock }: World, chance: Chance): AdminChange {
  const { id: eventItemId } = chance.pick(scenario.items);
  const some = () => scenario.customers.filter(() => chance.happens(CUSTOMERS_SHARE));
  return chance.weighted<() => AdminChange>([
    [4, () => ({ kind: 'open', nowMs: clock.nowMs })],
    [2, () => ({ kind: 'close', nowMs: clock.nowMs })],
    [4, () => ({ kind: 'add_stock', eventItemId, units: chance.int(1, UNITS_MAX) })],
    [2, () => ({ kind: 'edit_price', eventItemId, priceCents: chance.int(0, 50_000) })],
    [2, () => ({ kind: 'deactivate', customerIds: some(), nowMs: clock.nowMs })],
    [2, () => ({ kind: 'end_logins', customerIds: some() })],
    [4, () => ({ kind: 'end_login', customerIds: some() })],
  ])();
}
