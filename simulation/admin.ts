/** What admins do in the middle of a sale, at moments drawn beforehand. */
import type { Chance } from './chance.ts';
import type { AdminChange } from './ledger.ts';
import { START_MS } from './scenario.ts';
import type { World } from './world.ts';

const UNITS_MAX = 5;
/** Of the customers who are shut out, or whose logins are ended, at once. */
const CUSTOMERS_SHARE = 0.15;

/** Prices that are edited besides, drawn apart so that other draws stay what they were. */
const PRICE_EDITS_MAX = 12;
const PRICE_STREAM = 1_000;

export function scheduleAdmin(world: World, chance: Chance): void {
  for (let n = 0; n < world.scenario.adminChanges; n++) {
    const draw = chance.fork(n);
    schedule(world, draw, () => drawChange(world, draw));
  }
  const prices = chance.fork(PRICE_STREAM);
  const edits = Math.max(0, prices.int(-PRICE_EDITS_MAX, PRICE_EDITS_MAX));
  for (let n = 0; n < edits; n++) {
    const draw = prices.fork(n);
    schedule(world, draw, () => drawPrice(world, draw));
  }
}

function schedule(world: World, draw: Chance, changeOf: () => AdminChange): void {
  const { scenario, clock, weather, store } = world;
  clock.at(draw.int(START_MS, scenario.chaosEndsAtMs), async () => {
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

function drawChange({ scenario, clock }: World, chance: Chance): AdminChange {
  const { id: eventItemId } = chance.pick(scenario.items);
  const some = () => scenario.customers.filter(() => chance.happens(CUSTOMERS_SHARE));
  return chance.weighted<() => AdminChange>([
    [4, () => ({ kind: 'open', nowMs: clock.nowMs })],
    [2, () => ({ kind: 'close', nowMs: clock.nowMs })],
    [4, () => ({ kind: 'add_stock', eventItemId, units: chance.int(1, UNITS_MAX) })],
    [2, () => ({ kind: 'edit_price', eventItemId, priceCents: chance.int(0, 50_000) })],
    [1, () => ({ kind: 'deactivate', customerIds: some() })],
    [2, () => ({ kind: 'end_logins', customerIds: some() })],
  ])();
}
