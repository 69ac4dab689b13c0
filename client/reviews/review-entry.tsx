/** One rating of the list: who gave it, whether they bought here, and whether it helped. */
import { useState } from 'preact/hooks';
import type { Review } from '../../worker/contract/reviews.ts';
import type { Member } from '../account/use-member.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { isolated } from '../format/direction.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { LongText } from './long-text.tsx';
import { PostedAt } from './posted-at.tsx';
import { ReportControl } from './report-control.tsx';
import type { ReviewsApi } from './reviews-api.ts';
import { Stars } from './stars.tsx';

export interface ReviewEntryProps {
  readonly review: Review;
  readonly reviews: ReviewsApi;
  readonly member: Member;
}

export function ReviewEntry({ review, reviews, member }: ReviewEntryProps) {
  const { id, author, rating, comment, verifiedBuyer, boughtVariants, updatedAt } = review;
  const [isReporting, setIsReporting] = useState(false);
  const name = author.name ?? LAZY_TEXTS.formerCustomer;
  const isOwn = author.id === member.userId;
  return (
    <li class="comment">
      <article aria-label={name}>
        <p class="byline">
          <strong dir="auto">{name}</strong>
          {author.staff && <span class="tag tag-good">{LAZY_TEXTS.staff}</span>}
          {isOwn && <span class="tag">{LAZY_TEXTS.you}</span>}
          {verifiedBuyer && (
            <span class="tag tag-good" dir="auto">
              {boughtWords(boughtVariants)}
            </span>
          )}
          <PostedAt at={updatedAt} />
        </p>
        <Stars value={rating} label={LAZY_TEXTS.stars(rating)} />
        {comment && <LongText text={comment} />}
        {!isOwn && (
          <div class="actions">
            <HelpfulVote review={review} reviews={reviews} member={member} />
            {member.userId !== null && (
              <Button kind="plain" onPress={() => setIsReporting(true)}>
                {LAZY_TEXTS.report}
              </Button>
            )}
          </div>
        )}
        <ReportControl
          isOpen={isReporting}
          onClose={() => setIsReporting(false)}
          send={(reason) => member.act(() => reviews.reportReview(id, reason))}
        />
      </article>
    </li>
  );
}

/** A vote counts once however often it is sent; pressing again takes it back. */
function HelpfulVote({ review, reviews, member }: ReviewEntryProps) {
  const { locale } = useShop();
  const [voted, setVoted] = useState<{ isMine: boolean; count: number } | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const count = voted?.count ?? review.helpful;
  const isMine = voted?.isMine ?? false;

  async function vote() {
    if (isSending) return;
    setIsSending(true);
    const result = await member.act(() => reviews.vote(review.id, !isMine));
    setIsSending(false);
    setProblem(result.ok ? null : result.problem);
    if (result.ok) setVoted({ isMine: !isMine, count: result.value.helpful });
  }
  const word =
    count === 0
      ? LAZY_TEXTS.helpful
      : LAZY_TEXTS.helpfulCount(new Intl.NumberFormat(locale).format(count));
  return (
    <>
      <button
        class="button button-plain helpful"
        type="button"
        aria-pressed={isMine}
        onClick={() => void vote()}
      >
        {word}
      </button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** @param labels of variants; the version before leaves them out */
function boughtWords(labels: readonly string[] = []): string {
  return labels.length === 0
    ? LAZY_TEXTS.verifiedBuyer
    : LAZY_TEXTS.bought(labels.map(isolated).join(', '));
}
