/** The shop's figures: scraped by whoever has the token, and looked at by admins. */

import { abortAllDurableObjects } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import type { EventLine } from '../../contract/commit-metrics.ts';
import type { EventId } from '../../contract/ids.ts';
import { SALES_SHOWN_MAX } from '../../routes/metrics.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith, away } from '../../testing/apps.ts';
import { readOpenMetrics } from '../../testing/openmetrics.ts';
import { addOutboxRow } from '../../testing/outbox.ts';
import { hold, reserve, settle } from '../../testing/purchases.ts';
import { call, makeEvent, makeShopper } from '../../testing/shop.ts';
import { makeWaitlist, wait } from '../../testing/waiting.ts';

const OPENMETRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const TOKEN = (env as { METRICS_TOKEN?: string }).METRICS_TOKEN;

async function scrape() {
  const answer = await call('GET', '/metrics', { token: TOKEN });
  expect(answer.status).toBe(200);
  return figuresIn(await answer.text());
}

function figuresIn(text: string) {
  const families = readOpenMetrics(text);
  return (name: string, labels: Record<string, string>) =>
    [...families.values()]
      .flatMap(({ samples }) => samples)
      .find(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      )?.value;
}

/** Opens later than what other tests make meanwhile: of very many sales only the newest are shown. */
function openingLast() {
  return { startsAt: new Date().toISOString() };
}

/** A refusal is written after its answer. */
async function recorded(event: EventId): Promise<void> {
  const refusals = { event, code: 'sold_out' };
  await vi.waitFor(
    async () => expect((await scrape())('swiftdrop_event_refusals_total', refusals)).toBe(1),
    { timeout: 20_000 },
  );
}

const QUIET = { logging: { log: () => {} } };

describe('the metrics', () => {
  it('are OpenMetrics of an open sale: what Postgres knows, and what its object does', async () => {
    const { eventId: event, eventItemId } = await makeEvent({ stock: 2, ...openingLast() });
    const buyer = await makeShopper();
    await settle(buyer, await hold(buyer, eventItemId), 'confirm');
    await hold(await makeShopper(), eventItemId);
    await reserve(await makeShopper(), eventItemId);
    await recorded(event);
    const answer = await call('GET', '/metrics', { token: TOKEN });
    expect(answer.headers.get('Content-Type')).toBe(OPENMETRICS_TYPE);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const of = figuresIn(await answer.text());
    expect(of('swiftdrop_events', { state: 'open' })).toBeGreaterThan(0);
    expect(of('swiftdrop_event_units', { event, state: 'sold' })).toBe(1);
    expect(of('swiftdrop_event_units', { event, state: 'held' })).toBe(1);
    expect(of('swiftdrop_event_units', { event, state: 'remaining' })).toBe(0);
    expect(of('swiftdrop_event_refusals_total', { event, code: 'sold_out' })).toBe(1);
    expect(of('swiftdrop_line_up', { event })).toBe(1);
    expect(of('swiftdrop_line_attempts_total', { event })).toBe(4);
    expect(of('swiftdrop_line_answers_total', { event, outcome: 'reserve' })).toBe(2);
    expect(of('swiftdrop_line_answers_total', { event, outcome: 'sold_out' })).toBe(1);
    expect(of('swiftdrop_line_length', { event })).toBe(0);
    expect(of('swiftdrop_group_attempts_sum', { event })).toBeGreaterThanOrEqual(3);
    expect(of('swiftdrop_group_wait_seconds_bucket', { event, le: '+Inf' })).toBe(
      of('swiftdrop_group_attempts_count', { event }),
    );
  });

  it('have who waits for an open sale, and how many offers were made', async () => {
    const {
      eventId: event,
      eventItemId,
      holder,
      order,
    } = await makeWaitlist({
      limitPerCustomer: 3,
      ...openingLast(),
    });
    await wait(await makeShopper(), eventItemId, { quantity: 3 });
    const before = await scrape();
    expect(before('swiftdrop_event_queue_entries', { event })).toBe(2);
    expect(before('swiftdrop_event_queue_units', { event })).toBe(4);
    expect(before('swiftdrop_event_queue_offers_total', { event })).toBe(0);
    await settle(holder, order, 'cancel');
    const after = await scrape();
    expect(after('swiftdrop_event_queue_entries', { event })).toBe(1);
    expect(after('swiftdrop_event_queue_units', { event })).toBe(3);
    expect(after('swiftdrop_event_queue_offers_total', { event })).toBe(1);
  });

  it.each([
    ['text/plain', 'text/plain; charset=utf-8'],
    ['text/plain;q=0.5, application/openmetrics-text', OPENMETRICS_TYPE],
    [
      'application/openmetrics-text;version=1.0.0;q=0.5, text/plain;q=0.2, */*;q=0.1',
      OPENMETRICS_TYPE,
    ],
    ['application/json', OPENMETRICS_TYPE],
  ])('go to a caller that accepts %s as %s', async (accept, type) => {
    const headers = { Accept: accept };
    const answer = await call('GET', '/metrics', { token: TOKEN, headers });
    expect(answer.headers.get('Content-Type')).toBe(type);
    expect(await answer.text()).toMatch(/# EOF\n$/);
  });

  it('keep in the database what an object forgets', async () => {
    const { eventId: event, eventItemId } = await makeEvent({ stock: 0, ...openingLast() });
    await reserve(await makeShopper(), eventItemId);
    const refusals = { event, code: 'sold_out' };
    await recorded(event);
    await abortAllDurableObjects();
    // A call may still meet the object that ends.
    await vi.waitFor(
      async () => {
        const of = await scrape();
        expect(of('swiftdrop_line_attempts_total', { event })).toBe(0);
        expect(of('swiftdrop_event_refusals_total', refusals)).toBe(1);
      },
      { timeout: 20_000 },
    );
  });

  it('have what waits in the outbox, what ended lately and what was given up, by kind', async () => {
    const kind = 'mail.reset_password';
    const before = await scrape();
    await addOutboxRow();
    for (const outcome of ['done', 'given_up', 'given_up'] as const)
      await addOutboxRow({ outcome });
    const of = await scrape();
    // Other tests may write rows at the same time.
    const more = (name: string, labels: Record<string, string>) =>
      (of(name, labels) ?? 0) - (before(name, labels) ?? 0);
    expect(more('swiftdrop_outbox_waiting', { kind })).toBeGreaterThanOrEqual(1);
    expect(more('swiftdrop_outbox_ended', { kind, outcome: 'done' })).toBeGreaterThanOrEqual(1);
    expect(more('swiftdrop_outbox_ended', { kind, outcome: 'given_up' })).toBeGreaterThanOrEqual(2);
    expect(more('swiftdrop_outbox_given_up', { kind })).toBeGreaterThanOrEqual(2);
    expect(of('swiftdrop_outbox_failed_tries', { kind })).toBeDefined();
    expect(of('swiftdrop_outbox_oldest_due_seconds', {})).toBeGreaterThanOrEqual(0);
  });

  it('say which object does not answer, and have everything else', async () => {
    const { eventId: event } = await makeEvent({ stock: 3, ...openingLast() });
    const ask = appWith({ sale: { commitMetrics: () => away() }, ...QUIET });
    const answer = await ask('/metrics', { headers: { Authorization: `Bearer ${TOKEN}` } });
    const of = figuresIn(await answer.text());
    expect(of('swiftdrop_line_up', { event })).toBe(0);
    expect(of('swiftdrop_event_units', { event, state: 'remaining' })).toBe(3);
    expect(of('swiftdrop_line_length', { event })).toBeUndefined();
  });

  it('ask a bounded number of objects, those of the newest sales', async () => {
    // Other tests plan events an hour or a day ahead, but none in this half of a second.
    const nowMs = Date.now() + 5_432_100;
    const startsAt = new Date(nowMs - 500).toISOString();
    const made = Array.from({ length: SALES_SHOWN_MAX + 1 }, () => makeEvent({ startsAt }));
    const newest = new Set((await Promise.all(made)).map(({ eventId }) => eventId as string));
    const asked: string[] = [];
    const commitMetrics = (eventId: string) => {
      asked.push(eventId);
      return away();
    };
    const ask = appWith({ sale: { commitMetrics }, ...QUIET, platform: { nowMs: () => nowMs } });
    const answer = await ask('/metrics', { headers: { Authorization: `Bearer ${TOKEN}` } });
    expect(asked).toHaveLength(SALES_SHOWN_MAX);
    expect(asked.filter((id) => newest.has(id))).toHaveLength(SALES_SHOWN_MAX);
    const of = figuresIn(await answer.text());
    expect(of('swiftdrop_events', { state: 'open' })).toBeGreaterThan(SALES_SHOWN_MAX);
  });

  it('are for whoever has the token, and for no admin', async () => {
    const { token: admin } = await makeShopper('admin');
    for (const token of [undefined, admin, `${TOKEN}x`, TOKEN?.slice(1), 'x']) {
      await expectProblem(await call('GET', '/metrics', { token }), 401, 'unauthenticated');
    }
  });

  it('are not there at all where no token is configured', async () => {
    const ask = appWith({ site: { metricsToken: undefined } });
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const headers = { Authorization: `Bearer ${TOKEN}` };
      const [answer, unknown] = await Promise.all(
        ['/metrics', '/nothing'].map((path) => ask(path, { method, headers })),
      );
      expect([answer?.status, answer?.headers.get('Allow')]).toEqual([404, null]);
      expect(answer?.status).toBe(unknown?.status);
    }
  });
});

describe('an admin', () => {
  it('sees the group commits of a sale, second by second', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const { token } = await makeShopper('admin');
    await hold(await makeShopper(), eventItemId);
    await reserve(await makeShopper(), eventItemId);
    const answer = await call('GET', `/admin/events/${eventId}/line`, { token });
    const line = await answer.json<EventLine>();
    expect(line).toMatchObject({ id: eventId, lineLength: 0, attempts: 2 });
    expect(line.outcomes).toEqual({ reserve: 1, sold_out: 1 });
    expect(line.groups.count).toBeGreaterThan(0);
    expect(line.groups.sizeMean).toBe(1);
    expect(Date.parse(line.since)).toBeLessThanOrEqual(Date.parse(line.serverNow));
  });

  it('is told when an event’s object does not answer', async () => {
    const { eventId } = await makeEvent();
    const { token } = await makeShopper('admin');
    const ask = appWith({ sale: { commitMetrics: () => away() }, ...QUIET });
    const headers = { Authorization: `Bearer ${token}` };
    expect((await ask(`/admin/events/${eventId}/line`, { headers })).status).toBe(503);
  });
});
