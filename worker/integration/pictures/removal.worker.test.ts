/** Pictures that nothing names any more, and all that keeps one. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../contract/catalogue.ts';
import { namesOf } from '../../contract/pictures.ts';
import { Fault } from '../../platform/faults.ts';
import { PICTURE_KEEP_DAYS, removePictures } from '../../sweep/remove-pictures.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { anew, bucket, pictureNamed, upload, uploaded } from '../../testing/pictures.ts';
import { hold } from '../../testing/purchases.ts';
import { deps, makeEvent, makeShopper } from '../../testing/shop.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function aPicture(): Promise<{ url: string; file: Uint8Array<ArrayBuffer> }> {
  const file = anew(pictureNamed('large'));
  const { url } = await uploaded(admin, file);
  return { url, file };
}

function fails(): Promise<never> {
  return Promise.reject(new Fault('no answer', { retryable: true }));
}

function idOf(url: string): string {
  return /pic_\w{26}/.exec(url)?.[0] ?? '';
}

/** As if it had been named so long ago for the last time. */
async function age(url: string, days: number): Promise<void> {
  await deps.stores.db.execute(sql`UPDATE pictures
    SET used_at = now() - make_interval(days => ${days}::int) WHERE id = ${idOf(url)}`);
}

async function isKept(url: string): Promise<boolean> {
  const { rows } = await deps.stores.db.execute(
    sql`SELECT FROM pictures WHERE id = ${idOf(url)} AND removing_at IS NULL`,
  );
  const files = await Promise.all([...namesOf(url).keys()].map((name) => bucket.head(name)));
  const isWhole = files.every((file) => file !== null);
  expect(files.every((file) => file === null) || isWhole).toBe(true);
  expect(isWhole).toBe(rows.length === 1);
  return isWhole;
}

async function makeItem(pictures: string[]): Promise<Item> {
  const answer = await admin.call('POST', '/items', { name: 'Lamp', pictures });
  expect(answer.status).toBe(201);
  return answer.json();
}

describe('a picture', () => {
  it('that nothing names is removed after its days, with its files', async () => {
    const { url, file } = await aPicture();
    await age(url, PICTURE_KEEP_DAYS - 1);
    await removePictures(deps);
    expect(await isKept(url)).toBe(true);
    await age(url, PICTURE_KEEP_DAYS + 1);
    await removePictures(deps);
    expect(await isKept(url)).toBe(false);
    expect((await admin.auditOf(idOf(url)))[0]).toMatchObject({
      actor: 'sweep',
      action: 'picture.remove',
    });
    const named = await admin.call('POST', '/items', { name: 'Lamp', pictures: [url] });
    expect(await named.json()).toMatchObject({
      code: 'malformed',
      errors: [{ path: 'pictures.0' }],
    });
    // It may come again.
    expect((await uploaded(admin, file)).url).toBe(url);
    expect(await isKept(url)).toBe(true);
  });

  it('that an item, an event, the shop or an order names stays', async () => {
    const made = await Promise.all(Array.from({ length: 3 }, () => aPicture()));
    const [first = '', second = '', cover = ''] = made.map(({ url }) => url);
    const logo = (await aPicture()).url;
    const sold = (await aPicture()).url;
    await makeItem([first, second]);
    const { eventId, eventItemId, itemId } = await makeEvent();
    const { db } = deps.stores;
    await db.execute(sql`UPDATE events SET cover_url = ${cover} WHERE id = ${eventId}`);
    await db.execute(sql`UPDATE item_catalog SET image_url = ${sold} WHERE id = ${itemId}`);
    await hold(await makeShopper(), eventItemId);
    await db.execute(sql`UPDATE item_catalog SET image_url = NULL WHERE id = ${itemId}`);
    await db.execute(sql`INSERT INTO shop_face (face, version, changed_at)
      VALUES (${JSON.stringify({ logoUrl: `https://shop.example${logo}` })}::jsonb, 1, now())`);
    const all = [first, second, cover, logo, sold];
    for (const url of all) await age(url, PICTURE_KEEP_DAYS + 1);
    await removePictures(deps);
    await db.execute(sql`DELETE FROM shop_face`);
    for (const url of all) expect(await isKept(url)).toBe(true);
  });

  it('that is taken off an item stays for its days from then on', async () => {
    const { url } = await aPicture();
    const item = await makeItem([url]);
    await age(url, PICTURE_KEEP_DAYS + 1);
    expect((await admin.call('PUT', `/items/${item.id}`, { name: 'Lamp' })).status).toBe(200);
    await removePictures(deps);
    expect(await isKept(url)).toBe(true);
    const other = await makeItem([url]);
    await age(url, PICTURE_KEEP_DAYS + 1);
    expect((await admin.call('DELETE', `/items/${other.id}`)).status).toBe(204);
    await removePictures(deps);
    expect(await isKept(url)).toBe(true);
  });

  it('that is named while it is being removed is lost by nobody', async () => {
    for (let round = 0; round < 8; round++) {
      const { url } = await aPicture();
      await age(url, PICTURE_KEEP_DAYS + 1);
      const [answer] = await Promise.all([
        admin.call('POST', '/items', { name: 'Lamp', pictures: [url] }),
        removePictures(deps),
      ]);
      expect([201, 400]).toContain(answer.status);
      expect(await isKept(url)).toBe(answer.status === 201);
    }
  });

  it('whose files could not be removed can neither be named nor uploaded until they are', async () => {
    const { url, file } = await aPicture();
    const { store } = deps.pictures;
    if (store === undefined) throw new Error('the tests have a store');
    await age(url, PICTURE_KEEP_DAYS + 1);
    const broken = { ...deps, pictures: { ...deps.pictures, store: { ...store, remove: fails } } };
    await expect(removePictures(broken)).rejects.toThrow('no answer');
    await expectProblem(await upload(admin, file), 503, 'unavailable');
    const named = await admin.call('POST', '/items', { name: 'Lamp', imageUrl: url });
    expect(await named.json()).toMatchObject({ errors: [{ path: 'imageUrl' }] });
    // Somebody may still be at it.
    await removePictures(deps);
    await expectProblem(await upload(admin, file), 503, 'unavailable');
    const later = {
      ...deps,
      platform: { ...deps.platform, nowMs: () => Date.now() + DAY_MS / 24 },
    };
    await removePictures(later);
    expect((await uploaded(admin, file)).url).toBe(url);
  });

  it('of an event that was never kept is no cover', async () => {
    const url = `/pictures/pic_${'0'.repeat(26)}-10x10-000000000000.webp`;
    const { itemId } = await makeEvent();
    const plan = {
      title: 'Sale',
      currency: 'EUR',
      startsAt: inFuture(DAY_MS),
      endsAt: inFuture(2 * DAY_MS),
      items: [{ itemId, priceCents: 1, stock: 1 }],
    };
    const made = await (await admin.call('POST', '/events', plan)).json<{ id: string }>();
    for (const [method, path] of [
      ['POST', '/events'],
      ['PUT', `/events/${made.id}`],
    ] as const) {
      const answer = await admin.call(method, path, { ...plan, coverUrl: url });
      expect(await answer.json()).toMatchObject({
        code: 'malformed',
        errors: [{ path: 'coverUrl' }],
      });
    }
  });
});
