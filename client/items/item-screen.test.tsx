import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { ReviewId } from '../../worker/contract/ids.ts';
import type { Review } from '../../worker/contract/reviews.ts';
import {
  anItem,
  anOrder,
  aSession,
  EVENT_ID,
  ITEM_ID,
  instant,
  NOON_MS,
} from '../testing/builders.ts';
import { ok } from '../testing/fake-api.ts';
import {
  aRatingSummary,
  aReview,
  fakeReviews,
  InViewportAtOnce,
} from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';

const PATH = `/events/${EVENT_ID}/items/${ITEM_ID}`;
const REVIEWS = `/reviews/items/${anItem().itemId}`;
const me = { id: aSession().user.id, name: 'Maja Holm', staff: false };
const mine = aReview({ id: 'rev_mine' as ReviewId, author: me, comment: 'Mine.', rating: 5 });

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

const press = async (name: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};

/** Rated by Ada, and by whoever is signed in if told so. */
async function open({
  own = null,
  others = [aReview()],
  session = aSession(),
}: {
  own?: Review | null;
  others?: Review[];
  session?: Session | null;
} = {}) {
  const reviews = fakeReviews();
  reviews.answer(`GET ${REVIEWS}/summary`, aRatingSummary());
  reviews.answer(`GET ${REVIEWS}`, { reviews: others, nextCursor: null, serverNow: '' });
  reviews.answer(`GET ${REVIEWS}/mine`, own ?? 404);
  const view = await openShop({ api: reviews.api, session, path: PATH });
  await settle();
  return { reviews, ...view };
}

test('an item has its price, its stock and its ratings, and can be bought here', async () => {
  const { reviews } = await open();
  reviews.api.reserve.mockResolvedValue(ok({ order: anOrder(), serverNow: instant(NOON_MS) }));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Headphones');
  expect(screen.getByText('€249.00')).toBeTruthy();
  expect(screen.getAllByRole('img', { name: '4.3 out of 5 stars' })).toHaveLength(2);
  expect(screen.getByText('Bought here: 42')).toBeTruthy();
  await press(/^Buy/);
  expect(screen.getByText('Held for you')).toBeTruthy();
});

test('each variant that a reviewer bought keeps its direction, and the version before names none', async () => {
  const { boughtVariants: _, ...before } = aReview({ id: 'rev_before' as ReviewId });
  await open({ others: [aReview({ boughtVariants: ['קטן', '42'] }), before as Review] });
  expect(screen.getByText('Bought here: \u2068קטן\u2069, 42')).toBeTruthy();
  expect(screen.getByText('Bought here')).toBeTruthy();
});

test('the title of an item has the focus of whoever comes from the event', async () => {
  await openShop({ api: fakeReviews().api, path: `/events/${EVENT_ID}` });
  fireEvent.click(screen.getByRole('link', { name: 'Headphones' }));
  await settle();
  expect(screen.getByRole('heading', { level: 1 })).toBe(document.activeElement);
  expect(document.activeElement?.textContent).toBe('Headphones');
});

test('a rating is chosen by keys, saved once it has stars, and shown at once', async () => {
  const { reviews } = await open();
  reviews.answer(`POST ${REVIEWS}`, mine);
  await press('Save rating');
  expect(screen.getByText('Choose 1 to 5 stars first.')).toBeTruthy();
  expect(reviews.count(`POST ${REVIEWS}`)).toBe(0);
  expect(screen.getAllByRole('radio', { name: /star/ })).toHaveLength(5);
  fireEvent.click(screen.getByRole('radio', { name: '5 stars' }));
  fireEvent.input(screen.getByLabelText(/What should others know/), { target: { value: 'Mine.' } });
  await settle();
  reviews.answer(`GET ${REVIEWS}/summary`, aRatingSummary({ average: 4.4, count: 5 }));
  await press('Save rating');
  expect(reviews.asked.find(({ what }) => what === `POST ${REVIEWS}`)?.body).toEqual({
    rating: 5,
    comment: 'Mine.',
  });
  const list = within(screen.getByRole('list', { name: 'Ratings of Headphones' }));
  expect(list.getByText('Mine.')).toBeTruthy();
  // Past what is kept for everybody, which may be from before.
  expect(reviews.asked.at(-1)).toMatchObject({ what: `GET ${REVIEWS}/summary`, isSignedIn: true });
  expect(screen.getAllByText('5 ratings')).toHaveLength(2);
});

test('one’s own rating can be changed, and deleted after a second thought', async () => {
  const { reviews } = await open({ own: mine });
  await press('Change');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: '5 stars' }).checked).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: '2 stars' }));
  reviews.answer(`POST ${REVIEWS}`, { ...mine, rating: 2 });
  await press('Save rating');
  expect(screen.getAllByRole('img', { name: '2 stars' }).length).toBeGreaterThan(0);
  reviews.answer(`DELETE ${REVIEWS}`, 204);
  await press('Delete');
  expect(reviews.count(`DELETE ${REVIEWS}`)).toBe(0);
  await press('Delete');
  expect(reviews.count(`DELETE ${REVIEWS}`)).toBe(1);
  expect(screen.getByText('Rate it yourself')).toBeTruthy();
});

test('a vote counts once and can be taken back', async () => {
  const { reviews } = await open();
  const { id } = aReview();
  reviews.answer(`POST /reviews/${id}/helpful`, { id, helpful: 3 });
  reviews.answer(`DELETE /reviews/${id}/helpful`, { id, helpful: 2 });
  await press('Helpful (2)');
  expect(screen.getByRole('button', { name: 'Helpful (3)', pressed: true })).toBeTruthy();
  await press('Helpful (3)');
  expect(screen.getByRole('button', { name: 'Helpful (2)', pressed: false })).toBeTruthy();
});

test('the list can be asked for by what helped most', async () => {
  const { reviews } = await open();
  fireEvent.click(screen.getByRole('radio', { name: 'Most helpful' }));
  await settle();
  expect(reviews.asked.at(-1)?.query.get('sort')).toBe('helpful');
});

test('a half-written rating is there again after signing in', async () => {
  const { reviews, shop } = await open();
  reviews.answer(`POST ${REVIEWS}`, 401);
  reviews.answer('POST /auth/refresh', 401);
  fireEvent.click(screen.getByRole('radio', { name: '3 stars' }));
  await settle();
  await press('Save rating');
  const next = encodeURIComponent(`${PATH}#ratings`);
  expect(location.pathname + location.search).toBe(`/sign-in?next=${next}`);
  shop.session.start(aSession());
  // Each of what is fetched asks for more once it is drawn.
  for (let drawn = 0; drawn < 3; drawn++) await settle(100);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: '3 stars' }).checked).toBe(true);
});

test('signed out, one is led to sign in and back to the ratings', async () => {
  await open({ session: null });
  const link = screen.getByRole('link', { name: 'Sign in to rate it' });
  const next = encodeURIComponent(`${PATH}#ratings`);
  expect(link.getAttribute('href')).toBe(`/sign-in?next=${next}`);
});

test('without ratings the item is sold all the same', async () => {
  const reviews = fakeReviews();
  await openShop({ api: reviews.api, session: aSession(), path: PATH });
  await settle();
  expect(screen.getByText(/cannot be reached right now/)).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Buy/ }).getAttribute('aria-disabled')).toBe('false');
});

test('an item that the drop does not have is shown as missing', async () => {
  await openShop({ api: fakeReviews().api, path: `/events/${EVENT_ID}/items/evi_000000000001_9` });
  await settle();
  expect(screen.getByText(/not part of the drop/)).toBeTruthy();
});
