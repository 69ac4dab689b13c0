/** What every screen has while somebody waits: their places are followed, and their turn is told. */
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { pollingPorts } from '../shop/use-polled.ts';
import { followQueues } from './follow-queues.ts';
import { QueueVoice } from './queue-voice.tsx';
import { endQueue, useQueue } from './use-queue.ts';

export function QueueOnEveryPage() {
  const shop = useShop();
  const queue = useQueue();
  const ports = useMemo(() => pollingPorts(shop), [shop]);
  // The console is for the shop's own people at work.
  const isShop = !useLocation().path.startsWith('/admin');
  useEffect(
    () => (queue === null || !isShop ? undefined : followQueues({ ...ports, ...queue })),
    [queue, isShop],
  );
  useEffect(() => (queue === null ? undefined : () => endQueue(shop, queue)), [queue]);
  if (queue === null) return null;
  return <QueueVoice places={queue.store.places} />;
}
