import { expect, it, onTestFinished } from 'vitest';
import { openDriverStore } from './driver-store.ts';
import type { Operation } from './protocol/operation.ts';

const FIND: Operation = { action: 'find', collection: 'reviews', filter: {}, limit: 1, skip: 0 };

async function refusalOf(uri: string): Promise<unknown> {
  const store = openDriverStore({ uri, database: 'shop' });
  onTestFinished(() => store.close());
  return store.run(FIND);
}

it('says that its address is malformed, and shows nothing of it', async () => {
  const outcome = await refusalOf('mongodb://user:secret@host:port/?replicaSet=');
  expect(outcome).toEqual({
    refusal: { code: 'ServiceUnavailable', message: 'MONGODB_URI is malformed' },
  });
});

it('says that nothing was done where nobody listens', async () => {
  expect(await refusalOf('mongodb://127.0.0.1:1/')).toMatchObject({
    refusal: { code: 'ServiceUnavailable', message: expect.stringContaining('nothing was done') },
  });
});
