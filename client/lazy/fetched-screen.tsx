/** A screen whose code only those fetch who open it: the console, a draw. Must not judge who may. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { loadAgain } from '../page/load-again.ts';
import { useShop } from '../shop/shop.ts';
import { Loading, PartMissing } from '../ui/page-state.tsx';

export interface FetchedScreenProps<Props> {
  /** Fetches it; another file, so that nobody else has it. */
  load(): Promise<ComponentType<Props>>;
  /** Where it was fetched already. */
  readonly fetched?: ComponentType<Props> | undefined;
  /** What it is drawn with. */
  readonly given: Props;
}

export function FetchedScreen<Props extends object>(props: FetchedScreenProps<Props>) {
  const { load, fetched, given } = props;
  const { reload } = useShop();
  const [Screen, setScreen] = useState<ComponentType<Props> | null>(() => fetched ?? null);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    loadAgain(load).then(
      (loaded) => setScreen(() => loaded),
      () => setIsFailed(true),
    );
  }
  useEffect(() => {
    if (Screen === null) open();
  }, []);
  if (Screen !== null) return <Screen {...given} />;
  return isFailed ? <PartMissing onRetry={open} onReload={reload} /> : <Loading />;
}
