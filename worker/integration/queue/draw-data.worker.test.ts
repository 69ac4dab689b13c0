/** What is public of a draw: that it is all that a checker needs, nobody's own, and cheap. */
import { exports } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type DrawAnswer, type DrawEntry, drawEntrySchema } from '../../contract/draw.ts';
import { chainRecord, headMessage, startRecord } from '../../contract/draw-records.ts';
import { makeEventId } from '../../contract/ids.ts';
import { hex, type PublishedDraw, sha256 } from '../../draw/testing/publish-draw.ts';
import { unpublishEvent } from '../../stores/postgres/event-controls.ts';
import { RECORD_PAGES_KEPT_MAX, RECORDS_PER_PAGE } from '../../stores/postgres/public-draws.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { keepDraw } from '../../testing/proven-draws.ts';
import { call, deps, makeEvent } from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';
import { makeDraw } from '../../testing/waiting.ts';

const strictEntrySchema = z.strictObject(drawEntrySchema.shape);

afterEach(() => {
  vi.useRealTimers();
});

async function readDraw(eventId: string) {
  const answer = await call('GET', `/events/${eventId}/draw`);
  expect(answer.status).toBe(200);
  return (await answer.json<DrawAnswer>()).draw;
}

async function linesOf(answer: Response): Promise<DrawEntry[]> {
  // Not by `text`, which warns of a type that it does not know for text.
  const text = new TextDecoder().decode(await answer.arrayBuffer());
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => strictEntrySchema.parse(JSON.parse(line)));
}

async function readEntries(eventId: string, query = ''): Promise<DrawEntry[]> {
  const answer = await call('GET', `/events/${eventId}/draw/entries${query}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8');
  return linesOf(answer);
}

/** For how long caches may have the records, and whether they have a tag. */
async function keepingOf(eventId: string) {
  const { headers } = await call('HEAD', `/events/${eventId}/draw/entries`);
  return [headers.get('Cache-Control'), headers.has('ETag')];
}

/** By the contract's own bytes, and another hash than the database's. */
function headsOf({ draw: { start } }: PublishedDraw, records: DrawEntry[]): string[] {
  if (start === null) throw new Error('nobody entered');
  let head = sha256(headMessage(new Uint8Array(32), startRecord(start)));
  return records.map(({ at, ...record }) => {
    head = sha256(headMessage(head, chainRecord({ ...record, atMs: Date.parse(at) })));
    return hex(head);
  });
}

describe('a draw in public', () => {
  it.each(['open', 'locked', 'waiting_for_beacon', 'drawn'] as const)(
    'that is %s has all that is known of it',
    async (status) => {
      const { eventId, published } = await keepDraw({ status });
      expect(await readDraw(eventId)).toEqual(published.draw);
      const records = await readEntries(eventId);
      expect(records).toEqual(published.records);
      expect(headsOf(published, records)).toEqual(records.map(({ head }) => head));
      expect(records.some((record) => 'rank' in record)).toBe(status === 'drawn');
    },
  );

  it('that was given up says why, and keeps its records', async () => {
    const givenUp = { atMs: Date.now() - 1_000, reason: 'beacon_silent' as const };
    const { eventId, published } = await keepDraw({ status: 'given_up', givenUp });
    const draw = await readDraw(eventId);
    expect(draw).toEqual(published.draw);
    expect(draw).toMatchObject({ status: 'given_up', givenUp: { reason: 'beacon_silent' } });
    expect(await readEntries(eventId)).toEqual(published.records);
  });

  it('that nobody entered has no number, is drawn when it is due, and can be cancelled', async () => {
    const nothing = { number: null, start: null, head: null, entries: 0, records: 0, seed: null };
    const { eventId } = await makeDraw();
    const open = await readDraw(eventId);
    expect(open).toMatchObject({ ...nothing, status: 'open', statement: null, statements: [] });
    expect(open.beacon).toMatchObject({ kind: 'local' });
    expect(await readEntries(eventId)).toEqual([]);
    const due = await makeDraw({ startsAt: new Date(Date.now() - 5_000).toISOString() });
    expect(await readDraw(due.eventId)).toMatchObject({ ...nothing, status: 'drawn' });
    const closed = await makeDraw();
    await deps.stores.db.$client.query('UPDATE events SET closed_at = now() WHERE id = $1', [
      closed.eventId,
    ]);
    expect(await readDraw(closed.eventId)).toMatchObject({
      ...nothing,
      status: 'given_up',
      givenUp: { reason: 'cancelled' },
    });
  });

  it('is found where the event has one, and stays when the event is unpublished', async () => {
    const { eventId, published } = await keepDraw({ status: 'open' });
    const firstCome = await makeEvent();
    const draft = await makeDraw({ published: false });
    for (const id of [firstCome.eventId, draft.eventId, makeEventId(deps.platform.fillRandom)]) {
      await expectProblem(await call('GET', `/events/${id}/draw`), 404, 'not_found');
      await expectProblem(await call('GET', `/events/${id}/draw/entries`), 404, 'not_found');
    }
    const act = { actor: 'a test', requestId: 'a test', nowMs: Date.now() };
    expect(await unpublishEvent(deps.stores.db, eventId, act)).not.toBe(false);
    expect(await readDraw(eventId)).toEqual(published.draw);
    expect(await readEntries(eventId)).toEqual(published.records);
  });

  it('names no customer', async () => {
    const { eventId } = await keepDraw();
    const text = JSON.stringify([await readEntries(eventId), await readDraw(eventId)]);
    expect(text).toContain('ent_');
    expect(text).not.toContain('usr_');
  });

  it('can be read by a page of any site', async () => {
    const { eventId } = await keepDraw();
    for (const path of [`/events/${eventId}/draw`, `/events/${eventId}/draw/entries`]) {
      const { headers } = await call('GET', path, { headers: { Origin: 'https://check.example' } });
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    }
  });
});

describe('the records of a draw', () => {
  it('are gone on with from any of them', async () => {
    const { eventId, published } = await keepDraw({ status: 'open' });
    expect(await readEntries(eventId, '?from=4')).toEqual(published.records.slice(3));
    expect(await readEntries(eventId, `?from=${published.records.length + 1}`)).toEqual([]);
    await expectProblem(
      await call('GET', `/events/${eventId}/draw/entries?from=0`),
      400,
      'malformed',
    );
  });

  it('of a long list are read page after page, and once, however many check them', async () => {
    const { eventId, published } = await keepDraw({ entries: 2 * RECORDS_PER_PAGE });
    expect(published.records.length).toBeGreaterThan(2 * RECORDS_PER_PAGE);
    const ask = appWith({});
    const path = `/events/${eventId}/draw/entries`;
    const calls = await storeCallsOf(async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(path)));
      for (const lines of await Promise.all(answers.map(linesOf))) {
        expect(lines).toEqual(published.records);
      }
    });
    expect(calls.statements).toBeLessThanOrEqual(6);
    const middle = await linesOf(await ask(`${path}?from=${RECORDS_PER_PAGE + 7}`));
    expect(middle).toEqual(published.records.slice(RECORDS_PER_PAGE + 6));
  });

  it('are not read any further when the reader has gone', async () => {
    const { eventId } = await keepDraw({ entries: 2 * RECORDS_PER_PAGE });
    const ask = appWith({});
    const calls = await storeCallsOf(async () => {
      const answer = await ask(`/events/${eventId}/draw/entries`);
      const reader = answer.body?.getReader();
      expect((await reader?.read())?.value?.length).toBeGreaterThan(100_000);
      await reader?.cancel();
    });
    // The draw, its counts, and one page.
    expect(calls.statements).toBe(3);
  });

  it('have a tag as long as they stay, by which they are not sent again', async () => {
    const { eventId } = await keepDraw({ status: 'locked' });
    const path = `/events/${eventId}/draw/entries`;
    const answer = await call('GET', path);
    await answer.body?.cancel();
    const tag = answer.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^"/);
    for (const named of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await call('GET', path, { headers: { 'If-None-Match': named } });
      expect(again.status).toBe(304);
    }
    const changed = await call('GET', path, { headers: { 'If-None-Match': '"other"' } });
    expect(changed.status).toBe(200);
    const head = await call('HEAD', path);
    expect([head.status, head.headers.get('ETag'), await head.text()]).toEqual([200, tag, '']);
  });

  it('may be kept on the way for as long as they stay', async () => {
    const open = await keepDraw({ status: 'open' });
    expect(await keepingOf(open.eventId)).toEqual([expect.stringContaining('max-age=1,'), true]);
    const drawn = await keepDraw();
    expect(await keepingOf(drawn.eventId)).toEqual([expect.stringContaining('max-age=5,'), false]);
    const ended = { endsAt: new Date(Date.now() - 1_000).toISOString() };
    const over = await keepDraw({ event: ended });
    expect(await keepingOf(over.eventId)).toEqual([expect.stringContaining('max-age=600'), true]);
  });

  it('have a tag while nothing becomes of an entry, which no shopper who checks asks the database for', async () => {
    const { eventId, published } = await keepDraw();
    const clock = { nowMs: Date.now() };
    const ask = appWith({ platform: { nowMs: () => clock.nowMs } });
    const path = `/events/${eventId}/draw/entries`;
    const tagNow = async () => {
      const answer = await ask(path);
      expect(await linesOf(answer)).toHaveLength(published.records.length);
      return [answer.headers.get('ETag'), answer.headers.get('Cache-Control')];
    };
    expect(await tagNow()).toEqual([null, expect.stringContaining('max-age=5,')]);
    clock.nowMs += 10_001;
    const [tag, keeping] = await tagNow();
    expect([tag, keeping]).toEqual([
      expect.stringMatching(/^"/),
      expect.stringContaining('max-age=5,'),
    ]);
    for (let minutes = 0; minutes < 5; minutes++) {
      clock.nowMs += 60_000;
      const calls = await storeCallsOf(async () => expect(await tagNow()).toEqual([tag, keeping]));
      // The draw, and what is counted of it; none of its records.
      expect(calls.statements).toBeLessThanOrEqual(2);
      const again = await ask(path, { headers: { 'If-None-Match': tag ?? '' } });
      expect(again.status).toBe(304);
    }
    const act =
      'UPDATE event_queues SET settlement = settlement + 1, settled_at = $2 WHERE event_id = $1';
    await deps.stores.db.$client.query(act, [eventId, new Date(clock.nowMs)]);
    clock.nowMs += 2_001;
    expect(await tagNow()).toEqual([null, keeping]);
    clock.nowMs += 10_001;
    const [later] = await tagNow();
    expect(later).not.toBe(tag);
  });

  it('of a draw that 100,000 entered are all kept in an isolate, compressed', () => {
    expect(RECORD_PAGES_KEPT_MAX * RECORDS_PER_PAGE).toBeGreaterThanOrEqual(125_000);
  });

  it('tell what became of an entry within ten seconds', async () => {
    const { eventId, published } = await keepDraw();
    const [first] = published.records;
    const clock = { nowMs: Date.now() };
    const ask = appWith({ platform: { nowMs: () => clock.nowMs } });
    const outcome = async () => {
      const [record] = await linesOf(await ask(`/events/${eventId}/draw/entries`));
      return [record?.outcome, record?.reason];
    };
    expect(await outcome()).toEqual(['waiting', null]);
    await deps.stores.db.$client.query(
      "UPDATE queue_entries SET status = 'skipped', reason = 'disqualified', ended_at = now() WHERE id = $1",
      [first?.entryId],
    );
    expect(await outcome()).toEqual(['waiting', null]);
    clock.nowMs += 10_001;
    expect(await outcome()).toEqual(['skipped', 'disqualified']);
  });

  it('are plain text for who takes nothing else', async () => {
    const { eventId, published } = await keepDraw();
    const headers = { Accept: 'text/plain' };
    const answer = await call('GET', `/events/${eventId}/draw/entries`, { headers });
    expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect(await linesOf(answer)).toEqual(published.records);
  });
});

describe('the keys', () => {
  it('are public, but for their private parts', async () => {
    const url = 'https://shop.example/.well-known/jwks.json';
    const answer = await exports.default.fetch(new Request(url));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('application/jwk-set+json');
    expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300');
    const { keys } = await answer.json<{ keys: object[] }>();
    expect(keys).toHaveLength(1);
    const [key = {}] = keys;
    expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });
});
