/** The text of one comment, and what its reader may do about it. */
import { useState } from 'preact/hooks';
import type { Comment } from '../../worker/contract/reviews.ts';
import type { Member } from '../account/use-member.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { LongText } from '../reviews/long-text.tsx';
import { PostedAt } from '../reviews/posted-at.tsx';
import { ReportControl } from '../reviews/report-control.tsx';
import type { ReviewsApi } from '../reviews/reviews-api.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { AskTwice } from '../ui/ask-twice.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CommentForm } from './comment-form.tsx';

/** As the contract has it: a comment on an event is at depth 0. */
const DEPTH_MAX = 3;

/** What every comment of one discussion shares. */
export interface DiscussionContext {
  readonly eventId: string;
  /** Grows when the discussion is to be read anew. */
  readonly version: number;
  readonly reviews: ReviewsApi;
  readonly member: Member;
  /** To whoever listens to the page. */
  announce(text: string): void;
}

export interface CommentEntryProps {
  readonly comment: Comment;
  readonly context: DiscussionContext;
  onChanged(comment: Comment): void;
  onGone(id: string): void;
}

export type Open = 'reply' | 'edit' | 'report' | null;

export interface CommentBodyProps extends CommentEntryProps {
  readonly open: Open;
  setOpen(open: Open): void;
}

export function CommentBody({
  comment,
  context,
  onChanged,
  open,
  setOpen,
  ...rest
}: CommentBodyProps) {
  const { id, author, body, status, createdAt, editedAt } = comment;
  const { member, reviews } = context;
  if (status !== 'shown' || author === null || body === null) {
    return (
      <p class="comment-gone">{LAZY_TEXTS.placeholder[status === 'hidden' ? status : 'deleted']}</p>
    );
  }
  const isOwn = author.id === member.userId;
  return (
    <article aria-label={nameOf(comment)}>
      <p class="byline">
        <strong dir="auto">{nameOf(comment)}</strong>
        {author.staff && <span class="tag tag-good">{LAZY_TEXTS.staff}</span>}
        {isOwn && <span class="tag">{LAZY_TEXTS.you}</span>}
        <PostedAt at={createdAt} />
        {editedAt && <span>{LAZY_TEXTS.edited}</span>}
      </p>
      {open === 'edit' ? (
        <CommentForm
          draft={`edit ${id}`}
          label={LAZY_TEXTS.editComment}
          action={LAZY_TEXTS.save}
          before={body}
          hasFocus
          send={(sent) => member.act(() => reviews.editComment(id, sent.body))}
          onSent={(changed) => {
            setOpen(null);
            onChanged(changed);
            context.announce(LAZY_TEXTS.commentChanged);
          }}
          onCancel={() => setOpen(null)}
        />
      ) : (
        <LongText text={body} />
      )}
      {open !== 'edit' && (
        <CommentActions
          comment={comment}
          context={context}
          setOpen={setOpen}
          onChanged={onChanged}
          {...rest}
        />
      )}
      <ReportControl
        isOpen={open === 'report'}
        onClose={() => setOpen(null)}
        send={(reason) => member.act(() => reviews.reportComment(id, reason))}
      />
    </article>
  );
}

function CommentActions({
  comment,
  context,
  setOpen,
  onChanged,
  onGone,
}: Omit<CommentBodyProps, 'open'>) {
  const { member, reviews } = context;
  const [problem, setProblem] = useState<CallProblem | null>(null);
  if (member.userId === null) return null;

  async function remove() {
    const result = await member.act(() => reviews.deleteComment(comment.id));
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    // What has replies stays to be seen, as the API will show it from now on.
    if (comment.replyCount === 0) onGone(comment.id);
    else onChanged({ ...comment, status: 'deleted', body: null, author: null });
    context.announce(LAZY_TEXTS.commentDeleted);
  }
  return (
    <>
      <div class="actions">
        {comment.depth < DEPTH_MAX && (
          <Button kind="plain" onPress={() => setOpen('reply')}>
            {LAZY_TEXTS.reply}
          </Button>
        )}
        {comment.author?.id === member.userId ? (
          <>
            <Button kind="plain" onPress={() => setOpen('edit')}>
              {LAZY_TEXTS.edit}
            </Button>
            <AskTwice
              action={LAZY_TEXTS.delete}
              ask={LAZY_TEXTS.deleteCommentAsk}
              onConfirm={() => void remove()}
            />
          </>
        ) : (
          <Button kind="plain" onPress={() => setOpen('report')}>
            {LAZY_TEXTS.report}
          </Button>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

export function nameOf({ author }: Comment): string {
  return author?.name ?? LAZY_TEXTS.formerCustomer;
}
