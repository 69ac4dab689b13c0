/** The saved views of a list as links above it: saved, renamed and removed here. Must not list anything. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { isolated } from '../../format/direction.ts';
import { Button } from '../../ui/button.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { useBrowserKept } from './browser-kept.ts';
import { UndoNote, useUndo } from './undo.tsx';
import {
  renamed,
  VIEW_NAME_CHARS_MAX,
  VIEWS_MAX,
  type View,
  viewsIn,
  withoutView,
  withView,
} from './views.ts';

export interface SavedViewsProps {
  /** Of which list they are. */
  readonly list: string;
  /** The address of what is listed now. */
  readonly href: string;
}

export function SavedViews({ list, href }: SavedViewsProps) {
  const { views: texts } = ADMIN_TEXTS.lists;
  const [views, setViews] = useBrowserKept(`views.${list}`, viewsIn);
  const [naming, setNaming] = useState<'new' | 'old' | null>(null);
  const root = useRef<HTMLElement>(null);
  const undo = useUndo();
  const present = views.find((view) => view.href === href);
  const isFiltered = href.includes('?');
  useEffect(() => setNaming(null), [href]);

  function name(given: string) {
    setViews(
      naming === 'old' ? renamed(views, href, given) : withView(views, { name: given, href }),
    );
    setNaming(null);
    root.current?.focus();
  }
  function remove(view: View) {
    setViews(withoutView(views, view.href));
    root.current?.focus();
    undo.offer({
      words: texts.removed(isolated(view.name)),
      undo: async () => {
        setViews(withView(withoutView(views, view.href), view));
        return { ok: true, value: null };
      },
    });
  }
  if (views.length === 0 && !isFiltered && undo.offered === null) return null;
  return (
    <section class="views" aria-label={texts.region} ref={root} tabIndex={-1}>
      <Chips views={views} href={href} />
      {naming ? (
        <NameForm first={naming === 'old' ? (present?.name ?? '') : ''} onName={name} />
      ) : present ? (
        <>
          <Button kind="plain" onPress={() => setNaming('old')}>
            {texts.rename}
          </Button>
          <Button kind="plain" onPress={() => remove(present)}>
            {texts.remove}
          </Button>
        </>
      ) : (
        isFiltered &&
        (views.length < VIEWS_MAX ? (
          <Button kind="plain" onPress={() => setNaming('new')}>
            {texts.save}
          </Button>
        ) : (
          <p class="small-print">{texts.full(VIEWS_MAX)}</p>
        ))
      )}
      <UndoNote undo={undo} />
    </section>
  );
}

function Chips({ views, href }: { views: readonly View[]; href: string }) {
  if (views.length === 0) return null;
  return (
    <ul class="view-chips">
      {views.map((view) => (
        <li key={view.href}>
          <a
            href={view.href}
            dir="auto"
            {...(view.href === href && { 'aria-current': 'true' as const })}
          >
            {view.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function NameForm({ first, onName }: { first: string; onName(name: string): void }) {
  const { views: texts } = ADMIN_TEXTS.lists;
  const [typed, setTyped] = useState(first);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  return (
    <form
      class="view-name"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        onName(typed);
      }}
    >
      <Labelled label={texts.name}>
        {(control) => (
          <input
            {...control}
            type="text"
            maxLength={VIEW_NAME_CHARS_MAX}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
      </Labelled>
      <Button type="submit" kind="quiet">
        {texts.keep}
      </Button>
    </form>
  );
}
