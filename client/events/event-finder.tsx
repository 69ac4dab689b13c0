/** Narrows the list where there is more of it than a screenful. Works without script, as a form and links. */
import { useRef } from 'preact/hooks';
import type { EventList } from '../../worker/contract/events.ts';
import type { SoughtEvents } from '../../worker/contract/pages.ts';
import { isolated } from '../format/direction.ts';
import { useLocation } from '../page/location.tsx';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/page-state.tsx';
import { listQuery, SOUGHT_CHARS_MAX } from './sought.ts';

/** So many events are seen without a search. */
const SCREENFUL = 9;

/** @param list null while it is asked for */
export function EventFinder({ list, sought }: { list: EventList | null; sought: SoughtEvents }) {
  const { route } = useLocation();
  // Once it is there it stays, so that nobody loses their place while another list is fetched.
  const categories = useRef<readonly string[] | undefined>(undefined);
  const { q = '', category } = sought;
  const isNeeded = q || category || list?.nextCursor;
  if (isNeeded || (list?.events.length ?? 0) > SCREENFUL) {
    // The version before leaves them out, and answers beside this one and after a rollback.
    const known: Partial<EventList> | null = list;
    categories.current = known?.categories ?? categories.current ?? [];
  }
  if (categories.current === undefined) return null;
  /** With what is typed by now. */
  function narrow(event: Event, form: HTMLFormElement, to: SoughtEvents['category']) {
    event.preventDefault();
    const typed = new FormData(form).get('q') as string;
    route(`/${listQuery({ q: typed, category: to })}`);
  }
  const chips = [...new Set([...categories.current, category ?? []].flat())];
  return (
    <search>
      <form
        class="finder"
        action="/"
        onSubmit={(event) => narrow(event, event.currentTarget, category)}
      >
        <input
          type="search"
          name="q"
          // Whatever is typed stays while the list is drawn anew.
          key={q}
          defaultValue={q}
          maxLength={SOUGHT_CHARS_MAX}
          placeholder={TEXTS.finder.field}
          aria-label={TEXTS.finder.field}
        />
        {category && <input type="hidden" name="category" value={category} />}
        <Button kind="quiet" type="submit">
          {TEXTS.finder.search}
        </Button>
        {(chips.length > 1 || category) && (
          <p class="chips">
            {[undefined, ...chips].map((chip) => (
              <a
                key={chip}
                href={`/${listQuery({ ...sought, category: chip })}`}
                aria-current={chip === category}
                onClick={(event) => {
                  const form = event.currentTarget.closest('form');
                  if (form && !event.ctrlKey && !event.metaKey) narrow(event, form, chip);
                }}
              >
                {chip ?? TEXTS.finder.all}
              </a>
            ))}
          </p>
        )}
      </form>
    </search>
  );
}

/** In the place of a list that has nothing. */
export function NoEvents({ sought }: { sought: SoughtEvents }) {
  const { q, category } = sought;
  const isSought = listQuery(sought) !== '';
  return (
    <Empty text={isSought ? TEXTS.finder.nothing : TEXTS.eventsEmpty}>
      {q && category && (
        <>
          <a class="button button-quiet" href={`/${listQuery({ q })}`}>
            {TEXTS.itemLabel(TEXTS.finder.search, isolated(q))}
          </a>
          <a class="button button-quiet" href={`/${listQuery({ category })}`}>
            {TEXTS.itemLabel(TEXTS.finder.all, isolated(category))}
          </a>
        </>
      )}
      <a class="button button-quiet" href={isSought ? '/' : '/orders'}>
        {isSought ? TEXTS.allEvents : TEXTS.orders}
      </a>
    </Empty>
  );
}
