/** What one can do next on a drop, for whoever may wait in its queue. Must not say how that stands. */
import { NextSteps, type NextStepsProps } from '../purchase/next-steps.tsx';
import { useQueue } from './use-queue.ts';

export function NextForPlace(props: NextStepsProps) {
  const places = useQueue()?.store.places.value ?? new Map();
  const own = [...places.values()].find(
    ({ entry }) => entry.eventId === props.event.id && entry.status === 'waiting',
  );
  // Its item's card is the place of it, on either screen.
  const placeHref = own ? `/events/${props.event.id}#${own.entry.eventItemId}` : null;
  return <NextSteps {...props} placeHref={placeHref} />;
}
