/** Draws what is fetched after the first screen: code that no first screen needs. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LaterParts } from '../later/open.ts';
import { type Shop, useShop } from '../shop.ts';
import { Failed, Loading } from './page-state.tsx';

export interface LaterProps {
  /** Shown meanwhile, and where the code cannot be fetched; else the loading state and a way to retry. */
  readonly waiting?: ComponentChildren;
  children(parts: LaterParts): ComponentChildren;
}

let fetched: LaterParts | null = null;

/** Fetches it before it is asked for, or again after that failed. */
export async function fetchLater({ openLater }: Pick<Shop, 'openLater'>): Promise<LaterParts> {
  fetched = await openLater();
  return fetched;
}

export function Later({ waiting, children }: LaterProps) {
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
  if (waiting !== undefined) return <>{waiting}</>;
  return isFailed ? <Failed problem={{ code: 'offline' }} onRetry={open} /> : <Loading />;
}
