/** What a screen shows instead of its content: loading, nothing there, or it did not load. */
import type { ComponentChildren } from 'preact';
import type { CallProblem } from '../api/call-problem.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem-notice.tsx';

export interface LoadingProps {
  readonly rows?: number;
  /** What takes its place: a row, a card of a list, an item with its picture. */
  readonly kind?: 'row' | 'card' | 'item';
}

export function Loading({ rows = 3, kind = 'row' }: LoadingProps) {
  return (
    <output class={`skeleton skeleton-${kind}`}>
      <span class="visually-hidden">{TEXTS.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span class="skeleton-row" key={row} />
      ))}
    </output>
  );
}

export function Empty({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{text}</p>
      {children}
    </div>
  );
}

export function Failed({ problem, onRetry }: { problem: CallProblem; onRetry(): void }) {
  return (
    <ProblemNotice problem={problem}>
      <Button kind="quiet" onPress={onRetry}>
        {TEXTS.tryAgain}
      </Button>
    </ProblemNotice>
  );
}

/** Code that cannot be fetched: the network is away, or a deployment has put other files in its place. */
export function PartMissing({ onRetry, onReload }: { onRetry(): void; onReload(): void }) {
  if (!navigator.onLine) return <Failed problem={{ code: 'offline' }} onRetry={onRetry} />;
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{TEXTS.partMissing}</p>
      <div class="button-row">
        <Button onPress={onReload}>{TEXTS.reload}</Button>
        <Button kind="quiet" onPress={onRetry}>
          {TEXTS.tryAgain}
        </Button>
      </div>
    </div>
  );
}

/** Above content that is still shown although the last question for it failed. */
export function OutOfDate({ problem }: { problem: CallProblem }) {
  return (
    <div class="out-of-date">
      <ProblemNotice problem={problem}>
        <p>{TEXTS.outOfDate}</p>
      </ProblemNotice>
    </div>
  );
}

/** At the end of a list that goes on. */
export function ShowMore({ more }: { more: ShowMoreProps }) {
  if (!more.hasMore) return null;
  return (
    <div class="show-more">
      {more.problem && <ProblemNotice problem={more.problem} />}
      <Button kind="quiet" isInert={more.isLoading} onPress={more.load}>
        {more.isLoading ? TEXTS.loading : TEXTS.showMore}
      </Button>
    </div>
  );
}

export interface ShowMoreProps {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly problem: CallProblem | null;
  load(): void;
}
