/** On the profile: notifications on this device. Must not know what they tell. */
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PushSwitch } from './push-switch.tsx';
import { usePush } from './use-push.ts';

const PLACE = 'profile-push';

export function PushSection() {
  const { push } = LAZY_TEXTS;
  const store = usePush(PLACE);
  const step = store?.state.value.step;
  if (store === null || step === 'unknown' || step === 'none') return null;
  return (
    <section id={PLACE} aria-labelledby={`${PLACE}-title`}>
      <h2 id={`${PLACE}-title`}>{push.title}</h2>
      <PushSwitch store={store} lead={push.leads.both} />
    </section>
  );
}
