/** Receipts of those who enter a draw, and the chain of a played one: by other implementations than the shop's own. */

import { exports } from 'cloudflare:workers';
import { createPublicKey, verify } from 'node:crypto';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type DrawAnswer,
  type DrawEntry,
  type DrawReceipt,
  drawReceiptSchema,
  RECEIPT_TYPE,
} from '../../contract/draw.ts';
import { chainRecord, headMessage, isReceiptOf, startRecord } from '../../contract/draw-records.ts';
import type { OwnQueue, QueueEntry, QueueEntryAnswer } from '../../contract/queue.ts';
import { hex, sha256 } from '../../draw/testing/publish-draw.ts';
import { withClaims } from '../../draw/testing/signed-texts.ts';
import { appWith } from '../../testing/apps.ts';
import { pass } from '../../testing/purchases.ts';
import { enter, leaveQueue, readEntry } from '../../testing/queue.ts';
import { call, makeShopper, makeShoppers } from '../../testing/shop.ts';
import { makeDraw, makeWaitlist } from '../../testing/waiting.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function publicKeys(): Promise<JSONWebKeySet> {
  const url = 'https://shop.example/.well-known/jwks.json';
  return (await exports.default.fetch(new Request(url))).json();
}

/** By jose, with the published keys alone. */
async function checked(receipt: string | null): Promise<DrawReceipt> {
  const keys = createLocalJWKSet(await publicKeys());
  const { payload, protectedHeader } = await compactVerify(receipt ?? '', keys);
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: RECEIPT_TYPE });
  const claims = JSON.parse(new TextDecoder().decode(payload));
  expect(Object.keys(claims).toSorted()).toEqual(Object.keys(drawReceiptSchema.shape).toSorted());
  return drawReceiptSchema.parse(claims);
}

async function readRecords(eventId: string) {
  const { draw } = await (await call('GET', `/events/${eventId}/draw`)).json<DrawAnswer>();
  const answer = await call('GET', `/events/${eventId}/draw/entries`);
  const lines = new TextDecoder()
    .decode(await answer.arrayBuffer())
    .trimEnd()
    .split('\n');
  const records = lines.map((line): DrawEntry => JSON.parse(line));
  return { draw, records };
}

function isOf(receipt: DrawReceipt, { at, ...record }: DrawEntry): boolean {
  return isReceiptOf(receipt, { ...record, atMs: Date.parse(at) });
}

describe('the receipt of an entry', () => {
  it('is signed over its record, as the list has it, by a published key', async () => {
    const { eventId, eventItemId } = await makeDraw();
    const shoppers = await makeShoppers(3);
    const entries: QueueEntry[] = [];
    for (const shopper of shoppers) entries.push(await enter(shopper, eventItemId));
    const { records } = await readRecords(eventId);
    for (const [n, entry] of entries.entries()) {
      expect(entry.record?.seq).toBe(n + 1);
      const receipt = await checked(entry.receipt);
      expect(receipt).toMatchObject({ entryId: entry.id, eventId, ...entry.record });
      expect(records.map((record) => isOf(receipt, record))).toEqual(
        entries.map((_, index) => index === n),
      );
    }
  });

  it('is good by node:crypto too, and not once a claim of it is another one', async () => {
    const { eventItemId } = await makeDraw();
    const { receipt } = await enter(await makeShopper(), eventItemId);
    const { keys } = await publicKeys();
    const isGood = (text: string) => {
      const [header = '', payload = '', signature = ''] = text.split('.');
      const key = createPublicKey({ key: { ...keys[0] }, format: 'jwk' });
      const signed = Buffer.from(`${header}.${payload}`);
      const bytes = Buffer.from(signature, 'base64url');
      return verify(
        'sha256',
        signed,
        { key: key.export({ type: 'spki', format: 'pem' }), dsaEncoding: 'ieee-p1363' },
        bytes,
      );
    };
    expect(isGood(receipt ?? '')).toBe(true);
    const claims = await checked(receipt);
    const forged = withClaims(receipt ?? '', { ...claims, seq: 7 });
    expect(isGood(forged)).toBe(false);
    await expect(checked(forged)).rejects.toThrow('signature verification failed');
  });

  it('comes with each reading of the entry and in the list of one’s own, and is no news', async () => {
    const { eventItemId } = await makeDraw();
    const shopper = await makeShopper();
    const entry = await enter(shopper, eventItemId);
    const again = await readEntry(shopper, entry);
    const own = await call('GET', '/profile/queue', { token: shopper.token });
    const [listed] = (await own.json<OwnQueue>()).entries;
    for (const receipt of [again.receipt, listed?.receipt ?? null]) {
      expect(await checked(receipt)).toEqual(await checked(entry.receipt));
    }
    const asked = { token: shopper.token };
    const { headers } = await call('GET', `/queue/${entry.id}`, asked);
    const named = { ...asked, headers: { 'If-None-Match': headers.get('ETag') ?? '' } };
    expect((await call('GET', `/queue/${entry.id}`, named)).status).toBe(304);
  });

  it('is none behind the lock, and in a queue without a draw', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const startsAtMs = Date.now() + 60_000;
    const { eventItemId } = await makeDraw({ startsAt: new Date(startsAtMs).toISOString() });
    await enter(await makeShopper(), eventItemId);
    pass(56_000);
    const late = await enter(await makeShopper(), eventItemId);
    expect(late).toMatchObject({ record: null, receipt: null });
    const { waiter, entry } = await makeWaitlist();
    expect(await readEntry(waiter, entry)).toMatchObject({ record: null, receipt: null });
  });

  it('is left out where it cannot be signed, and the entry is not lost', async () => {
    const { eventItemId } = await makeDraw();
    const { token } = await makeShopper();
    const logged: string[] = [];
    const ask = appWith({
      draws: {
        signer: {
          sign: () => Promise.reject(new Error('no key')),
          publicKeys: () => ({ keys: [] }),
          verify: () => Promise.reject(new Error('no key')),
        },
      },
      logging: { log: (_level, message) => void logged.push(message) },
    });
    const answer = await ask(`/queue/${eventItemId}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(201);
    const { entry } = await answer.json<QueueEntryAnswer>();
    expect(entry).toMatchObject({ status: 'waiting', record: { seq: 1 }, receipt: null });
    expect(logged).toContain('receipt was not signed');
  });
});

describe('the chain of a draw that is played', () => {
  it('is public while it grows, and each head follows from what was before', async () => {
    const { eventId, eventItemId } = await makeDraw();
    const shoppers = await makeShoppers(4);
    const entries: QueueEntry[] = [];
    for (const shopper of shoppers) entries.push(await enter(shopper, eventItemId));
    const [, second] = shoppers;
    const [, leaving] = entries;
    if (!second || !leaving) throw new Error('nobody leaves');
    expect((await leaveQueue(second, leaving)).status).toBe(200);
    const { draw, records } = await readRecords(eventId);
    expect(draw).toMatchObject({ status: 'open', entries: 4, records: 5 });
    if (draw.start === null) throw new Error('nobody entered');
    let head = sha256(headMessage(new Uint8Array(32), startRecord(draw.start)));
    const heads = records.map(({ at, ...record }) => {
      head = sha256(headMessage(head, chainRecord({ ...record, atMs: Date.parse(at) })));
      return hex(head);
    });
    expect(records.map((record) => record.head)).toEqual(heads);
    expect(draw.head).toBe(heads.at(-1));
    expect(records.map(({ kind }) => kind)).toEqual(['enter', 'enter', 'enter', 'enter', 'leave']);
  });
});
