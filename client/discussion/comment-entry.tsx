/** One comment with the replies below it, and the form in which one more is written. */

import { useState } from 'preact/hooks';
import type { Comment } from '../../worker/contract/reviews.ts';
import { isolated } from '../format/direction.ts';
import { Unavailable } from '../reviews/unavailable.tsx';
import { useFeed } from '../reviews/use-feed.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Loading, ShowMore } from '../ui/page-state.tsx';
import {
  CommentBody,
  type CommentEntryProps,
  type DiscussionContext,
  nameOf,
  type Open,
} from './comment-body.tsx';
import { CommentForm } from './comment-form.tsx';

export function CommentEntry(props: CommentEntryProps) {
  const { comment, context, onChanged } = props;
  const { drafts } = useShop();
  const { id, replyCount } = comment;
  // Whoever was sent to sign in finds the form open in which they were writing.
  const wasReplying = context.member.userId !== null && drafts.read(`reply ${id}`) !== '';
  const [open, setOpen] = useState<Open>(wasReplying ? 'reply' : null);
  const [isThreadOpen, setIsThreadOpen] = useState(false);
  const [own, setOwn] = useState<Comment | null>(null);

  return (
    <li class="comment" id={id}>
      <CommentBody {...props} open={open} setOpen={setOpen} />
      {open === 'reply' && (
        <CommentForm
          draft={`reply ${id}`}
          label={LAZY_TEXTS.replyTo(isolated(nameOf(comment)))}
          action={LAZY_TEXTS.postReply}
          hasFocus
          send={(sent) =>
            context.member.act(() => context.reviews.comment(context.eventId, id, sent))
          }
          onSent={(reply) => {
            setOpen(null);
            setOwn(reply);
            setIsThreadOpen(true);
            onChanged({ ...comment, replyCount: replyCount + 1 });
            context.announce(LAZY_TEXTS.posted);
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      {replyCount > 0 && (
        <ThreadSwitch
          count={replyCount}
          isOpen={isThreadOpen}
          onToggle={() => setIsThreadOpen(!isThreadOpen)}
        />
      )}
      {isThreadOpen && (
        <Thread comment={comment} own={own} context={context} onChanged={onChanged} />
      )}
    </li>
  );
}

function ThreadSwitch({
  count,
  isOpen,
  onToggle,
}: {
  count: number;
  isOpen: boolean;
  onToggle(): void;
}) {
  const { locale } = useShop();
  const shown = new Intl.NumberFormat(locale).format(count);
  return (
    <button
      class="button button-plain thread-switch"
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      {isOpen ? LAZY_TEXTS.hideReplies : LAZY_TEXTS.showReplies(count, shown)}
    </button>
  );
}

interface ThreadProps {
  readonly comment: Comment;
  /** A reply that was written just now. */
  readonly own: Comment | null;
  readonly context: DiscussionContext;
  onChanged(comment: Comment): void;
}

/** Its replies, oldest first. */
function Thread({ comment, own, context, onChanged }: ThreadProps) {
  const { reviews, member, version } = context;
  const feed = useFeed<Comment>({
    // A reply of one's own is read with the others, and asked for past what is kept.
    key: `${comment.id} ${own?.id ?? ''}`,
    newest: 'last',
    version,
    read: async (cursor, isFirst) => {
      const asSelf = isFirst && member.userId !== null;
      const result = await reviews.replies(comment.id, { cursor, asSelf });
      if (!result.ok) return result;
      const { comments, nextCursor } = result.value;
      return { ok: true, value: { entries: comments, nextCursor } };
    },
  });
  const { entries, problem } = feed;
  if (entries === null) {
    return problem ? <Unavailable problem={problem} onRetry={feed.retry} /> : <Loading rows={1} />;
  }
  return (
    <>
      <ol class="comments thread">
        {entries.map((reply) => (
          <CommentEntry
            key={reply.id}
            comment={reply}
            context={context}
            onChanged={feed.put}
            onGone={(id) => {
              feed.drop(id);
              onChanged({ ...comment, replyCount: Math.max(0, comment.replyCount - 1) });
            }}
          />
        ))}
      </ol>
      <ShowMore more={feed} />
    </>
  );
}
