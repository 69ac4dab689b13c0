/** Draws what is fetched after the first screen: code that no first screen needs. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LaterParts } from '../later/open.ts';
import { type Shop, useShop } from '../shop.ts';
import { Loading, PartMissing } from './page-state.tsx';

export interface LaterProps {
  /** Shown meanwhile, and where the code cannot be fetched; else the loading state and what to do then. */
  readonly waiting?: ComponentChildren;
  /** Says what to do all the same: once on a screen. */
  readonly tells?: boolean;
  children(parts: LaterParts): ComponentChildren;
}

let fetched: LaterParts | null = null;

/** Fetches it before it is asked for, or again after that failed. */
export async function fetchLater({ openLater }: Pick<Shop, 'openLater'>): Promise<LaterParts> {
  fetched = await openLater();
  return fetched;
}

export function Later({ waiting, tells = waiting === undefined, children }: LaterProps) {
  const shop = useShop();
  const [parts, setParts] = useState(fetched);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    fetchLater(shop).then(setParts, () => setIsFailed(true));
  }
  useEffect(() => {
    if (parts === null) open();
  }, []);
  if (parts !== null) return <>{children(parts)}</>;
  if (isFailed && tells) return <PartMissing onRetry={open} onReload={shop.reload} />;
  return <>{waiting === undefined ? <Loading /> : waiting}</>;
}
