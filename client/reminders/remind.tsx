/** On a sale that has not opened: has one reminded of it, or not. Must not know when the mail leaves. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useMember } from '../account/use-member.ts';
import { VerifyFirst } from '../account/verify-first.tsx';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createReminder } from './reminder-store.ts';
import { createRemindersApi } from './reminders-api.ts';

const PLACE = 'reminder';

export function Remind({ eventId }: { eventId: string }) {
  const { sendsMail, session } = useShop();
  const { signInHref } = useMember(PLACE);
  const user = session.current.value?.user;
  if (!sendsMail) return null;
  return (
    <div class="remind" id={PLACE}>
      {user === undefined && (
        <a class="facts-link" href={signInHref}>
          <Label isOn={false} />
        </a>
      )}
      {user?.emailVerified && <RemindOf key={user.id} eventId={eventId} />}
      {user?.emailVerified === false && <RemindLater />}
    </div>
  );
}

/** Of somebody whose address is not confirmed: mail goes to no other. */
function RemindLater() {
  const { account } = LAZY_TEXTS;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        class="facts-link"
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Label isOn={false} />
      </button>
      {isOpen && (
        <div class="remind-note notice">
          <p class="notice-title">{account.remindUnverified}</p>
          <VerifyFirst place={PLACE} how={account.openLink} />
        </div>
      )}
    </>
  );
}

function RemindOf({ eventId }: { eventId: string }) {
  const { api } = useShop();
  const { account } = LAZY_TEXTS;
  const { act } = useMember(PLACE);
  const store = useMemo(
    () => createReminder({ api: createRemindersApi(api), eventId, act }),
    [api, eventId],
  );
  useEffect(() => void store.load(), [store]);
  const { isOn, isSending, problem } = store.state.value;
  const isInert = isSending || isOn === null;
  return (
    <>
      <button
        class="facts-link"
        type="button"
        aria-pressed={isOn === true}
        aria-disabled={isInert}
        onClick={() => {
          if (!isInert) void store.set(!isOn);
        }}
      >
        <Label isOn={isOn === true} />
      </button>
      {problem ? (
        <div class="remind-note">
          <ProblemNotice problem={problem} />
        </div>
      ) : (
        <output class="remind-note remind-hint">{isOn && account.remindHint}</output>
      )}
    </>
  );
}

/** A bell, which is full while one is reminded. */
function Label({ isOn }: { isOn: boolean }) {
  return (
    <>
      <svg class={isOn ? 'bell bell-on' : 'bell'} viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4ZM10 21h4" />
      </svg>
      {LAZY_TEXTS.account.remind}
    </>
  );
}
