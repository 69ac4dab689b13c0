/** Draws what needs the table of all countries, which is fetched when it is needed. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { Loading, PartMissing } from '../ui/page-state.tsx';
import type { AddressParts } from './address-parts.ts';

/** Once fetched it is drawn at once, wherever it is needed next. */
let fetched: AddressParts | undefined;

export function LateAddress({ children }: { children(parts: AddressParts): ComponentChildren }) {
  const { reload } = useShop();
  const [parts, setParts] = useState(fetched);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    import('./address-parts.ts').then(
      ({ ADDRESS_PARTS }) => {
        fetched = ADDRESS_PARTS;
        setParts(fetched);
      },
      () => setIsFailed(true),
    );
  }
  useEffect(() => {
    if (parts === undefined) open();
  }, []);
  if (parts !== undefined) return <>{children(parts)}</>;
  return isFailed ? <PartMissing onRetry={open} onReload={reload} /> : <Loading rows={2} />;
}
