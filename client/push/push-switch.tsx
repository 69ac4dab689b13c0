/** Switches notifications on this device on and off, and says what is in the way. Must not ask by itself. */
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { PushState, PushStore } from './push-store.ts';

export function PushSwitch({ store, lead }: { store: PushStore; lead: string }) {
  const { push } = LAZY_TEXTS;
  const state = store.state.value;
  const { step, isSending, problem } = state;
  if (step === 'unknown' || step === 'none') return null;
  if (step === 'install') return <p class="push-offer">{push.install}</p>;
  const isOn = step === 'on';
  return (
    <div class="push-offer">
      {!isOn && <p>{lead}</p>}
      <output>{said(state)}</output>
      {problem && <ProblemNotice problem={problem} />}
      <Button kind="quiet" isInert={isSending} onPress={() => void store.set(!isOn)}>
        {isSending ? push.sending : actionOf(step)}
      </Button>
    </div>
  );
}

function actionOf(step: PushState['step']): string {
  const { push } = LAZY_TEXTS;
  if (step === 'on') return push.turnOff;
  return step === 'blocked' ? push.turnOnAgain : push.turnOn;
}

function said({ step, hasFailed }: PushState): string {
  const { push } = LAZY_TEXTS;
  if (hasFailed) return push.failed;
  if (step === 'on') return push.on;
  if (step === 'blocked') return push.blocked;
  return step === 'refused' ? push.refused : '';
}
