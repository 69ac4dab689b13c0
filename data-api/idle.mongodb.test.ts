import { expect, it, onTestFinished, vi } from 'vitest';
import { openDriverStore } from './driver-store.ts';
import type { Operation } from './protocol/operation.ts';
import { mongodbUri } from './testing/backends.ts';

const FIND: Operation = { action: 'find', collection: 'none', filter: {}, limit: 1, skip: 0 };
const IDLE_MS = 50;

function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
}

it('lets go of its sockets when nobody asks, and makes new ones when somebody does', async () => {
  const before = sockets();
  const store = openDriverStore({ uri: mongodbUri(), database: 'idle', idleMsMax: IDLE_MS });
  onTestFinished(() => store.close());
  for (let round = 0; round < 2; round++) {
    expect(await store.run(FIND)).toEqual({ answer: { documents: [] } });
    expect(sockets()).toBeGreaterThan(before);
    await vi.waitUntil(() => sockets() === before, { timeout: 20_000 });
  }
});
