/** `/admin` and below: fetches the admin's code, which shoppers never load. Must not judge who may enter. */
import type { ComponentType } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { LazyContext } from '../lazy/lazy.tsx';
import { useShop } from '../shop/shop.ts';
import { Loading, PartMissing } from '../ui/page-state.tsx';

export function ConsoleScreen() {
  const { reload } = useShop();
  const loaders = useContext(LazyContext);
  const [Console, setConsole] = useState<ComponentType | null>(null);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    loaders.console().then(
      (loaded) => setConsole(() => loaded),
      () => setIsFailed(true),
    );
  }
  useEffect(open, []);
  if (Console !== null) return <Console />;
  return isFailed ? <PartMissing onRetry={open} onReload={reload} /> : <Loading />;
}
