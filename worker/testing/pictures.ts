/** Files for uploads, and what becomes of them. */
import { env } from 'cloudflare:workers';
import { inject } from 'vitest';
import type { PictureAnswer } from '../contract/picture-uploads.ts';
import { uploadedPicture } from '../contract/pictures.ts';
import { call, type Shopper } from './shop.ts';

export const bucket = (env as { PICTURES: R2Bucket }).PICTURES;

declare module 'vitest' {
  interface ProvidedContext {
    /** By name, in base64: see local/testing/pictures.setup.ts. */
    pictures: Record<string, string>;
  }
}

/** One that local/testing/test-pictures.ts makes. */
export function pictureNamed(name: string): Uint8Array<ArrayBuffer> {
  const file = inject('pictures')[name];
  if (file === undefined) throw new Error(`there is no picture called ${name}`);
  return Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
}

/** Another file each time, which shows the same: what stands behind the end of a picture is not read. */
export function anew(picture: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const mark = new TextEncoder().encode(crypto.randomUUID());
  return new Uint8Array([...picture, ...mark]);
}

export function upload(
  { token }: Pick<Shopper, 'token'>,
  bytes: Uint8Array<ArrayBuffer>,
  type = 'image/jpeg',
): Promise<Response> {
  return call('POST', '/admin/pictures', {
    token,
    rawBody: bytes,
    headers: { 'Content-Type': type },
  });
}

export async function uploaded(
  admin: Pick<Shopper, 'token'>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<PictureAnswer & { colours: [string, string]; name: string }> {
  const answer = await upload(admin, bytes);
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  const picture = await answer.json<PictureAnswer>();
  const colours = uploadedPicture(picture.url)?.colours ?? ['', ''];
  return { ...picture, colours, name: picture.url.replace('/pictures/', '') };
}
