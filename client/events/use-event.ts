/** The event store of the event on the screen, with the real world as its ports. */
import { computed } from '@preact/signals-core';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import type { EventDetail } from '../../worker/contract/events.ts';
import { signInPath } from '../account/next-path.ts';
import { fetchLazyParts, LazyContext } from '../lazy/lazy.tsx';
import type { Drafts } from '../page/drafts.ts';
import { useLocation } from '../page/location.tsx';
import type { FirstAnswer } from '../page/page-data.ts';
import type { LiveItem } from '../sale/live.ts';
import type { Variants } from '../sale/variants.ts';
import { useShop } from '../shop/shop.ts';
import { pollingPorts } from '../shop/use-polled.ts';
import { createEventStore, type EventStore } from './event-store.ts';

export function useEvent(id: string): EventStore {
  const shop = useShop();
  const loaders = useContext(LazyContext);
  const { path, route } = useLocation();
  const store = useMemo(() => {
    const { api, drafts, initial, memory, openLiveSocket, random, session } = shop;
    const keptAs = `event ${id}`;
    return createEventStore({
      ...shop,
      ...pollingPorts(shop),
      eventId: id,
      first: initial.event(id) ?? (memory.read(keptAs) as FirstAnswer<EventDetail> | undefined),
      load: () => api.getEvent(id),
      keep: (answer) => memory.write(keptAs, answer),
      userId: computed(() => session.current.value?.user.id),
      // Until it is fetched, and where it cannot be, the event is polled.
      subscribe: (listener) =>
        untilEnded(
          fetchLazyParts(loaders).then(
            ({ keepLiveSocket }) =>
              () =>
                keepLiveSocket({ ...listener, random, open: () => openLiveSocket(id) }),
          ),
        ),
      askToSignIn: (eventItemId) => {
        session.end();
        route(signInPath(`${path}#${eventItemId}`));
      },
      onSessionOver: session.end,
      // Where the server draws there is no fragment.
      asked: {
        first: 'location' in globalThis ? location.hash.slice(1) : '',
        last: path.slice(path.lastIndexOf('/') + 1),
      },
      readChoices: () => choicesIn(drafts, id),
      keepChoice: (chosen, variants) => {
        addChoice(drafts, id, chosen.id);
        nameInAddress(chosen, variants);
      },
    });
  }, [id, shop]);
  useEffect(store.start, [store]);
  // What a link asked for is what the event's other pages show from now on.
  useEffect(() => {
    const asked = location.hash.slice(1);
    if (EVENT_ITEM.test(asked)) addChoice(shop.drafts, id, asked);
  }, [store]);
  return store;
}

/** Of one event; the one that was made longest ago goes first. */
const CHOICES_MAX = 50;
const EVENT_ITEM = /^evi_/;

function choicesIn(drafts: Drafts, eventId: string): string[] {
  return drafts.read(`variants ${eventId}`).split(' ');
}

function addChoice(drafts: Drafts, eventId: string, chosen: string) {
  const choices = new Set([chosen, ...choicesIn(drafts, eventId)]);
  drafts.write(`variants ${eventId}`, [...choices].slice(0, CHOICES_MAX).join(' '));
}

/** Begins what is fetched, unless that was ended meanwhile. @returns the end of it */
function untilEnded(fetched: Promise<() => () => void>): () => void {
  let isEnded = false;
  let end: (() => void) | undefined;
  fetched.then(
    (begin) => {
      if (!isEnded) end = begin();
    },
    () => {},
  );
  return () => {
    isEnded = true;
    end?.();
  };
}

/**
 * An item's own page has the variant in its path, so that it arrives with it when it is loaded again;
 * elsewhere the address must not ask for another one any longer. Not by the router: the screen stays.
 */
function nameInAddress(chosen: LiveItem, variants: Variants) {
  const { pathname, search, hash } = location;
  const named = pathname.replace(/(\/items\/).*/, `$1${chosen.id}`);
  if (named !== pathname || variants.some(({ id }) => hash === `#${id}`)) {
    history.replaceState(history.state, '', named + search);
  }
}
