/** Where a text can be found in the stores, in tests in workerd: in any column, in any document. */
import * as z from 'zod';
import { deps } from './shop.ts';

const COLLECTIONS = ['reviews', 'event_comments'];
const DOCUMENTS_MAX = 50_000;

/** @returns the rows and documents that contain it, each behind the name of its table or collection. */
export async function tracesOf(text: string): Promise<string[]> {
  const [rows, documents] = await Promise.all([rowsWith(text), documentsWith(text)]);
  return [...rows, ...documents];
}

async function rowsWith(text: string): Promise<string[]> {
  const { $client } = deps.stores.db;
  const tables = await $client.query(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      // A row as text is all of its columns.
      const rows = await $client.query(
        `SELECT t::text AS row FROM "${name}" t WHERE position(lower($1) IN lower(t::text)) > 0`,
        [text],
      );
      return rows.map(({ row }) => `${name}: ${row}`);
    }),
  );
  return found.flat();
}

async function documentsWith(text: string): Promise<string[]> {
  const client = deps.stores.documents;
  if (client === undefined) throw new Error('the tests have no MongoDB');
  const found = await Promise.all(
    COLLECTIONS.map(async (name) => {
      const documents = await client
        .collection(name, z.looseObject({}))
        .find({ filter: {}, limit: DOCUMENTS_MAX });
      const texts = documents.map((document) => `${name}: ${JSON.stringify(document)}`);
      return texts.filter((document) => document.toLowerCase().includes(text.toLowerCase()));
    }),
  );
  return found.flat();
}
