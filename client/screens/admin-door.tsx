/** `/admin` and below: fetches the admin's code, which shoppers never load. Must not judge who may enter. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading, PartMissing } from '../parts/page-state.tsx';
import { useShop } from '../shop.ts';

export function AdminDoor() {
  const { openAdmin, reload } = useShop();
  const [Admin, setAdmin] = useState<ComponentType | null>(null);
  const [isFailed, setIsFailed] = useState(false);

  function open() {
    setIsFailed(false);
    openAdmin().then(
      (room) => setAdmin(() => room),
      () => setIsFailed(true),
    );
  }
  useEffect(open, []);
  if (Admin !== null) return <Admin />;
  return isFailed ? <PartMissing onRetry={open} onReload={reload} /> : <Loading />;
}
