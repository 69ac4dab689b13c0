/** The event store of the event on the screen, with the real world as its ports. */
import { computed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { EventDetail } from '../../worker/contract/events.ts';
import { signInPath } from '../account/next-path.ts';
import type { FirstAnswer } from '../page/page-data.ts';
import { keepLiveSocket } from '../sale/live-socket.ts';
import { useShop } from '../shop/shop.ts';
import { pollingPorts } from '../shop/use-polled.ts';
import { createEventStore, type EventStore } from './event-store.ts';

export function useEvent(id: string): EventStore {
  const shop = useShop();
  const { path, route } = useLocation();
  const store = useMemo(() => {
    const { api, initial, memory, openLiveSocket, random, session } = shop;
    const keptAs = `event ${id}`;
    return createEventStore({
      ...shop,
      ...pollingPorts(shop),
      eventId: id,
      first: initial.event(id) ?? (memory.read(keptAs) as FirstAnswer<EventDetail> | undefined),
      load: () => api.getEvent(id),
      keep: (answer) => memory.write(keptAs, answer),
      userId: computed(() => session.current.value?.user.id),
      subscribe: (listener) =>
        keepLiveSocket({ ...listener, random, open: () => openLiveSocket(id) }),
      askToSignIn: (eventItemId) => {
        session.end();
        route(signInPath(`${path}#${eventItemId}`));
      },
      onSessionOver: session.end,
    });
  }, [id, shop]);
  useEffect(store.start, [store]);
  return store;
}
