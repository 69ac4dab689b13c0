/** The report of a sale, played over HTTP: what it counts, who may read it, and that its forms agree. */
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { Report } from '../../contract/report.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { hold, pass, reserve, settle } from '../../testing/purchases.ts';
import {
  call,
  deps,
  HOLD_MS,
  makeEvent,
  makeShopper,
  makeShoppers,
  type Shopper,
} from '../../testing/shop.ts';
import { ordersOf, wait } from '../../testing/waiting.ts';

const OFFER_MS = 60_000;

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

/** By hand: the clock of a test cannot pass an event's end without all sessions ending too. */
async function close(eventId: EventId): Promise<void> {
  const closed = await call('POST', `/admin/events/${eventId}/close`, { token: admin.token });
  expect(closed.status).toBe(200);
}

const read = (eventId: EventId) => call('GET', `/events/${eventId}/report`);

async function reportOf(eventId: EventId): Promise<Report> {
  const answer = await read(eventId);
  expect(answer.status).toBe(200);
  return answer.json<Report>();
}

async function offerTo(shopper: Shopper, eventId: EventId): Promise<{ id: string }> {
  const [offer] = await ordersOf(shopper, eventId);
  if (offer === undefined) throw new Error('nothing was offered');
  return offer;
}

async function expectRefusal(answer: Promise<Response>, code: string): Promise<void> {
  await expectProblem(await answer, 409, code);
}

/** Three units: one is sold at once, one comes back and is bought, one comes back again and again. */
async function playedSale() {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { eventId, eventItemId } = await makeEvent({
    stock: 3,
    reportPublic: true,
    offerSeconds: OFFER_MS / 1_000,
  });
  const [buyer, canceller, sleeper, first, second, third, late] = (await makeShoppers(7)) as [
    Shopper,
    ...Shopper[],
  ] as [Shopper, Shopper, Shopper, Shopper, Shopper, Shopper, Shopper];
  const bought = await hold(buyer, eventItemId);
  const cancelled = await hold(canceller, eventItemId);
  await hold(sleeper, eventItemId);
  await settle(buyer, bought, 'confirm');
  await expectRefusal(reserve(late, eventItemId), 'sold_out');
  for (const shopper of [first, second, third]) await wait(shopper, eventItemId);
  await settle(canceller, cancelled, 'cancel');
  await settle(first, await offerTo(first, eventId), 'confirm');
  pass(HOLD_MS);
  await deps.sale.expireDue(eventId);
  await offerTo(second, eventId);
  pass(OFFER_MS);
  await deps.sale.expireDue(eventId);
  await settle(third, await offerTo(third, eventId), 'cancel');
  await close(eventId);
  return { eventId, eventItemId };
}

describe('the report of a sale', () => {
  it('tells what became of units, holds, refusals and those who waited', async () => {
    const { eventId, eventItemId } = await playedSale();
    const report = await reportOf(eventId);
    expect(report).toMatchObject({
      id: eventId,
      isFinal: true,
      cancelledAt: null,
      units: {
        total: 3,
        soldAtOnce: 1,
        soldAfterComingBack: 1,
        held: 0,
        neverHeld: 0,
        cameBackUnsold: 1,
      },
      holds: { made: 6, confirmed: 2, expired: 2, cancelled: 2, lasting: 0 },
      cameBack: { expired: 2, cancelled: 2, givenBack: 0, toQueue: 3, toOthers: 0, left: 1 },
      entries: { made: 3, offered: 3, confirmed: 1, left: 0, waiting: 0, skipped: [] },
    });
    expect(report.refusals.byReason).toEqual([{ code: 'sold_out', count: 1 }]);
    expect(report.items).toMatchObject([
      { eventItemId, name: 'Lamp', entries: { made: 3, offered: 3, servedRank: 3, lastRank: 3 } },
    ]);
    const { medianMs, longestMs } = report.waiting;
    expect(medianMs).toBeGreaterThanOrEqual(HOLD_MS);
    expect(longestMs).toBeGreaterThanOrEqual(HOLD_MS + OFFER_MS);
    expect(report.sellOut.soldOutAfterMs).toBeLessThan(HOLD_MS);
  });

  it('says the same as a table', async () => {
    const { eventId } = await playedSale();
    const report = await reportOf(eventId);
    const answer = await call('GET', `/events/${eventId}/report.csv`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(bytes.slice(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf));
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n').slice(1);
    const cells = lines.map((line) => line.split(','));
    const valueOf = (part: string, figure: string, of = '') =>
      cells.find((line) => line[0] === part && line[1] === of && line[4] === figure)?.[5];
    const parts = ['units', 'sellOut', 'holds', 'cameBack', 'entries', 'waiting'] as const;
    let compared = 0;
    for (const part of parts) {
      for (const [figure, value] of Object.entries(report[part])) {
        if (figure === 'countedFrom' || Array.isArray(value)) continue;
        expect(valueOf(part, figure), `${part} ${figure}`).toBe(String(value ?? ''));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(25);
    for (const { eventItemId, units, cameBack, entries } of report.items) {
      for (const [part, figures] of Object.entries({ units, cameBack, entries })) {
        for (const [figure, value] of Object.entries(figures))
          expect(valueOf(part, figure, eventItemId)).toBe(String(value));
      }
    }
    expect(valueOf('refusals', 'sold_out')).toBe('1');
    expect(cells.every((line) => (line[6] ?? '') !== '')).toBe(true);
  });

  it('is nobody’s to read before the close, nor where it is not public', async () => {
    const shown = await makeEvent({ reportPublic: true });
    await expectProblem(await read(shown.eventId), 404, 'no_report');
    const kept = await makeEvent();
    await close(kept.eventId);
    await expectProblem(await read(kept.eventId), 404, 'no_report');
    await expectProblem(await call('GET', `/events/${kept.eventId}/report.csv`), 404, 'no_report');
    const draft = await makeEvent({ reportPublic: true, published: false });
    await expectProblem(await read(draft.eventId), 404, 'not_found');
  });

  it('is there for admins at any time, and never for others', async () => {
    const { eventId } = await makeEvent();
    const path = `/admin/events/${eventId}/report`;
    const answer = await call('GET', path, { token: admin.token });
    expect(await answer.json<Report>()).toMatchObject({ id: eventId, isFinal: false });
    const file = await call('GET', `${path}.csv`, { token: admin.token });
    expect(file.headers.get('Content-Disposition')).toContain(`report-${eventId}.csv`);
    expect(await file.text()).toContain('units,,,,total,');
    const { token } = await makeShopper();
    await expectProblem(await call('GET', path, { token }), 403, 'forbidden');
    await expectProblem(await call('GET', `${path}.csv`, { token }), 403, 'forbidden');
  });

  it('is switched on and off after the close, also behind a queue', async () => {
    const { eventId } = await makeEvent({ stock: 0 });
    const [shopper] = await makeShoppers(1);
    const event = await (await call('GET', `/events/${eventId}`)).json<{
      items: { id: never }[];
    }>();
    if (shopper === undefined || event.items[0] === undefined) throw new Error('nothing is sold');
    await wait(shopper, event.items[0].id);
    await close(eventId);
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (const reportPublic of [true, false]) {
      const body = { reportPublic };
      const path = `/admin/events/${eventId}/report`;
      const answer = await call('PUT', path, { token: admin.token, body });
      expect(await answer.json()).toMatchObject({ reportPublic, status: 'closed' });
      pass(2_000);
      expect((await read(eventId)).status).toBe(reportPublic ? 200 : 404);
    }
  });

  it('of a cancelled sale says so', async () => {
    const { eventId } = await makeEvent({ reportPublic: true });
    const body = { reason: 'The hall was flooded' };
    await call('POST', `/admin/events/${eventId}/cancel`, { token: admin.token, body });
    const { cancelledAt } = await reportOf(eventId);
    expect(cancelledAt).not.toBeNull();
  });
});
