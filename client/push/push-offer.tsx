/** Offers to tell this device of one thing, where it can be told. Must not ask the browser before a press. */
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PushSwitch } from './push-switch.tsx';
import { usePush } from './use-push.ts';

export interface PushOfferProps {
  readonly about: 'opening' | 'turn';
  /** The id of the element that one is led back to. */
  readonly place: string;
}

export function PushOffer({ about, place }: PushOfferProps) {
  const store = usePush(place);
  if (store === null) return null;
  return <PushSwitch store={store} lead={LAZY_TEXTS.push.leads[about]} />;
}
