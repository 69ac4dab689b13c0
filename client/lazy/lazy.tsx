/** Draws what is fetched after the first screen: code that no first screen needs. */
import { type ComponentChildren, type ComponentType, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { loadAgain } from '../page/load-again.ts';
import { useShop } from '../shop/shop.ts';
import { Loading, PartMissing } from '../ui/page-state.tsx';
import type { DrawPage } from './draw-loader.ts';
import type { LazyParts } from './lazy-parts.ts';

/** Not imported where it is drawn, or the Worker would carry all of it. */
export interface LazyLoaders {
  parts(): Promise<LazyParts>;
  /** What came of it, once it did. */
  fetched?: LazyParts;
  /** The admin's console. */
  console(): Promise<ComponentType>;
  /** The page of a draw, where it is not to be fetched as draw-loader.ts does. */
  draw?(): Promise<DrawPage>;
}

const absent = () => Promise.reject(new Error('no LazyContext'));

export const LazyContext = createContext<LazyLoaders>({ parts: absent, console: absent });

export interface LazyProps {
  /** Shown meanwhile, and where the code cannot be fetched; else the loading state and what to do then. */
  readonly waiting?: ComponentChildren;
  /** Shows what to do where the code cannot be fetched: at one place of a screen. */
  readonly showsFailure?: boolean;
  /**
   * What it shares with `waiting` stays the same element where it stands at the same place below this one: so
   * a part that has such is called here as a function, and not drawn as an element of its own.
   */
  children(parts: LazyParts, loaders: LazyLoaders): ComponentChildren;
}

/** Fetches it before it is asked for, or again after that failed: twice before it counts as failed. */
export async function fetchLazyParts(loaders: LazyLoaders): Promise<LazyParts> {
  loaders.fetched = await loadAgain(() => loaders.parts());
  return loaders.fetched;
}

export function Lazy({ waiting, showsFailure = waiting === undefined, children }: LazyProps) {
  const { reload } = useShop();
  const loaders = useContext(LazyContext);
  const [parts, setParts] = useState(loaders.fetched);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    fetchLazyParts(loaders).then(setParts, () => setIsFailed(true));
  }
  useEffect(() => {
    if (parts === undefined) open();
  }, []);
  if (parts !== undefined) return <>{children(parts, loaders)}</>;
  if (isFailed && showsFailure) return <PartMissing onRetry={open} onReload={reload} />;
  return <>{waiting === undefined ? <Loading /> : waiting}</>;
}
