/** Files that are no pictures for a shop, and those that pretend to be. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { PICTURE_LIMITS } from '../../contract/picture-uploads.ts';
import type { RenderPicture } from '../../pictures/render.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { anew, bucket, pictureNamed, upload, uploaded } from '../../testing/pictures.ts';
import { deps, makeShopper } from '../../testing/shop.ts';

/** Apart from each other in a file that is cut off. Each byte: see pictures/inspect.test.ts. */
const CUT_BYTES = 100;
const CUTS_MAX = 20;
/** Places in a file at which its bytes are changed. */
const SPOILT = 5;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

function textFile(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

async function reasonOf(bytes: Uint8Array<ArrayBuffer>, type?: string): Promise<string> {
  const answer = await upload(admin, bytes, type);
  await expectProblem(answer.clone(), 400, 'unusable_picture');
  return (await answer.json<{ reason: string }>()).reason;
}

describe('a file', () => {
  it.each([
    ['nothing', '', 'no_picture'],
    ['a page', '<!doctype html><script>alert(1)</script>', 'no_picture'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'vector'],
    [
      'a drawing behind a declaration',
      '<?xml version="1.0"?><!-- x --><svg><script/></svg>',
      'vector',
    ],
    ['a document', '%PDF-1.7', 'no_picture'],
    ['the name of a GIF before a page', 'GIF89a/*<script>*/=1;alert(1)', 'broken'],
    ['another RIFF', 'RIFF\u0010\u0000\u0000\u0000WAVEfmt ', 'no_picture'],
  ])('that is %s is refused, though it says that it is a picture', async (_what, text, reason) => {
    expect(await reasonOf(textFile(text), 'image/png')).toBe(reason);
  });

  it.each(['moving gif', 'moving webp', 'moving png'])('that is a %s is refused', async (name) => {
    expect(await reasonOf(pictureNamed(name))).toBe('moves');
  });

  it.each(['bomb', 'many pixels'])(
    'called %s, small but of many pixels, is not decoded',
    async (name) => {
      const render = vi.fn<RenderPicture>();
      const ask = appWith({ pictures: { render } });
      const file = pictureNamed(name);
      expect(file.length).toBeLessThan(2_000);
      const headers = { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'image/png' };
      const answer = await ask('/admin/pictures', { method: 'POST', headers, body: file });
      await expectProblem(answer, 413, 'picture_too_large');
      expect(render).not.toHaveBeenCalled();
    },
  );

  it('of more bytes than are taken is refused, whether or not it says so', async () => {
    const bytes = new Uint8Array(PICTURE_LIMITS.bytesMax + 1);
    bytes.set(pictureNamed('png'));
    await expectProblem(await upload(admin, bytes), 413, 'too_large');
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    let sent = 0;
    const feed = async () => {
      const part = new Uint8Array(1_000_000);
      for (; sent < 40; sent++) await writer.write(part);
    };
    // Whoever stops reading ends the feeding, too.
    const fed = feed().catch(() => undefined);
    const ask = appWith({});
    const headers = { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'image/png' };
    const answer = await ask('/admin/pictures', { method: 'POST', headers, body: readable });
    await expectProblem(answer, 413, 'too_large');
    await fed;
    expect(sent).toBeLessThan(20);
  });

  it.each(['application/json', 'text/html', 'multipart/form-data; boundary=x'])(
    'that is sent as %s is not read',
    async (type) => {
      const answer = await upload(admin, pictureNamed('png'), type);
      await expectProblem(answer, 415, 'unsupported_media_type');
    },
  );

  it('of a customer or of nobody is not looked at', async () => {
    const { token } = await makeShopper();
    await expectProblem(await upload({ token }, pictureNamed('png')), 403, 'forbidden');
    await expectProblem(await upload({ token: 'x' }, pictureNamed('png')), 401, 'unauthenticated');
  });

  it('with a page behind its end is kept without it', async () => {
    const file = new Uint8Array([...pictureNamed('gif'), ...textFile('<script>alert(1)</script>')]);
    const { name } = await uploaded(admin, file);
    expect(await (await bucket.get(name))?.text()).not.toContain('script');
  });
});

describe.each(['cmyk', 'png with a palette', 'gif', 'lossy webp', 'webp', 'avif', 'located'])(
  'a file called %s',
  (name) => {
    it('is refused wherever it is cut off', async () => {
      const file = pictureNamed(name);
      const cuts = Array.from(
        { length: Math.ceil(file.length / CUT_BYTES) },
        (_, n) => n * CUT_BYTES,
      );
      for (const cut of [...cuts.slice(0, CUTS_MAX), file.length - 1]) {
        const answer = await upload(admin, file.slice(0, cut));
        await expectProblem(answer, 400, 'unusable_picture');
      }
    });

    it('whose bytes were changed is taken or refused, and never a fault', async () => {
      const file = pictureNamed(name);
      for (let n = 0; n < SPOILT; n++) {
        const spoilt = file.slice();
        const at = Math.floor((file.length * (n + 1)) / (SPOILT + 1));
        spoilt.fill(0xa5 ^ n, at, at + 8);
        expect([201, 400, 413]).toContain((await upload(admin, spoilt)).status);
      }
    });
  },
);

it('more new pictures in an hour than are taken wait', async () => {
  const { db } = deps.stores;
  // A time of their own, so that no other test meets them.
  const atMs = Date.UTC(2040, 0, 1);
  const { accessToken } = await deps.accounts.tokens.issue(
    { user: admin.user, sessionEpoch: 0 },
    atMs,
  );
  const ask = appWith({ platform: { nowMs: () => atMs } });
  const send = (bytes: Uint8Array<ArrayBuffer>) => {
    const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'image/png' };
    return ask('/admin/pictures', { method: 'POST', headers, body: bytes });
  };
  const known = anew(pictureNamed('one pixel'));
  expect((await send(known)).status).toBe(201);
  await db.execute(sql`INSERT INTO pictures (id, digest, bytes, width, height, colours, uploaded_by, uploaded_at, used_at)
    SELECT 'pic_' || lpad(n::text, 26, '0'), repeat('0', 64), 1, 1, 1, repeat('0', 12), 'usr', ${new Date(atMs).toISOString()}::timestamptz, now()
      FROM generate_series(2, ${PICTURE_LIMITS.perHourMax}::int) n`);
  const late = await send(anew(pictureNamed('one pixel')));
  expect(late.headers.get('Retry-After')).toBe('600');
  await expectProblem(late, 429, 'rate_limited');
  expect((await send(known)).status).toBe(201);
  await db.execute(sql`DELETE FROM pictures WHERE uploaded_by = 'usr'`);
});
