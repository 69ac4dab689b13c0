import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  lookRowOf,
  type PaymentWorld,
  paymentWorld,
  rowOf,
} from '../../../local/testing/payment-world.ts';
import type { PaymentProvider, ProviderEvent } from '../../payment/provider.ts';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import { readLeasedPayments } from '../../stores/postgres/leased-payments.ts';
import { recordResults } from '../../stores/postgres/outbox-work.ts';
import { findPaymentEvent, storePaymentEvent } from '../../stores/postgres/payment-events.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import { RETRY_MONEY, resultOf } from '../rules/retry.ts';
import { capture } from './capture.ts';
import { look } from './look.ts';

const DONE = { kind: 'done' };
const NOTHING_NEW = { kind: 'dropped', reason: 'nothing_new' };

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

/** A world in which it is counted what the provider is asked. */
async function open() {
  const world = await paymentWorld(database.db);
  const asked: string[] = [];
  const provider = new Proxy(world.provider, {
    get(target, name: keyof PaymentProvider) {
      const asks = target[name] as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        if (name !== 'tellsOfCapture') asked.push(name);
        return asks(...given);
      };
    },
  });
  const ports = { ...world.ports, provider, sale: { attempt: settleAlone } };
  return { world, asked, ports };
}

const settleAlone: Parameters<typeof look>[0]['sale']['attempt'] = async (eventId, attempt) => {
  const nowMs = Date.now();
  const attempts = [{ ...attempt, atMs: nowMs }] as Parameters<typeof settleGroup>[2]['attempts'];
  const [answer] = (await settleGroup(database.db, eventId, { attempts, nowMs }))?.answers ?? [];
  return (answer === undefined || 'refusal' in answer
    ? { ok: false, refusal: { code: 'payment_required' }, nowMs }
    : { ok: true, nowMs, ...answer }) as unknown as ReturnType<typeof settleAlone>;
};

/** Stores events about a page, or about what was paid on it, one after the other. */
async function tell(
  { ports: { provider, nowMs } }: Pick<Awaited<ReturnType<typeof open>>, 'ports'>,
  { sessionId }: Begun,
  kinds: string[],
): Promise<string[]> {
  const { payment } = (await provider.readSession(sessionId)) ?? {};
  const ids: string[] = [];
  for (const kind of kinds) {
    const about: ProviderEvent['about'] = kind.startsWith('checkout')
      ? { kind: 'session', id: sessionId }
      : { kind: 'payment', id: payment?.paymentId ?? '' };
    const eventId = `evt_${sessionId}_${ids.length}_${kind}`;
    const times = { createdAtMs: nowMs(), nowMs: nowMs() };
    const event = { eventId, kind, about, tellsOfCapture: false, ...times };
    await storePaymentEvent(database.db, event);
    ids.push(eventId);
  }
  return ids;
}

/** And has recorded what it saw to, as the dispatcher does. */
async function lookAt(
  { ports }: Pick<Awaited<ReturnType<typeof open>>, 'ports'>,
  eventId: string,
): Promise<TryOutcome> {
  const outcome = await look(ports, lookRowOf(eventId));
  const chance = { nowMs: ports.nowMs(), random: () => 0 };
  const result = resultOf(lookRowOf(eventId), outcome, { retry: RETRY_MONEY, ...chance });
  await recordResults(database.db, { leaseId: 'none', results: [result], nowMs: ports.nowMs() });
  return outcome;
}

async function waiting(ids: string[]): Promise<string[]> {
  const { rows } = await database.db.execute<{ id: string }>(
    sql`SELECT id FROM payment_events WHERE worked_at IS NULL ORDER BY id`,
  );
  return rows.map(({ id }) => id).filter((id) => ids.includes(id));
}

async function statusOf({ orderId }: Begun): Promise<unknown> {
  const { rows } = await database.db.execute(sql`SELECT status FROM orders WHERE id = ${orderId}`);
  return rows[0]?.['status'];
}

const away = () => Promise.reject(new Error('the event is away'));

const stateOf = async (world: PaymentWorld, { paymentId }: Begun) =>
  (await world.read(paymentId))['state'];

describe('a look at what was told', () => {
  it('sees to all that was told of its payment before it, so that the others ask nobody', async () => {
    const opened = await open();
    const { world, asked } = opened;
    const begun = await world.authorise();
    const completed = 'checkout.session.completed';
    const [first = '', second = ''] = await tell(opened, begun, [completed, completed]);
    asked.length = 0;
    expect(await lookAt(opened, first)).toMatchObject(DONE);
    expect(asked).toEqual(['readSession']);
    expect(await statusOf(begun)).toBe('confirmed');
    expect(await waiting([first, second])).toEqual([]);
    expect(await lookAt(opened, second)).toMatchObject(NOTHING_NEW);
    expect(asked).toEqual(['readSession']);
    // What is told afterwards is looked at.
    const [later = ''] = await tell(opened, begun, ['checkout.session.expired']);
    expect(await lookAt(opened, later)).toMatchObject(DONE);
  });

  it('by what was read with others does not see to what was told since', async () => {
    const opened = await open();
    const { world, ports } = opened;
    const [begun, other] = [await world.authorise(), await world.authorise()];
    const completed = 'checkout.session.completed';
    const eventIds = [
      ...(await tell(opened, begun, [completed])),
      ...(await tell(opened, other, [completed])),
    ];
    const { events } = await readLeasedPayments(database.db, { paymentIds: [], eventIds });
    for (const id of eventIds) {
      expect(events.get(id)).toEqual(await findPaymentEvent(database.db, id));
    }
    const [first = ''] = eventIds;
    const since = `${first}_since`;
    const { event } = events.get(first) ?? {};
    await storePaymentEvent(database.db, {
      eventId: since,
      kind: completed,
      about: { kind: 'session', id: event?.aboutId ?? '' },
      tellsOfCapture: false,
      createdAtMs: ports.nowMs(),
      nowMs: ports.nowMs(),
    });
    expect(await look(ports, lookRowOf(first), events.get(first))).toEqual({
      kind: 'done',
      events: [first],
    });
    expect(await statusOf(begun)).toBe('confirmed');
    expect(await statusOf(other)).toBe('pending');
    expect(await waiting([since])).toEqual([since]);
  });

  it('that failed leaves what was told to the next one', async () => {
    const opened = await open();
    const { world, ports } = opened;
    const begun = await world.authorise();
    const told = await tell(opened, begun, ['checkout.session.completed']);
    world.stripe.setFaults({ isDown: true });
    expect(await lookAt(opened, told[0] ?? '')).toMatchObject({ kind: 'failed' });
    expect(await waiting(told)).toEqual(told);
    world.stripe.setFaults({});
    await expect(
      look({ ...ports, sale: { attempt: away } }, lookRowOf(told[0] ?? '')),
    ).rejects.toThrow('away');
    expect(await waiting(told)).toEqual(told);
    expect(await lookAt(opened, told[0] ?? '')).toMatchObject(DONE);
    expect(await statusOf(begun)).toBe('confirmed');
  });

  it('asks nobody about a capture that is written down in full, and about any other', async () => {
    const opened = await open();
    const { world, asked, ports } = opened;
    const begun = await world.confirm();
    expect(await capture(ports, rowOf('payment.capture', begun))).toMatchObject(DONE);
    const succeeded = 'payment_intent.succeeded';
    const [own = '', refunded = ''] = await tell(opened, begun, [succeeded, 'charge.refunded']);
    asked.length = 0;
    expect(await lookAt(opened, own)).toMatchObject(NOTHING_NEW);
    expect(asked).toEqual([]);
    expect(await waiting([own, refunded])).toEqual([refunded]);
    expect(await lookAt(opened, refunded)).toMatchObject(DONE);
    expect(asked).toEqual(['readSession', 'listRefunds']);

    const byHand = await world.confirm();
    const { payment } = (await ports.provider.readSession(byHand.sessionId)) ?? {};
    await ports.provider.capture(payment?.paymentId ?? '', 'by hand');
    const [unknown = ''] = await tell(opened, byHand, [succeeded]);
    expect(await lookAt(opened, unknown)).toMatchObject(DONE);
    expect(await stateOf(world, byHand)).toBe('captured');
  });
});
