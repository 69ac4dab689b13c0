import { describe, expect, it } from 'vitest';
import { testSqlMutant } from './mutants.ts';
import { mutate } from './mutation.ts';
import { SQL_MUTATIONS } from './sql-mutations.ts';

describe('a mutation', () => {
  it('is refused where its text is not there, or is there twice', () => {
    const mutation = { name: 'm', changes: [{ find: 'b', replace: 'x' }] };
    expect(mutate('abc', mutation)).toBe('axc');
    expect(() => mutate('ac', mutation)).toThrow('0 times');
    expect(() => mutate('abb', mutation)).toThrow('2 times');
  });

  it('of the stock condition is caught by the counters, without the model', async () => {
    const mutation = SQL_MUTATIONS.find(({ name }) => name.includes('no guard'));
    if (mutation === undefined) throw new Error('the mutation is gone');
    expect((await testSqlMutant({ sql: mutation }))?.check).toBe('no counter is negative');
  }, 60_000);
});
