/**
 * Sample reviews and comments about the sample catalogue, written as the Worker writes them. Only
 * `npm run dev` adds them, once, after the rest.
 */
import { hashPassword } from '../worker/auth/passwords.ts';
import { makeCommentId, makeUserId, type UserId } from '../worker/contract/ids.ts';
import type { ReviewInput } from '../worker/contract/reviews.ts';
import { createDataApiClient } from '../worker/stores/documents/data-api-client.ts';
import { addComment, commentsIn } from '../worker/stores/documents/discussion.ts';
import { rateItem, reviewsIn } from '../worker/stores/documents/reviews.ts';
import { itemCatalog } from '../worker/stores/postgres/catalogue-schema.ts';
import type { Db } from '../worker/stores/postgres/client.ts';
import { listEvents } from '../worker/stores/postgres/event-lists.ts';
import { users } from '../worker/stores/postgres/schema.ts';
import { DATA_SOURCE, DATABASE, type Documents } from './documents.ts';
import type { SampleOptions } from './sample-data.ts';

const HOUR_MS = 60 * 60_000;
const ID_BYTES = 32;
const PASSWORD_BYTES = 24;

const NAMES = ['Ada', 'Grace', 'Linus', 'Noor', 'Mateo'];

/** By the first word of an item's name: what each of the customers thinks of it. */
const REVIEWS: Record<string, ReviewInput[]> = {
  Aurora: [
    { rating: 5, comment: 'Forty hours is no exaggeration. I forgot where the charger is.' },
    { rating: 4, comment: 'Quiet on the train, a little warm in summer.' },
    { rating: 5, comment: 'I wear them with nothing playing, just for the silence.' },
    { rating: 5, comment: '' },
    { rating: 3, comment: 'Lovely sound. The case is bigger than my bag would like.' },
  ],
  Crema: [
    { rating: 5, comment: 'Warm in half a minute, as it says.' },
    { rating: 3, comment: 'Good espresso. The steam wand needs practice.' },
    { rating: 5, comment: '' },
    { rating: 4, comment: 'Small enough for my kitchen, loud enough to wake me.' },
  ],
  Orbit: [
    { rating: 4, comment: 'It knows the carpet fringe by now and leaves it alone.' },
    { rating: 5, comment: 'The cat rides on it. Worth it for that alone.' },
  ],
  Pico: [
    { rating: 5, comment: 'The first thing at every party that people queue for.' },
    { rating: 4, comment: 'Film is not cheap, so you learn to look before you press.' },
  ],
  Sonata: [
    { rating: 5, comment: 'Out of the box, level, playing. Ten minutes.' },
    { rating: 5, comment: 'The walnut is the real thing.' },
  ],
  Stride: [
    { rating: 5, comment: 'Half a marathon on the first day, and no blisters.' },
    { rating: 4, comment: 'True to size. The laces are a little short.' },
  ],
  Lume: [{ rating: 5, comment: 'Warm light, no glare, and a switch where the hand looks for it.' }],
};

/** Of the live sale, oldest first. */
const DISCUSSION = [
  {
    body: 'Does the Crema fit under a kitchen cupboard? I have 38 cm.',
    reply: 'Mine does, with room for the cups on top.',
  },
  {
    body: 'Is there anything left for those who come home at six?',
    reply: 'Holds that are not confirmed come back, so look in now and then.',
  },
];
const EVENTS_MAX = 10;

export async function addSampleDocuments(
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
  const customers = await addCustomers(db, options);
  for (const { id: itemId, name } of await db.select().from(itemCatalog)) {
    const [word = ''] = name.split(' ');
    for (const [n, review] of (REVIEWS[word] ?? []).entries()) {
      const customerId = customers[n % customers.length] as UserId;
      const who = { itemId, customerId, nowMs: nowMs - (n + 1) * HOUR_MS };
      await rateItem(reviewsIn(client), who, review);
    }
  }
  const comments = commentsIn(client);
  for (const { event } of await listEvents(db, { after: undefined, limit: EVENTS_MAX, nowMs })) {
    if (event.status !== 'live') continue;
    const newId = () => makeCommentId(event.id, fillRandom(new Uint8Array(ID_BYTES)));
    for (const [n, { body, reply }] of DISCUSSION.entries()) {
      const [asks, answers] = [customers[n], customers[n + 1]] as [UserId, UserId];
      const askedMs = nowMs - (DISCUSSION.length - n) * HOUR_MS;
      const asked = { id: newId(), parent: null, authorId: asks, body };
      const answered = { parent: { id: asked.id, depth: 0 }, authorId: answers, body: reply };
      await addComment(comments, { ...asked, requestHash: null, nowMs: askedMs });
      const answeredMs = askedMs + HOUR_MS / 2;
      await addComment(comments, {
        id: newId(),
        ...answered,
        requestHash: null,
        nowMs: answeredMs,
      });
    }
  }
}

/** Nobody knows their password. */
async function addCustomers(db: Db, options: SampleOptions): Promise<UserId[]> {
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
