import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { Comment } from '../../worker/contract/reviews.ts';
import { aSession, EVENT_ID, instant, NOON_MS } from '../testing/builders.ts';
import {
  aComment,
  type FakeReviews,
  fakeReviews,
  InViewportAtOnce,
} from '../testing/fake-reviews.tsx';
import { type FakeSocket, openShop, settle as pass } from '../testing/fake-shop.tsx';
import { UPDATE_SPREAD_MS, UPDATE_WAIT_MS_MIN } from './update-waits.ts';

const PATH = `/events/${EVENT_ID}`;
const COMMENTS = `GET /reviews/events/${EVENT_ID}/comments`;
const NEWS_MS = UPDATE_WAIT_MS_MIN + UPDATE_SPREAD_MS;
const me = { id: aSession().user.id, name: 'Maja Holm', staff: false };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('IntersectionObserver', InViewportAtOnce);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** An answer takes a few turns from the wire to the screen. */
async function settle(passMs = 0) {
  await pass(passMs);
  for (let turn = 0; turn < 3; turn++) await pass();
}

const list = (...comments: Comment[]) => ({ comments, nextCursor: null, serverNow: '' });
const press = async (name: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const write = async (label: string, text: string) => {
  fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
  await settle();
};

const entries = () => document.querySelectorAll<HTMLElement>('.comment');

async function open(
  reviews: FakeReviews,
  { session = aSession() }: { session?: Session | null } = {},
) {
  const sockets: FakeSocket[] = [];
  const view = await openShop({ api: reviews.api, session, sockets, path: PATH });
  await settle();
  const tell = async (changedAtMs: number) => {
    sockets.at(-1)?.tell({ v: 2, kind: 'discussion', changedAtMs, serverNow: instant(NOON_MS) });
    await settle();
  };
  return { ...view, sockets, tell };
}

test('a comment of one’s own is shown at once, and its draft is gone', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list(aComment({ id: 'cmt_1', body: 'First.' })));
  reviews.answer(
    `POST /reviews/events/${EVENT_ID}/comments`,
    aComment({ id: 'cmt_2', body: 'Second.', author: me }),
  );
  const { shop } = await open(reviews);
  await write('Your comment', ' Second. ');
  expect(screen.getByText('1,991 characters left')).toBeTruthy();
  await press('Post comment');
  const texts = Array.from(
    document.querySelectorAll('.user-text'),
    ({ textContent }) => textContent,
  );
  expect(texts).toEqual(['Second.', 'First.']);
  expect(reviews.asked.at(-1)).toMatchObject({ body: { body: 'Second.' }, key: '"key-1"' });
  expect(shop.drafts.read(`comment ${EVENT_ID}`)).toBe('');
});

test('what was sent without an answer is sent again as the same comment', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list());
  await open(reviews);
  await write('Your comment', 'Once.');
  await press('Post comment');
  await press('Post comment');
  await write('Your comment', 'Twice.');
  await press('Post comment');
  const keys = reviews.asked.filter(({ key }) => key !== null).map(({ key }) => key);
  expect(keys).toEqual(['"key-1"', '"key-1"', '"key-2"']);
});

test('whoever is signed out while writing comes back to the text', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list());
  reviews.answer(`POST /reviews/events/${EVENT_ID}/comments`, 401);
  reviews.answer('POST /auth/refresh', 401);
  const { shop } = await open(reviews);
  await write('Your comment', 'Half a thought');
  await press('Post comment');
  const next = encodeURIComponent(`${PATH}#discussion`);
  expect(location.pathname + location.search).toBe(`/sign-in?next=${next}`);
  shop.session.start(aSession());
  await settle();
  expect(location.pathname + location.hash).toBe(`${PATH}#discussion`);
  expect(screen.getByLabelText<HTMLTextAreaElement>('Your comment').value).toBe('Half a thought');
});

test('a thread goes as deep as the API, and no reply is offered below', async () => {
  const reviews = fakeReviews();
  const chain = [0, 1, 2, 3].map((depth) =>
    aComment({ id: `cmt_${depth}`, depth, body: `At ${depth}`, replyCount: depth < 3 ? 1 : 0 }),
  );
  reviews.answer(COMMENTS, list(...chain.slice(0, 1)));
  for (const depth of [0, 1, 2]) {
    reviews.answer(
      `GET /reviews/comments/cmt_${depth}/replies`,
      list(...chain.slice(depth + 1, depth + 2)),
    );
  }
  await open(reviews);
  for (const _ of [0, 1, 2]) await press('Show 1 reply');
  expect(screen.getByText('At 3')).toBeTruthy();
  expect(screen.getAllByRole('button', { name: 'Reply' })).toHaveLength(3);
});

test('one’s own comment can be changed and deleted, and stays as a place where it has replies', async () => {
  const reviews = fakeReviews();
  const mine = { author: me } as Partial<Comment>;
  const [answered, alone] = [
    aComment({ ...mine, id: 'cmt_1', body: 'Answered', replyCount: 1 }),
    aComment({ ...mine, id: 'cmt_2', body: 'Alone' }),
  ];
  reviews.answer(COMMENTS, list(answered, alone));
  reviews.answer('PUT /reviews/comments/cmt_2', {
    ...alone,
    body: 'Changed',
    editedAt: instant(NOON_MS),
  });
  for (const { id } of [answered, alone]) reviews.answer(`DELETE /reviews/comments/${id}`, 204);
  await open(reviews);
  const at = (n: number) => within(entries()[n] ?? document.body);

  fireEvent.click(at(1).getByRole('button', { name: 'Edit' }));
  await settle();
  await write('Change your comment', 'Changed');
  await press('Save');
  expect(at(1).getByText('Changed')).toBeTruthy();
  expect(at(1).getByText('edited')).toBeTruthy();

  for (const n of [1, 0]) {
    fireEvent.click(at(n).getByRole('button', { name: 'Delete' }));
    await settle();
    fireEvent.click(at(n).getByRole('button', { name: 'Delete' }));
    await settle();
  }
  expect(entries()).toHaveLength(1);
  expect(screen.getByText('This comment was deleted by its author.')).toBeTruthy();
});

test('somebody else’s comment can be reported, with a reason', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list(aComment({ id: 'cmt_1' })));
  reviews.answer('POST /reviews/comments/cmt_1/report', 204);
  await open(reviews);
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  await press('Report');
  fireEvent.change(screen.getByLabelText('What is wrong with it?'), { target: { value: 'abuse' } });
  await press('Send report');
  expect(reviews.asked.at(-1)?.body).toEqual({ reason: 'abuse' });
  expect(screen.getByText('Thank you. An admin will look at it.')).toBeTruthy();
});

test('what others write comes by itself: asked for once, a moment later, without saying who asks', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list(aComment({ id: 'cmt_1', body: 'Before' })));
  const { tell } = await open(reviews);
  const asked = reviews.count(COMMENTS);
  reviews.answer(
    COMMENTS,
    list(aComment({ id: 'cmt_2', body: 'After' }), aComment({ id: 'cmt_1' })),
  );
  for (const ms of [1, 2, 3]) await tell(NOON_MS + ms);
  await settle(UPDATE_WAIT_MS_MIN - 1);
  expect(reviews.count(COMMENTS)).toBe(asked);
  await settle(UPDATE_SPREAD_MS);
  expect(reviews.count(COMMENTS)).toBe(asked + 1);
  expect(reviews.asked.at(-1)?.isSignedIn).toBe(false);
  expect(screen.getByText('After')).toBeTruthy();
  // The later notes may be of what came after that answer was made.
  await settle(NEWS_MS);
  expect(reviews.count(COMMENTS)).toBe(asked + 2);
  await tell(NOON_MS);
  await settle(NEWS_MS);
  expect(reviews.count(COMMENTS)).toBe(asked + 2);
});

test('nobody who is busy in the list is moved by what comes', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list(aComment({ id: 'cmt_1', body: 'Before' })));
  const { tell } = await open(reviews);
  screen.getByRole('button', { name: 'Reply' }).focus();
  reviews.answer(
    COMMENTS,
    list(aComment({ id: 'cmt_2', body: 'After' }), aComment({ id: 'cmt_1' })),
  );
  await tell(NOON_MS + 1);
  await settle(NEWS_MS);
  expect(screen.queryByText('After')).toBeNull();
  await press('Show 1 new comment');
  expect(screen.getByText('After')).toBeTruthy();
});

test('after a socket was lost the discussion is asked for, and now and then while there is none', async () => {
  const reviews = fakeReviews();
  reviews.answer(COMMENTS, list());
  const { sockets } = await open(reviews);
  const asked = reviews.count(COMMENTS);
  sockets.at(-1)?.drop();
  await settle();
  await settle(NEWS_MS);
  expect(reviews.count(COMMENTS)).toBe(asked + 1);
  await settle(60_000);
  expect(reviews.count(COMMENTS)).toBeGreaterThan(asked + 1);
});

test('a shop whose discussion is unavailable shows that quietly, and sells', async () => {
  const reviews = fakeReviews();
  await open(reviews);
  expect(screen.getByText(/cannot be reached right now/)).toBeTruthy();
  expect(screen.queryByLabelText('Your comment')).toBeNull();
  expect(screen.getByRole('button', { name: /^Buy/ }).getAttribute('aria-disabled')).toBe('false');
  reviews.answer(COMMENTS, list());
  await press('Try again');
  expect(screen.getByText(/Nobody has said anything yet/)).toBeTruthy();
});

test('who is not signed in reads, and is led to sign in and back', async () => {
  const reviews = fakeReviews();
  reviews.answer(
    COMMENTS,
    list(aComment({ id: 'cmt_1', status: 'hidden', body: null, author: null })),
  );
  await open(reviews, { session: null });
  expect(screen.getByText('This comment was hidden by an admin.')).toBeTruthy();
  const next = encodeURIComponent(`${PATH}#discussion`);
  const link = screen.getByRole('link', { name: 'Sign in to join in' });
  expect(link.getAttribute('href')).toBe(`/sign-in?next=${next}`);
});
