/** The state of the console's search and what keys do to it. Must not draw. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLocation } from '../../page/location.tsx';
import { useShop } from '../../shop/shop.ts';
import { useLiveSearch } from '../lists/live-search.ts';
import { hrefsOf, optionGroups } from './options.ts';
import { type Found, useFound } from './use-found.ts';
import { useSearchKey } from './use-search-key.ts';

/** The number of an option, in what was found when it was chosen. */
interface Chosen {
  readonly of: Found['found'];
  readonly n: number | null;
}

const NONE: Chosen = { of: null, n: null };

export function useCombobox() {
  const { url, route } = useLocation();
  const { locale } = useShop();
  const field = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState('');
  const live = useLiveSearch(q, setQ);
  const answer = useFound(q);
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<Chosen>(NONE);
  const found = live.isPending ? null : answer.found;
  const groups = found === null ? [] : optionGroups(found, q, locale);
  const hrefs = hrefsOf(groups);
  const hasList = isOpen && hrefs.length > 0;
  // In another list nothing is chosen yet.
  const active = chosen.of === found ? chosen.n : null;

  useSearchKey(field);
  // What was chosen is shown; the next search begins with nothing.
  useEffect(() => {
    setIsOpen(false);
    live.type('');
  }, [url]);

  function move(by: 1 | -1) {
    setIsOpen(true);
    if (hrefs.length === 0) return;
    const start = by === 1 ? -1 : hrefs.length;
    setChosen((last) => {
      const from = (last.of === found ? last.n : null) ?? start;
      return { of: found, n: (from + by + hrefs.length) % hrefs.length };
    });
  }
  function enter() {
    setIsOpen(true);
    live.apply();
    const href = hrefs[active ?? (hrefs.length === 1 ? 0 : -1)];
    if (hasList && href !== undefined) route(href);
  }
  function escape() {
    if (isOpen) setIsOpen(false);
    else live.type('');
    setChosen(NONE);
  }
  const down = () => move(1);
  const up = () => move(-1);
  const keys = new Map(
    Object.entries({ ArrowDown: down, ArrowUp: up, Enter: enter, Escape: escape }),
  );
  function onKeyDown(event: KeyboardEvent) {
    const act = keys.get(event.key);
    if (act === undefined || event.isComposing) return;
    event.preventDefault();
    act();
  }
  const id = useId();
  return {
    id,
    field,
    live,
    answer,
    groups,
    found,
    isOpen,
    hasList,
    active,
    setIsOpen,
    onKeyDown,
  };
}
