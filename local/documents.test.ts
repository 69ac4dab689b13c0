import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { createDataApiClient } from '../worker/stores/documents/data-api-client.ts';
import { type Documents, openDocuments } from './documents.ts';

const schema = z.object({ _id: z.string() });

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-documents-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'documents.sqlite');
}

function reviewsOf({ url, key }: Documents) {
  return createDataApiClient({
    fetcher: globalThis,
    baseUrl: url,
    apiKey: key,
    dataSource: 'mongodb-atlas',
    database: 'swiftdrop',
  }).collection('reviews', schema);
}

describe('the documents of this machine', () => {
  it('are there again after a restart', async () => {
    const file = await newFile();
    const first = await openDocuments({ file });
    await reviewsOf(first).insertOne({ _id: 'a' });
    await first.close();
    const second = await openDocuments({ file });
    onTestFinished(() => second.close());
    expect(await reviewsOf(second).find({ filter: {} })).toEqual([{ _id: 'a' }]);
  });

  it('are opened by one process at a time, which is explained', async () => {
    const file = await newFile();
    const first = await openDocuments({ file });
    onTestFinished(() => first.close());
    await expect(openDocuments({ file })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('cannot be opened'),
    });
  });

  it('are for programs of this machine alone', async () => {
    const documents = await openDocuments({ file: await newFile() });
    onTestFinished(() => documents.close());
    const asked = { dataSource: 'mongodb-atlas', database: 'swiftdrop', collection: 'reviews' };
    const statusAs = async (headers: Record<string, string>) => {
      const asking = request(`${documents.url}/action/find`, {
        method: 'POST',
        headers: { apiKey: documents.key, 'Content-Type': 'application/json', ...headers },
      });
      asking.end(JSON.stringify(asked));
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    expect(await statusAs({ host: 'localhost' })).toBe(200);
    expect(await statusAs({ host: 'evil.example' })).toBe(403);
    expect(await statusAs({ origin: 'https://evil.example' })).toBe(403);
  });

  it('in a MongoDB that is away are a fault that passes, and start nothing less', async () => {
    const documents = await openDocuments({ mongodbUri: 'mongodb://127.0.0.1:1/' });
    onTestFinished(() => documents.close());
    await expect(reviewsOf(documents).find({ filter: {} })).rejects.toMatchObject({
      name: 'Fault',
      retryable: true,
    });
  });
});
