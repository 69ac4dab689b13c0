/** What an event's socket tells, as a hook. Must not keep the socket itself. */
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { hearLive, type Live, NOT_LIVE } from '../sale/live.ts';
import { keepWatching } from '../sale/live-socket.ts';
import { useShop } from '../shop/shop.ts';

/** @param onDropped told a moment after a socket that had told something is lost. */
export function useLive(eventId: string, onDropped: () => void): Live {
  const { watch, random } = useShop();
  const [live, hear] = useReducer(hearLive, NOT_LIVE);
  const latest = useRef(onDropped);
  latest.current = onDropped;
  useEffect(
    () =>
      keepWatching({
        open: () => watch(eventId),
        random,
        hear,
        onDropped: () => latest.current(),
      }),
    [eventId, watch, random],
  );
  return live;
}
