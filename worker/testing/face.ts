/** The face of the tests' shop. */
import { type Face, type FaceInput, OWN_FACE } from '../contract/face.ts';
import { findFace, writeFace } from '../stores/postgres/face.ts';
import type { Deed } from './event-deeds.ts';
import { deps } from './shop.ts';

/** In place of whatever is there. */
export async function makeFace(changes: Partial<FaceInput>): Promise<Face> {
  const { db } = deps.stores;
  const { version } = await findFace(db);
  const { version: _, changedAt: __, ...own } = OWN_FACE;
  const act = { actor: 'a test', nowMs: Date.now() };
  const outcome = await writeFace(db, { face: { ...own, ...changes }, version, ...act });
  if (outcome !== 'done') throw new Error(`the face was not written: ${outcome}`);
  return findFace(db);
}

/** As in a shop in which none was ever written: what other files of tests have left is gone. */
export async function forgetFace(): Promise<void> {
  await deps.stores.db.$client.query('DELETE FROM shop_face');
}

export const FACE_DEEDS: readonly Deed[] = [
  {
    operation: 'PUT /admin/shop',
    action: 'shop.edit',
    prepare: async () => {
      const { version } = await findFace(deps.stores.db);
      return { subject: 'shop', body: { name: `Lamps ${version}`, version } };
    },
  },
];
