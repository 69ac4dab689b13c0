import { expect, it, onTestFinished } from 'vitest';
import { createDataApiClient } from '../worker/stores/documents/data-api-client.ts';
import {
  commentsIn,
  listComments,
  listReplies,
  withAuthors,
} from '../worker/stores/documents/discussion.ts';
import { reviewsIn, summarizeReviews } from '../worker/stores/documents/reviews.ts';
import { itemCatalog } from '../worker/stores/postgres/catalogue-schema.ts';
import { listEvents } from '../worker/stores/postgres/event-lists.ts';
import { DATA_SOURCE, DATABASE, openDocuments } from './documents.ts';
import { addSampleData } from './sample-data.ts';
import { addSampleDocuments } from './sample-documents.ts';
import { openMigratedPostgres } from './testing/migrated-database.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const sample = {
  nowMs: NOW_MS,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
  scryptCost: { n: 16, r: 1, p: 1 },
};

it('the sample shop has reviews of each item, and questions with their answers', async () => {
  const database = await openMigratedPostgres();
  onTestFinished(() => database.close());
  const documents = await openDocuments({ file: ':memory:' });
  onTestFinished(() => documents.close());
  const { db } = database;
  await addSampleData(db, sample);
  await addSampleDocuments(db, documents, sample);

  const client = createDataApiClient({
    fetcher: globalThis,
    baseUrl: documents.url,
    apiKey: documents.key,
    dataSource: DATA_SOURCE,
    database: DATABASE,
  });
  for (const { id } of await db.select().from(itemCatalog)) {
    expect((await summarizeReviews(reviewsIn(client), id)).count).toBeGreaterThan(0);
  }
  const comments = commentsIn(client);
  const page = { after: undefined, limit: 10 };
  const events = await listEvents(db, { ...page, nowMs: NOW_MS });
  const live = events.find(({ event }) => event.status === 'live');
  if (live === undefined) throw new Error('the sample shop has no live event');
  const asked = await listComments(comments, live.event.id, page);
  const [question, ...more] = await withAuthors({ db, comments }, asked);
  expect(more).toMatchObject([{ author: { name: 'Ada' }, replyCount: 1 }]);
  expect(question).toMatchObject({ author: { name: 'Grace' }, replyCount: 1 });
  const [answer] = question ? await listReplies(comments, question.id, page) : [];
  expect(answer).toMatchObject({ parentId: question?.id, depth: 1 });
});
