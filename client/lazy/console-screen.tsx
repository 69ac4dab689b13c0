/** `/admin` and below: fetches the admin's code, which shoppers never load. Must not judge who may enter. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { Loading, PartMissing } from '../ui/page-state.tsx';

export interface ConsoleScreenProps {
  /** Fetches the console; another file, so that no shopper has it. */
  console(): Promise<ComponentType>;
}

export function ConsoleScreen({ console: load }: ConsoleScreenProps) {
  const { reload } = useShop();
  const [Console, setConsole] = useState<ComponentType | null>(null);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    load().then(
      (loaded) => setConsole(() => loaded),
      () => setIsFailed(true),
    );
  }
  useEffect(open, []);
  if (Console !== null) return <Console />;
  return isFailed ? <PartMissing onRetry={open} onReload={reload} /> : <Loading />;
}
