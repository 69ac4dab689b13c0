/**
 * Sample reviews and comments about the sample catalogue, written as the Worker writes them. Only
 * `npm run dev` plants them, once, after the rest.
 */
import { hashPassword } from '../worker/auth/passwords.ts';
import { makeCommentId, makeUserId, type UserId } from '../worker/contract/ids.ts';
import type { ReviewInput } from '../worker/contract/reviews.ts';
import { createDataApiClient } from '../worker/stores/data-api.ts';
import { addComment, commentsIn } from '../worker/stores/discussion.ts';
import { listEvents } from '../worker/stores/events.ts';
import type { Db } from '../worker/stores/postgres.ts';
import { rateItem, reviewsIn } from '../worker/stores/reviews.ts';
import { itemCatalog, users } from '../worker/stores/schema.ts';
import { DATA_SOURCE, DATABASE, type Documents } from './documents.ts';
import type { SampleOptions } from './sample-data.ts';

const HOUR_MS = 60 * 60_000;
const ID_BYTES = 32;
const PASSWORD_BYTES = 24;

const NAMES = ['Ada', 'Grace', 'Linus'];

/** By the first word of an item's name: what each of the customers thinks of it. */
const REVIEWS: Record<string, ReviewInput[]> = {
  Aurora: [
    { rating: 5, comment: 'Forty hours is no exaggeration. I forgot where the charger is.' },
    { rating: 4, comment: 'Quiet on the train, a little warm in summer.' },
  ],
  Crema: [
    { rating: 5, comment: 'Warm in half a minute, as it says.' },
    { rating: 3, comment: 'Good espresso. The steam wand needs practice.' },
    { rating: 5, comment: '' },
  ],
  Orbit: [{ rating: 4, comment: 'It knows the carpet fringe by now and leaves it alone.' }],
};

const COMMENT = 'Is there anything left for those who come home at six?';
const REPLY = 'Holds that are not confirmed come back, so look in now and then.';

export async function plantSampleDocuments(
  db: Db,
  { url: baseUrl, key: apiKey }: Pick<Documents, 'url' | 'key'>,
  options: SampleOptions,
): Promise<void> {
  const { nowMs, fillRandom } = options;
  const client = createDataApiClient({
    fetcher: globalThis,
    baseUrl,
    apiKey,
    dataSource: DATA_SOURCE,
    database: DATABASE,
  });
  const customers = await plantCustomers(db, options);
  for (const { id: itemId, name } of await db.select().from(itemCatalog)) {
    const [word = ''] = name.split(' ');
    for (const [n, review] of (REVIEWS[word] ?? []).entries()) {
      const customerId = customers[n % customers.length] as UserId;
      const who = { itemId, customerId, nowMs: nowMs - (n + 1) * HOUR_MS };
      await rateItem(reviewsIn(client), who, review);
    }
  }
  const comments = commentsIn(client);
  for (const { event } of await listEvents(db, { after: undefined, limit: 1, nowMs })) {
    const newId = () => makeCommentId(event.id, fillRandom(new Uint8Array(ID_BYTES)));
    const [asks, answers] = customers as [UserId, UserId];
    const asked = { id: newId(), parent: null, authorId: asks, body: COMMENT };
    const answered = { parent: { id: asked.id, depth: 0 }, authorId: answers, body: REPLY };
    await addComment(comments, { ...asked, requestHash: null, nowMs: nowMs - HOUR_MS });
    await addComment(comments, { id: newId(), ...answered, requestHash: null, nowMs });
  }
}

/** Nobody knows their password. */
async function plantCustomers(db: Db, options: SampleOptions): Promise<UserId[]> {
  const { nowMs, fillRandom, scryptCost } = options;
  const password = String(fillRandom(new Uint8Array(PASSWORD_BYTES)));
  const passwordHash = await hashPassword(password, scryptCost);
  const customers = NAMES.map((displayName) => ({
    id: makeUserId(nowMs, fillRandom),
    email: `${displayName.toLowerCase()}@sample.swiftdrop.com`,
    displayName,
    passwordHash,
  }));
  await db.insert(users).values(customers);
  return customers.map(({ id }) => id);
}
