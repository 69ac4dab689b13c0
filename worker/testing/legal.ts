/** Legal texts of the tests' shop. */
import type { LegalPage } from '../contract/legal.ts';
import { type LegalPlace, readPresentLegalText, writeLegalText } from '../stores/postgres/legal.ts';
import { deps } from './shop.ts';

/** In place of whatever is there. @returns its page */
export async function makeLegalText(
  place: LegalPlace,
  text = 'What applies here.',
): Promise<LegalPage> {
  const { db } = deps.stores;
  const { version } = await readPresentLegalText(db, place);
  const act = { actor: 'a test', nowMs: Date.now() };
  const outcome = await writeLegalText(db, { ...place, text, version, ...act });
  if (outcome !== 'done') throw new Error(`the text was not written: ${outcome}`);
  return place.page;
}

/** As in a shop in which none was ever written: what other files of tests have left is gone. */
export async function forgetLegalTexts(): Promise<void> {
  await deps.stores.db.$client.query('DELETE FROM legal_texts');
}
