/** Draws what needs the table of all countries, which is fetched when it is needed. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { loadAgain } from '../page/load-again.ts';
import { useShop } from '../shop/shop.ts';
import { Loading, PartMissing } from '../ui/page-state.tsx';
import type { AddressParts } from './address-parts.ts';

/** Once fetched as below it is drawn at once, wherever it is needed next. */
let fetched: AddressParts | undefined;

export interface LateAddressProps {
  /** Where it is not to be fetched as below. */
  readonly load?: (() => Promise<AddressParts>) | undefined;
  children(parts: AddressParts): ComponentChildren;
}

export function LateAddress({ load = loadParts, children }: LateAddressProps) {
  const { reload } = useShop();
  const [parts, setParts] = useState(load === loadParts ? fetched : undefined);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    loadAgain(load).then(
      (loaded) => {
        if (load === loadParts) fetched = loaded;
        setParts(loaded);
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

async function loadParts(): Promise<AddressParts> {
  return (await import('./address-parts.ts')).ADDRESS_PARTS;
}
