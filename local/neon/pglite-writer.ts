// Owns the program that pglite.test.ts kills: it writes pairs of rows to a database folder, one
// pair to a transaction, and says the number of each pair once it is committed. For tests only.

import { openPglite } from './pglite.ts';
import { createResultMeter } from './sql-backend.ts';

const [folder = '', firstPair = '0'] = process.argv.slice(2);
const backend = await openPglite(folder);
const mode = { isolation: null, readOnly: false, deferrable: false };

for (let pair = Number(firstPair); ; pair += 1) {
  const statements = [
    { text: 'INSERT INTO pairs VALUES ($1, 1)', params: [String(pair)] },
    { text: 'INSERT INTO pairs VALUES ($1, 2)', params: [String(pair)] },
  ];
  await backend.runBatch({ statements, mode }, createResultMeter(1_000));
  // Straight to the descriptor: console.log may still hold what it was given when we are killed.
  process.stdout.write(`${pair}\n`);
}
