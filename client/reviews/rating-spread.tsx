/** How many gave five stars, four, and so on, as bars with their numbers. */
import type { ReviewSummary } from '../../worker/contract/reviews.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

const COUNTS = [5, 4, 3, 2, 1] as const;

export function RatingSpread({ summary }: { summary: ReviewSummary }) {
  const { locale } = useShop();
  const { count, distribution } = summary;
  return (
    <ul class="spread">
      {COUNTS.map((stars) => (
        <li key={stars}>
          <span class="spread-stars">{LAZY_TEXTS.stars(stars)}</span>
          {/* Widths are SVG attributes: a strict CSP forbids style attributes. */}
          <svg class="spread-bar" aria-hidden="true">
            <rect width={`${(distribution[stars] / Math.max(1, count)) * 100}%`} height="100%" />
          </svg>
          <span class="spread-count">
            {new Intl.NumberFormat(locale).format(distribution[stars])}
          </span>
        </li>
      ))}
    </ul>
  );
}
