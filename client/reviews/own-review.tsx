/** One's own rating of an item: read, written, changed and deleted. */
import { useEffect, useState } from 'preact/hooks';
import type { Review } from '../../worker/contract/reviews.ts';
import type { Member } from '../account/use-member.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { AskTwice } from '../ui/ask-twice.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { LongText } from './long-text.tsx';
import type { ReviewsApi } from './reviews-api.ts';
import { StarChoice, Stars } from './stars.tsx';

export interface OwnReviewProps {
  readonly itemId: string;
  readonly reviews: ReviewsApi;
  readonly member: Member;
  onSaved(review: Review): void;
  onDeleted(id: string): void;
}

export function OwnReview({ itemId, reviews, member, onSaved, onDeleted }: OwnReviewProps) {
  const { drafts } = useShop();
  const draft = `rating ${itemId}`;
  // Undefined before it is known whether there is one.
  const [mine, setMine] = useState<Review | null>();
  const [isEditing, setIsEditing] = useState(drafts.read(draft) !== '');
  const [problem, setProblem] = useState<CallProblem | null>(null);
  useEffect(() => {
    if (member.userId === null) return;
    void reviews.mine(itemId).then((result) => setMine(result.ok ? result.value : null));
  }, [itemId]);

  if (member.userId === null) {
    return (
      <p class="sign-in-prompt">
        <a class="button button-quiet" href={member.signInHref}>
          {LAZY_TEXTS.signInToRate}
        </a>
      </p>
    );
  }
  if (mine === undefined) return null;

  async function remove(review: Review) {
    const result = await member.act(() => reviews.unrate(itemId));
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    setMine(null);
    onDeleted(review.id);
  }
  if (mine === null || isEditing) {
    return (
      <RatingForm
        draft={draft}
        before={mine}
        save={(input) => member.act(() => reviews.rate(itemId, input))}
        onSaved={(review) => {
          setMine(review);
          setIsEditing(false);
          onSaved(review);
        }}
        {...(mine && { onCancel: () => setIsEditing(false) })}
      />
    );
  }
  return (
    <section class="own" aria-label={LAZY_TEXTS.yourRating}>
      <h3>{LAZY_TEXTS.yourRating}</h3>
      <Stars value={mine.rating} label={LAZY_TEXTS.stars(mine.rating)} />
      {mine.comment && <LongText text={mine.comment} />}
      {mine.hidden && <p class="quiet-note">{LAZY_TEXTS.hiddenReview}</p>}
      <div class="actions">
        <Button kind="plain" onPress={() => setIsEditing(true)}>
          {LAZY_TEXTS.changeRating}
        </Button>
        <AskTwice
          action={LAZY_TEXTS.delete}
          ask={LAZY_TEXTS.deleteRatingAsk}
          onConfirm={() => void remove(mine)}
        />
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}

interface RatingFormProps {
  readonly draft: string;
  readonly before: Review | null;
  save(input: { rating: number; comment: string }): ReturnType<ReviewsApi['rate']>;
  onSaved(review: Review): void;
  onCancel?(): void;
}

function RatingForm({ draft, before, save, onSaved, onCancel }: RatingFormProps) {
  const { drafts } = useShop();
  const [input, setInput] = useState(() => begun(drafts.read(draft), before));
  const [isSending, setIsSending] = useState(false);
  const [isUnrated, setIsUnrated] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);

  function change(next: typeof input) {
    setInput(next);
    drafts.write(draft, JSON.stringify(next));
  }
  async function submit() {
    setIsUnrated(input.rating === 0);
    if (input.rating === 0 || isSending) return;
    setIsSending(true);
    const result = await save({ ...input, comment: input.comment.trim() });
    setIsSending(false);
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    drafts.write(draft, '');
    onSaved(result.value);
  }
  return (
    <form
      class="comment-form own"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <StarChoice
        value={input.rating}
        label={before ? LAZY_TEXTS.yourRating : LAZY_TEXTS.rateIt}
        error={isUnrated && input.rating === 0 ? LAZY_TEXTS.chooseStars : undefined}
        onChoose={(rating) => change({ ...input, rating })}
      />
      <TextArea
        label={LAZY_TEXTS.ratingComment}
        value={input.comment}
        onType={(comment) => change({ ...input, comment })}
      />
      {problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isSending}>
          {isSending ? LAZY_TEXTS.saving : LAZY_TEXTS.saveRating}
        </Button>
        {onCancel && (
          <Button
            kind="quiet"
            onPress={() => {
              drafts.write(draft, '');
              onCancel();
            }}
          >
            {LAZY_TEXTS.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The draft, else what was saved before, else nothing. */
function begun(draft: string, before: Review | null): { rating: number; comment: string } {
  try {
    const { rating, comment } = JSON.parse(draft) as { rating: unknown; comment: unknown };
    if (typeof rating === 'number' && typeof comment === 'string') return { rating, comment };
  } catch {}
  return { rating: before?.rating ?? 0, comment: before?.comment ?? '' };
}
