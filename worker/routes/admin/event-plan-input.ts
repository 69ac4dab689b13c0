/** A plan as it was sent, made into the one that is stored; and what is wrong with it, field by field. */
import type { EventInput } from '../../contract/event-input.ts';
import { readSchedule } from '../../contract/schedule.ts';
import type { Needs } from '../../deps/deps.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { EventPlan, PlanLine, Unfit } from '../../stores/postgres/event-plan-rows.ts';
import { assertPayable } from './payable-plan.ts';
import { PICTURE_FAULT } from './pictures.ts';

/** Why an event cannot ask for verified addresses here. */
export const MAILLESS_FAULT = 'needs a shop that sends mail';

type Needed = Needs<{
  draws: 'leadSeconds' | 'nameRound';
  outbox: 'sendsMail';
  payments: 'provider' | 'tax';
  platform: 'nowMs';
}>;

/** Why a draw cannot begin so soon. */
export const ENTRIES_FAULT = 'must leave time to enter the draw';

/**
 * @param keptStart when an event opens whose start stays as it is, though it may have passed
 * @throws HttpProblem where it cannot be planned in this shop, or now; a Fault where its beacon is not known.
 */
export async function planOf(
  { draws, outbox, payments, platform }: Needed,
  input: EventInput,
  keptStart?: string,
): Promise<EventPlan> {
  const nowMs = platform.nowMs();
  if (input.requireVerifiedEmail && !outbox.sendsMail) {
    const errors = [{ path: 'requireVerifiedEmail', message: MAILLESS_FAULT }];
    throw new HttpProblem('malformed', { errors });
  }
  if (input.payment === 'online') assertPayable(payments.provider, input, payments.tax);
  const schedule = readSchedule(input, nowMs, keptStart);
  if (!schedule.ok) throw new HttpProblem('malformed', { errors: schedule.errors });
  const { startsAt, endsAt, timeZone } = schedule;
  const items = input.items.map(lineOf);
  const isDraw = input.admission === 'draw';
  const startsAtMs = Date.parse(startsAt);
  const entriesCloseAt = isDraw ? instantOf(startsAtMs - draws.leadSeconds * 1_000) : null;
  if (entriesCloseAt !== null && startsAt !== keptStart && Date.parse(entriesCloseAt) <= nowMs) {
    throw new HttpProblem('malformed', { errors: [{ path: 'startsAt', message: ENTRIES_FAULT }] });
  }
  const drawBeacon = isDraw ? await draws.nameRound(startsAtMs) : null;
  return { ...input, items, startsAt, endsAt, timeZone, entriesCloseAt, drawBeacon };
}

function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** A line whose price and stock are said once for each event item that it makes. */
function lineOf({ variants = [], ...line }: EventInput['items'][number]): PlanLine {
  const { priceCents, stock = 0 } = line;
  if (variants.length === 0) return { ...line, stock };
  const priced = variants.map((variant) => ({
    ...variant,
    priceCents: variant.priceCents ?? priceCents,
  }));
  return {
    ...line,
    variants: priced,
    priceCents: priced[0]?.priceCents ?? priceCents,
    stock: priced.reduce((units, variant) => units + variant.stock, 0),
  };
}

export function unknownCover(): HttpProblem {
  return new HttpProblem('malformed', { errors: [{ path: 'coverUrl', message: PICTURE_FAULT }] });
}

/** The fields at which a plan does not fit the catalogue. */
export function unfitPlan({ items }: EventPlan, refused: Unfit): HttpProblem {
  if (refused.outcome === 'unknown_cover') {
    return unknownCover();
  }
  const errors = items.flatMap(({ itemId, variants = [] }, n) => {
    if (refused.outcome === 'unknown_items') {
      return refused.itemIds.includes(itemId)
        ? { path: `items.${n}.itemId`, message: 'is not in the catalogue' }
        : [];
    }
    return refused.unfit
      .filter((row) => row.itemId === itemId)
      .map(({ variantId }) => {
        if (variantId === null) {
          return { path: `items.${n}.variants`, message: 'must say which variants are sold' };
        }
        const nth = variants.findIndex((variant) => variant.variantId === variantId);
        const path = `items.${n}.variants.${nth}.variantId`;
        return { path, message: 'is not a variant of this item' };
      });
  });
  return new HttpProblem('malformed', { errors });
}
