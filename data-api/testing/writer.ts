/** A process to be killed: inserts documents for as long as it lives, and says which are written. */
import { openEmbeddedStore } from '../embedded/embedded-store.ts';

const TEXT_CHARS = 20_000;

const [file = '', round = ''] = process.argv.slice(2);
const store = openEmbeddedStore(file);
for (let n = 0; ; n++) {
  const ids = [`${round}:${n}:a`, `${round}:${n}:b`];
  const text = 'x'.repeat(TEXT_CHARS);
  const documents = ids.map((_id) => ({ _id, text }));
  const outcome = await store.run({ action: 'insertMany', collection: 'reviews', documents });
  if ('refusal' in outcome) throw new Error(outcome.refusal.message);
  process.stdout.write(`${n}\n`);
}
