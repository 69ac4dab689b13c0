/** An item's ratings: how they are spread, one's own, and the list. Buying does not need any of it. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Review, ReviewSummary } from '../../worker/contract/reviews.ts';
import { type Member, useMember } from '../account/use-member.ts';
import { isolated } from '../format/direction.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Empty, Loading, ShowMore } from '../ui/page-state.tsx';
import { RatingLine } from './item-rating.tsx';
import { OwnReview } from './own-review.tsx';
import { RatingSpread } from './rating-spread.tsx';
import { RATINGS_PLACE } from './ratings-place.ts';
import { ReviewEntry } from './review-entry.tsx';
import { createReviewsApi, type ReviewsApi, type Sort } from './reviews-api.ts';
import { Unavailable } from './unavailable.tsx';
import { type Feed, useFeed } from './use-feed.ts';
import { useSummary } from './use-summary.ts';

const SORTS = ['newest', 'helpful'] as const;

export interface ItemReviewsProps {
  readonly itemId: string;
  readonly name: string;
  /** Told how the item is rated as a whole, whenever that was read. */
  onSummary(summary: ReviewSummary | null): void;
}

export function ItemReviews({ itemId, name, onSummary }: ItemReviewsProps) {
  const { api } = useShop();
  const reviews = createReviewsApi(api);
  const member = useMember(RATINGS_PLACE);
  const section = useRef<HTMLElement>(null);
  const [sort, setSort] = useState<Sort>('newest');
  const [announcement, setAnnouncement] = useState('');
  const { summary, problem, readSummary } = useSummary(itemId);
  const feed = useReviews(itemId, sort);
  useEffect(() => onSummary(summary), [summary]);
  useEffect(() => {
    if (location.hash === `#${RATINGS_PLACE}`) section.current?.scrollIntoView();
  }, []);

  const away = summary === null ? problem : null;
  return (
    <section class="ratings" id={RATINGS_PLACE} aria-labelledby="ratings-title" ref={section}>
      <h2 id="ratings-title">{TEXTS.ratingsTitle}</h2>
      <output class="visually-hidden">{announcement}</output>
      {away && (
        <Unavailable
          problem={away}
          onRetry={() => {
            readSummary(false);
            feed.retry();
          }}
        />
      )}
      {summary === null && away === null && <Loading rows={2} />}
      {summary && (
        <div class="ratings-columns">
          <div class="ratings-side">
            <p class="rating-large">
              <RatingLine summary={summary} />
            </p>
            <RatingSpread summary={summary} />
            <OwnReview
              key={member.userId}
              itemId={itemId}
              reviews={reviews}
              member={member}
              onSaved={(review) => {
                if (!review.hidden) feed.put(review);
                setAnnouncement(LAZY_TEXTS.ratingSaved);
                readSummary(true);
              }}
              onDeleted={(id) => {
                feed.drop(id);
                setAnnouncement(LAZY_TEXTS.ratingDeleted);
                readSummary(true);
              }}
            />
          </div>
          <ReviewList
            name={name}
            feed={feed}
            sort={sort}
            onSort={setSort}
            reviews={reviews}
            member={member}
          />
        </div>
      )}
    </section>
  );
}

interface ReviewListProps {
  readonly name: string;
  readonly feed: Feed<Review>;
  readonly sort: Sort;
  readonly reviews: ReviewsApi;
  readonly member: Member;
  onSort(sort: Sort): void;
}

function ReviewList({ name, feed, sort, reviews, member, onSort }: ReviewListProps) {
  const { entries, problem } = feed;
  return (
    <div class="ratings-list">
      <SortChoice sort={sort} onChoose={onSort} />
      {entries === null && problem && <Unavailable problem={problem} onRetry={feed.retry} />}
      {entries === null && !problem && <Loading rows={2} />}
      {entries?.length === 0 && <Empty text={LAZY_TEXTS.noRatingsBody} />}
      <ol class="comments" aria-label={LAZY_TEXTS.ratingsOf(isolated(name))}>
        {entries?.map((review) => (
          <ReviewEntry key={review.id} review={review} reviews={reviews} member={member} />
        ))}
      </ol>
      {entries && <ShowMore more={feed} />}
    </div>
  );
}

function useReviews(itemId: string, sort: Sort): Feed<Review> {
  const reviews = createReviewsApi(useShop().api);
  return useFeed<Review>({
    key: `${itemId} ${sort}`,
    newest: 'first',
    read: async (cursor) => {
      const result = await reviews.reviews(itemId, { sort, cursor });
      if (!result.ok) return result;
      return {
        ok: true,
        value: { entries: result.value.reviews, nextCursor: result.value.nextCursor },
      };
    },
  });
}

function SortChoice({ sort, onChoose }: { sort: Sort; onChoose(sort: Sort): void }) {
  return (
    <fieldset class="sort">
      <legend class="visually-hidden">{LAZY_TEXTS.sort}</legend>
      {SORTS.map((one) => (
        <label key={one}>
          <input
            class="visually-hidden"
            type="radio"
            name="sort"
            checked={one === sort}
            onChange={() => onChoose(one)}
          />
          <span>{one === 'newest' ? LAZY_TEXTS.newest : LAZY_TEXTS.mostHelpful}</span>
        </label>
      ))}
    </fieldset>
  );
}
