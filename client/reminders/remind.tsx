/** On a sale that has not opened: has one reminded of it, or not. Must not send mail by itself. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { User } from '../../worker/contract/accounts.ts';
import { registerPath } from '../account/next-path.ts';
import { forgetWish, makeWish, REMINDER_PLACE, readWish } from '../account/sign-in-wish.ts';
import { useMember } from '../account/use-member.ts';
import { useOwnUser } from '../account/use-own-user.ts';
import { VerifyFirst } from '../account/verify-first.tsx';
import { PushOffer } from '../push/push-offer.tsx';
import type { LiveEvent } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { RemindPanel } from './remind-panel.tsx';
import { createReminder } from './reminder-store.ts';
import { createRemindersApi } from './reminders-api.ts';
import { useMailTime } from './use-mail-time.ts';

export interface RemindProps {
  readonly event: LiveEvent;
}

export function Remind({ event }: RemindProps) {
  const { sendsMail } = useShop();
  const user = useOwnUser();
  if (!sendsMail) return null;
  return user ? (
    <RemindMember key={user.id} event={event} user={user} />
  ) : (
    <RemindVisitor event={event} />
  );
}

/** Says first what will come and what it needs; then leads to an account, and back to what was asked for. */
function RemindVisitor({ event }: RemindProps) {
  const { account, register } = LAZY_TEXTS;
  const [isOpen, setIsOpen] = useState(false);
  const { signInHref } = useMember(REMINDER_PLACE);
  const { wish } = useWish(event);
  const time = useMailTime(event);
  return (
    <RemindPanel
      label={account.remind}
      isOn={false}
      isOpen={isOpen}
      title={account.remindTitle}
      onPress={() => setIsOpen(!isOpen)}
      onClose={() => setIsOpen(false)}
    >
      <p>{time ? account.remindHow(time) : account.remindHowSoon}</p>
      <p>{account.remindNeeds}</p>
      <div class="actions">
        <a
          class="button button-primary"
          href={registerPath(`/events/${event.id}#${REMINDER_PLACE}`)}
          onClick={wish}
        >
          {register}
        </a>
        <a class="button button-quiet" href={signInHref} onClick={wish}>
          {TEXTS.signIn}
        </a>
      </div>
    </RemindPanel>
  );
}

function RemindMember({ event, user }: RemindProps & { user: User }) {
  const { account } = LAZY_TEXTS;
  const [isOpen, setIsOpen] = useState(false);
  const { store, turn } = useReminder(event, () => setIsOpen(true));
  const { isOn, isSending, problem } = store.state.value;
  const isWaiting = isOn === true && !user.emailVerified;
  const title = isWaiting ? account.remindUnverified : account.remindedTitle;
  const label = isWaiting ? account.remindWaits : isOn ? account.remindOn : account.remind;
  return (
    <>
      <RemindPanel
        label={label}
        isOn={isOn === true}
        isInert={isSending || isOn === null}
        isOpen={isOpen && (isOn === true || problem !== null)}
        title={problem ? account.remindTitle : title}
        onPress={() => {
          if (isOn) setIsOpen(!isOpen);
          else void turn(true);
        }}
        onClose={() => setIsOpen(false)}
      >
        {problem && <ProblemNotice problem={problem} />}
        {isOn && <Reminded event={event} user={user} />}
        {isOn && !isWaiting && <PushOffer about="opening" place={REMINDER_PLACE} />}
        {isOn && (
          <Button kind="plain" isInert={isSending} onPress={() => void turn(false)}>
            {isSending ? account.turningOff : account.remindOffNow}
          </Button>
        )}
      </RemindPanel>
      {/* There before its words, so that they are read out. */}
      <output class="visually-hidden">{isOpen && isOn && !problem && title}</output>
    </>
  );
}

function Reminded({ event, user }: RemindProps & { user: User }) {
  const { account } = LAZY_TEXTS;
  const time = useMailTime(event);
  if (!user.emailVerified) return <VerifyFirst place={REMINDER_PLACE} how={account.openLink} />;
  return <p>{time ? account.reminded(user.email, time) : account.remindedSoon(user.email)}</p>;
}

/** The reminder as it stands; set at once where that was asked for before signing in. */
function useReminder(event: LiveEvent, onTurned: () => void) {
  const { api, clock, drafts, session } = useShop();
  const { act } = useMember(REMINDER_PLACE);
  const { wish } = useWish(event);
  const store = useMemo(
    () => createReminder({ api: createRemindersApi(api), eventId: event.id, act }),
    [api, event.id],
  );
  async function turn(isOn: boolean) {
    if (isOn) wish();
    await store.set(isOn);
    // Whoever was led to sign in comes back to it.
    if (session.current.peek() !== null) forgetWish(drafts);
    onTurned();
  }
  useEffect(() => {
    void store.load().then(async () => {
      const isWished = readWish(drafts, clock.nowMs())?.eventId === event.id;
      if (isWished) await turn(true);
    });
  }, [store]);
  return { store, turn };
}

function useWish({ id, title }: LiveEvent) {
  const { clock, drafts } = useShop();
  return { wish: () => makeWish(drafts, { eventId: id, title, madeAtMs: clock.nowMs() }) };
}
