/**
 * The pictures of a drop's items over the whole screen, by a press on the one that a card shows. Makes that one a
 * button: the first screen is drawn without it.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { isolated } from '../format/direction.ts';
import { picturesOf } from '../sale/item-pictures.ts';
import type { LiveItem } from '../sale/live.ts';
import { TEXTS } from '../texts/texts.ts';
import { Zoom } from './gallery-zoom.tsx';

const TILE = '.item > .item-picture';

interface Opened {
  readonly pictures: readonly string[];
  /** What was pressed. */
  readonly tile: HTMLElement;
}

export function CardGalleries({ items }: { items: readonly LiveItem[] }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const newest = useRef(items);
  newest.current = items;
  useEffect(() => {
    for (const tile of document.querySelectorAll<HTMLElement>(TILE)) makeButton(tile, items);
  }, [items]);
  useEffect(() => {
    const open = (press: Event) => {
      if (press instanceof KeyboardEvent && press.key !== 'Enter' && press.key !== ' ') return;
      const tile = press.target instanceof Element && press.target.closest<HTMLElement>(TILE);
      const item = tile && itemOf(tile, newest.current);
      if (!tile || !item || picturesOf(item).length === 0) return;
      press.preventDefault();
      setOpened({ pictures: picturesOf(item), tile });
    };
    document.addEventListener('click', open);
    document.addEventListener('keydown', open);
    return () => {
      document.removeEventListener('click', open);
      document.removeEventListener('keydown', open);
    };
  }, []);
  if (opened === null) return null;
  return (
    <Zoom
      pictures={opened.pictures}
      from={0}
      onClose={() => {
        setOpened(null);
        opened.tile.focus();
      }}
    />
  );
}

function makeButton(tile: HTMLElement, items: readonly LiveItem[]) {
  const item = itemOf(tile, items);
  if (item === undefined || picturesOf(item).length === 0) return;
  tile.setAttribute('role', 'button');
  tile.tabIndex = 0;
  tile.setAttribute('aria-label', TEXTS.itemLabel(TEXTS.pictures, isolated(item.name)));
}

function itemOf(tile: HTMLElement, items: readonly LiveItem[]): LiveItem | undefined {
  const place = tile.parentElement?.id;
  return items.find(({ id, itemId }) => id === place || itemId === place);
}
