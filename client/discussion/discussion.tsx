/** An event's discussion: comments, newest first, and those who write them. Live while someone looks. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Comment } from '../../worker/contract/reviews.ts';
import { useMember } from '../account/use-member.ts';
import { createReviewsApi } from '../reviews/reviews-api.ts';
import { Unavailable } from '../reviews/unavailable.tsx';
import { useFeed } from '../reviews/use-feed.ts';
import type { Live } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Loading, ShowMore } from '../ui/page-state.tsx';
import { useInViewport } from '../ui/use-in-viewport.ts';
import type { DiscussionContext } from './comment-body.tsx';
import { CommentEntry } from './comment-entry.tsx';
import { CommentForm } from './comment-form.tsx';
import { useUpdates } from './use-updates.ts';

const PLACE = 'discussion';

export interface DiscussionProps {
  readonly eventId: string;
  readonly live: Live;
}

export function Discussion({ eventId, live }: DiscussionProps) {
  const { api, locale } = useShop();
  const reviews = createReviewsApi(api);
  const member = useMember(PLACE);
  const { seen, isInViewport } = useInViewport<HTMLElement>();
  const [hasBeenInViewport, setHasBeenInViewport] = useState(false);
  const version = useUpdates(live, isInViewport);
  const list = useRef<HTMLOListElement>(null);
  const [announcement, setAnnouncement] = useState('');

  const feed = useFeed<Comment>({
    key: hasBeenInViewport ? eventId : null,
    newest: 'first',
    version,
    // Who has just a finger or a cursor in the list is not moved away from it.
    isBusy: () => list.current?.contains(document.activeElement) === true,
    read: async (cursor, isFirst) => {
      const asSelf = isFirst && member.userId !== null;
      const result = await reviews.comments(eventId, { cursor, asSelf });
      if (!result.ok) return result;
      const { comments, nextCursor } = result.value;
      return { ok: true, value: { entries: comments, nextCursor } };
    },
  });
  useEffect(() => {
    if (isInViewport) setHasBeenInViewport(true);
  }, [isInViewport]);
  useEffect(() => {
    if (location.hash === `#${PLACE}`) seen.current?.scrollIntoView();
  }, []);

  const context: DiscussionContext = {
    eventId,
    version,
    reviews,
    member,
    announce: setAnnouncement,
  };
  const { entries, problem, waiting } = feed;
  const isAway = entries === null && problem !== null;
  return (
    <section class="discussion" id={PLACE} aria-labelledby="discussion-title" ref={seen}>
      <h2 id="discussion-title">{LAZY_TEXTS.discussionTitle}</h2>
      <p class="section-lead">{LAZY_TEXTS.discussionLead}</p>
      <output class="visually-hidden">{announcement}</output>
      {isAway && <Unavailable problem={problem} onRetry={feed.retry} />}
      {!isAway && <WriteOrSignIn {...context} onWritten={feed.put} />}
      {entries === null && problem === null && <Loading />}
      {entries?.length === 0 && <Empty text={LAZY_TEXTS.noComments} />}
      <output class="new-comments">
        {waiting > 0 && (
          <Button kind="quiet" onPress={feed.showWaiting}>
            {LAZY_TEXTS.newComments(waiting, new Intl.NumberFormat(locale).format(waiting))}
          </Button>
        )}
      </output>
      <ol class="comments" ref={list}>
        {entries?.map((comment) => (
          <CommentEntry
            key={comment.id}
            comment={comment}
            context={context}
            onChanged={feed.put}
            onGone={feed.drop}
          />
        ))}
      </ol>
      {entries && <ShowMore more={feed} />}
    </section>
  );
}

/** Where one writes, or the way there. */
function WriteOrSignIn({
  eventId,
  reviews,
  member,
  announce,
  onWritten,
}: DiscussionContext & { onWritten(comment: Comment): void }) {
  if (member.userId === null) {
    return (
      <p class="sign-in-prompt">
        <a class="button button-quiet" href={member.signInHref}>
          {LAZY_TEXTS.signInToTalk}
        </a>
      </p>
    );
  }
  return (
    <CommentForm
      draft={`comment ${eventId}`}
      label={LAZY_TEXTS.writeComment}
      action={LAZY_TEXTS.postComment}
      send={(sent) => member.act(() => reviews.comment(eventId, null, sent))}
      onSent={(comment) => {
        onWritten(comment);
        announce(LAZY_TEXTS.posted);
      }}
    />
  );
}
