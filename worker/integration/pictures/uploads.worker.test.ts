/** Uploads on the local platform: its Images binding, its R2 and a real Postgres. */
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { namesOf } from '../../contract/pictures.ts';
import { inspectPicture } from '../../pictures/inspect.ts';
import { Fault } from '../../platform/faults.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { anew, bucket, pictureNamed, upload, uploaded } from '../../testing/pictures.ts';
import { deps, makeShopper } from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function bytesOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = await bucket.get(name);
  if (found === null) throw new Error(`${name} is not kept`);
  return new Uint8Array(await found.arrayBuffer());
}

function rowsOf(url: string) {
  const id = /pic_\w{26}/.exec(url)?.[0] ?? '';
  return deps.stores.db
    .execute(
      sql`SELECT uploaded_by, stored_at IS NOT NULL AS stored, bytes FROM pictures WHERE id = ${id}`,
    )
    .then(({ rows }) => rows);
}

function sent(bytes: Uint8Array<ArrayBuffer>): RequestInit {
  const headers = { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'image/jpeg' };
  return { method: 'POST', headers, body: bytes };
}

function fails(): Promise<never> {
  return Promise.reject(new Fault('no answer', { retryable: true }));
}

describe('an upload', () => {
  it('keeps a picture in each width that is not larger than it is', async () => {
    const file = anew(pictureNamed('large'));
    const { url, width, height } = await uploaded(admin, file);
    expect([width, height]).toEqual([1_000, 750]);
    const names = [...namesOf(url)];
    expect(names.map(([, kept]) => kept)).toEqual([400, 800, 1_000]);
    for (const [name, kept] of names) {
      expect(inspectPicture(await bytesOf(name))).toEqual({ width: kept, height: kept * 0.75 });
    }
    expect(await rowsOf(url)).toEqual([
      { uploaded_by: admin.user.id, stored: true, bytes: file.length },
    ]);
    const [entry] = await admin.auditOf(/pic_\w{26}/.exec(url)?.[0] ?? '');
    expect(entry).toMatchObject({ actor: admin.user.id, action: 'picture.upload' });
  });

  it('of a file that is kept has its address, and changes nothing', async () => {
    const file = anew(pictureNamed('png'));
    const first = await uploaded(admin, file);
    const before = await bucket.head(first.name);
    expect(await uploaded(await makeShopper('admin'), file)).toEqual(first);
    expect((await bucket.head(first.name))?.uploaded).toEqual(before?.uploaded);
    expect(await admin.auditOf(first.name.slice(0, 30))).toHaveLength(1);
  });

  it('of one file by several at once has one address', async () => {
    const file = anew(pictureNamed('one pixel'));
    const all = await Promise.all([1, 2, 3].map(() => uploaded(admin, file)));
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  });

  it('keeps nothing of what the file says about itself', async () => {
    for (const name of ['located', 'webp with metadata']) {
      const file = anew(pictureNamed(name));
      expect(String.fromCharCode(...file.subarray(0, 2_000))).toContain('Ada at home');
      const { url } = await uploaded(admin, file);
      for (const kept of namesOf(url).keys()) {
        const text = new TextDecoder('latin1').decode(await bytesOf(kept));
        expect(text).not.toMatch(/Exif|EXIF|GPS|Ada at home|Camera|XMP/);
      }
    }
  });

  it.each([
    ['jpeg of four colours', 'cmyk'],
    ['progressive jpeg', 'progressive'],
    ['lossless webp', 'webp'],
    ['lossy webp', 'lossy webp'],
    ['avif', 'avif'],
    ['still gif', 'gif'],
    ['png with 16 bits', 'png with 16 bits'],
    ['png with a palette', 'png with a palette'],
  ])('takes a %s, whatever type it claims', async (_what, name) => {
    const answer = await upload(admin, pictureNamed(name), 'image/svg+xml');
    expect(answer.status).toBe(201);
  });

  it('leaves transparent what is transparent, and has white stand for it', async () => {
    const { name, colours } = await uploaded(admin, pictureNamed('transparent'));
    const kept = await bytesOf(name);
    // The flag of an alpha channel in the extended header, or a lossless picture with one.
    const kind = String.fromCharCode(...kept.subarray(12, 16));
    const hasAlpha = kind === 'VP8X' ? (kept[20] ?? 0) & 0x10 : (kept[24] ?? 0) & 0x10;
    expect(hasAlpha).toBe(0x10);
    expect(colours).toEqual(['ffffff', 'ffffff']);
  });

  it('of wide and tall ones keeps their form', async () => {
    expect(await uploaded(admin, pictureNamed('wide'))).toMatchObject({ width: 1_600, height: 2 });
    expect(await uploaded(admin, pictureNamed('tall'))).toMatchObject({
      width: 10,
      height: 10_000,
    });
    expect(await uploaded(admin, pictureNamed('one pixel'))).toMatchObject({ width: 1, height: 1 });
  });
});

/** What is above: of the colours of the corners, see test-pictures.ts. */
const [TOP, BOTTOM, LEFT, RIGHT] = [
  [100, 100, 0],
  [125, 125, 225],
  [100, 0, 100],
  [125, 225, 125],
];
const TURNED = [
  { orientation: 1, halves: [TOP, BOTTOM], size: [40, 20] },
  { orientation: 2, halves: [TOP, BOTTOM], size: [40, 20] },
  { orientation: 3, halves: [BOTTOM, TOP], size: [40, 20] },
  { orientation: 4, halves: [BOTTOM, TOP], size: [40, 20] },
  { orientation: 5, halves: [LEFT, RIGHT], size: [20, 40] },
  { orientation: 6, halves: [LEFT, RIGHT], size: [20, 40] },
  { orientation: 7, halves: [RIGHT, LEFT], size: [20, 40] },
  { orientation: 8, halves: [RIGHT, LEFT], size: [20, 40] },
];

describe('a picture that says how it is held', () => {
  it.each(TURNED)('as $orientation is turned', async ({ orientation, halves, size }) => {
    const picture = await uploaded(admin, pictureNamed(`turned ${orientation}`));
    expect([picture.width, picture.height]).toEqual(size);
    for (const [n, wanted] of halves.entries()) {
      const seen = picture.colours[n]?.match(/../g)?.map((hex) => Number.parseInt(hex, 16)) ?? [];
      for (const [channel, value] of seen.entries()) {
        expect(Math.abs(value - (wanted?.[channel] ?? 0))).toBeLessThan(20);
      }
    }
  });
});

describe('an upload that fails', () => {
  let file: Uint8Array<ArrayBuffer>;

  beforeEach(() => {
    file = anew(pictureNamed('large'));
  });

  it('where the second size is not kept leaves an address that nothing may name', async () => {
    const { store } = deps.pictures;
    if (store === undefined) throw new Error('the tests have a store');
    const written: string[] = [];
    const write = async (name: string, bytes: Uint8Array) => {
      if (written.length === 1) throw new Fault('the store is away', { retryable: true });
      written.push(name);
      await store.write(name, bytes);
    };
    const broken = appWith({ pictures: { store: { ...store, write } } });
    await expectProblem(await broken('/admin/pictures', sent(file)), 503, 'unavailable');
    const url = `/pictures/${written[0]?.replace(/^\d+\//, '')}`;
    expect(await rowsOf(url)).toMatchObject([{ stored: false }]);
    const named = await admin.call('POST', '/items', { name: 'Lamp', pictures: [url] });
    await expectProblem(named, 400, 'malformed');
    // Once more, and all is there.
    expect((await uploaded(admin, file)).url).toBe(url);
    expect((await admin.call('POST', '/items', { name: 'Lamp', pictures: [url] })).status).toBe(
      201,
    );
  });

  it('where nothing can be encoded is not taken for a broken picture', async () => {
    const broken = appWith({ pictures: { render: fails } });
    await expectProblem(await broken('/admin/pictures', sent(file)), 503, 'unavailable');
  });

  it('in a shop without the bindings says so', async () => {
    for (const lacking of [{ store: undefined }, { render: undefined }]) {
      const bare = appWith({ pictures: lacking });
      const answer = await bare('/admin/pictures', sent(file));
      expect(answer.headers.get('Retry-After')).toBe('3600');
      await expectProblem(answer, 503, 'pictures_unavailable');
    }
  });
});
