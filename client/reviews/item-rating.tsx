/** Beside an item of an event: how it is rated, leading to its own screen. Reads when it is near. */

import { useEffect, useState } from 'preact/hooks';
import type { ReviewSummary } from '../../worker/contract/reviews.ts';
import { isolated } from '../format/direction.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { useInViewport } from '../ui/use-in-viewport.ts';
import { createReviewsApi } from './reviews-api.ts';
import { Stars } from './stars.tsx';

export interface ItemRatingProps {
  readonly itemId: string;
  readonly name: string;
  readonly href: string;
}

export function ItemRating({ itemId, name, href }: ItemRatingProps) {
  const { api } = useShop();
  const { seen, isInViewport } = useInViewport<HTMLAnchorElement>();
  const [summary, setSummary] = useState<ReviewSummary | null>(null);
  useEffect(() => {
    if (!isInViewport || summary !== null) return;
    void createReviewsApi(api)
      .summary(itemId, false)
      .then((result) => {
        // Without an answer the link is as good as before.
        if (result.ok) setSummary(result.value);
      });
  }, [isInViewport, itemId]);
  return (
    <a href={href} ref={seen}>
      <span class="visually-hidden">{isolated(name)}: </span>
      {summary?.average ? <RatingLine summary={summary} /> : TEXTS.itemDetails}
    </a>
  );
}

/** Stars, the average in digits, and how many gave them. */
export function RatingLine({ summary }: { summary: ReviewSummary }) {
  const { locale } = useShop();
  const { average, count } = summary;
  if (average === null) return <span class="rating-line">{LAZY_TEXTS.noRatings}</span>;
  const digits = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(average);
  return (
    <span class="rating-line">
      <Stars value={average} label={LAZY_TEXTS.rated(digits)} />
      <span aria-hidden="true">{digits}</span>
      <span class="rating-count">
        {LAZY_TEXTS.ratingCount(count, new Intl.NumberFormat(locale).format(count))}
      </span>
    </span>
  );
}
