import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFunctionSources } from '../local/sql-functions.ts';
import { CODE_MUTATIONS } from './code-mutations.ts';
import { DISPATCHER_MUTATIONS } from './dispatcher-mutations.ts';
import { DRAW_CODE_MUTATIONS } from './draw-code-mutations.ts';
import { testSqlMutant } from './mutants.ts';
import { mutate } from './mutation.ts';
import { PAYMENT_MUTATIONS } from './payment-mutations.ts';
import { SQL_MUTATIONS } from './sql-mutations.ts';

/** Read once: there are hundreds of mutations. */
const SQL = readFunctionSources()
  .map((source) => source.text)
  .join('\n\n');

describe('a mutation', () => {
  it('is refused where its text is not there, or is there twice', () => {
    const mutation = { name: 'm', changes: [{ find: 'b', replace: 'x' }] };
    expect(mutate('abc', mutation)).toBe('axc');
    expect(() => mutate('ac', mutation)).toThrow('0 times');
    expect(() => mutate('abb', mutation)).toThrow('2 times');
  });

  it.each([...SQL_MUTATIONS, ...PAYMENT_MUTATIONS])('of the SQL fits it: $name', (mutation) => {
    expect(mutate(SQL, mutation)).not.toBe(SQL);
  });

  it.each([
    ...CODE_MUTATIONS.map((mutation) => ({ ...mutation, folder: '../worker/sale/' })),
    ...DRAW_CODE_MUTATIONS.map((mutation) => ({ ...mutation, folder: '../worker/draw/' })),
    ...DISPATCHER_MUTATIONS.map((mutation) => ({ ...mutation, folder: '../worker/outbox/rules/' })),
  ])('of $file fits it: $name', (mutation) => {
    const text = readFileSync(new URL(mutation.folder + mutation.file, import.meta.url), 'utf8');
    expect(mutate(text, mutation)).not.toBe(text);
  });

  it('of the stock condition is caught by the counters, without the model', async () => {
    const mutation = SQL_MUTATIONS.find(({ name }) => name.includes('no guard'));
    if (mutation === undefined) throw new Error('the mutation is gone');
    expect((await testSqlMutant({ sql: mutation }))?.check).toBe('no counter is negative');
  }, 60_000);
});
