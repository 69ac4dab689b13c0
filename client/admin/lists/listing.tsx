/** A searched list in all its states, page after page. Must not know what it lists. */
import type { ComponentChildren } from 'preact';
import type { Result } from '../../api/call-problem.ts';
import type { Page } from '../../page/later-pages.ts';
import { useMore } from '../../shop/use-more.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Empty, Failed, Loading, OutOfDate, ShowMore } from '../../ui/page-state.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface ListingProps<Entry> {
  /** What is listed, filters and all: another one starts from nothing. */
  readonly of: string;
  readonly empty: string;
  /** Below those words, where no later page may have any. */
  readonly emptyAction?: ComponentChildren;
  readonly everyMs?: number;
  load(cursor?: string): Promise<Result<Page<Entry>>>;
  /** Draws the entries, of which there is at least one. */
  children(entries: readonly Entry[], refresh: () => void): ComponentChildren;
}

const CALM_MS = 30_000;

export function Listing<Entry extends { id: string }>(props: ListingProps<Entry>) {
  const { of, empty, emptyAction, load, children, everyMs = CALM_MS } = props;
  const { value, problem, refresh } = usePolled({
    of: 'listing',
    key: of,
    load: () => load(),
    pace: () => ({ everyMs, momentsMs: [] }),
  });
  if (value === null) {
    return problem ? <Failed problem={problem} onRetry={refresh} /> : <Loading />;
  }
  return (
    <>
      {problem && <OutOfDate problem={problem} />}
      <Pages key={of} {...{ of, first: value, empty, emptyAction, load }}>
        {(entries) => children(entries, refresh)}
      </Pages>
    </>
  );
}

interface PagesProps<Entry>
  extends Pick<ListingProps<Entry>, 'of' | 'empty' | 'emptyAction' | 'load'> {
  readonly first: Page<Entry>;
  children(entries: readonly Entry[]): ComponentChildren;
}

function Pages<Entry extends { id: string }>({
  of,
  first,
  empty,
  emptyAction,
  load,
  children,
}: PagesProps<Entry>) {
  const more = useMore(of, first, load);
  // An entry that has changed its place meanwhile is in two pages: once, as the later page has it.
  const entries = [...new Map(more.entries.map((entry) => [entry.id, entry])).values()];
  if (entries.length === 0) {
    return (
      <Empty text={more.hasMore ? ADMIN_TEXTS.noneSoFar : empty}>
        {!more.hasMore && emptyAction}
        <ShowMore more={more} />
      </Empty>
    );
  }
  return (
    <>
      {children(entries)}
      <ShowMore more={more} />
    </>
  );
}
