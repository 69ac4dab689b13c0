/**
 * At the foot of every screen while a unit is held: the time left and the way to decide, so that
 * nobody loses it by looking elsewhere. Says nothing where the hold itself is on the screen.
 */

import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { isolated } from '../format/direction.ts';
import { clockDigits } from '../format/times.ts';
import type { HeldOrder } from '../holds/holds.ts';
import { ENDED_SHOWN_MS, endsMs, shownHolds } from '../holds/shown-holds.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { onWake } from '../time/wake.ts';
import { Button } from '../ui/button.tsx';
import { holdKind, Ring, shareLeft } from './hold-card.tsx';

/** An event's own screen asks for the same; whoever opens one need not be asked for twice. */
const ASK_AFTER_MS = 1_500;

export function HoldBar() {
  const { clock, holds } = useShop();
  const { path } = useLocation();
  const [dismissed, setDismissed] = useState('');
  useHistory();
  const known = holds.current.value;
  const moments = known.flatMap((hold) => [endsMs(hold), endsMs(hold) + ENDED_SHOWN_MS]);
  const next = moments.filter((ms) => ms > clock.nowMs());
  const nowMs = useNowUntil(next.length > 0 ? Math.min(...next) : null);
  const { running, ended } = shownHolds(known, nowMs);
  const [first, ...others] = running;
  // There each hold has its row and its time.
  if (path === '/orders') return null;
  if (first) return <Running key={first.id} hold={first} others={others.length} />;
  if (!ended || dismissed === ended.id) return null;
  return <Ended hold={ended} onDismiss={() => setDismissed(ended.id)} />;
}

/** Asks once what is held, if no screen has learnt it by itself, and again after a sleep. */
function useHistory() {
  const { api, holds, orderUpdates, session } = useShop();
  const userId = session.current.value?.user.id ?? '';
  useEffect(() => orderUpdates.subscribe(userId, holds.learn), [userId]);
  useEffect(() => {
    async function ask() {
      const history = await api.listOrders();
      if (history.ok) holds.learn(history.value.orders);
    }
    const timer = setTimeout(() => {
      if (holds.current.peek().length === 0 && !/^\/(events\/|orders)/.test(location.pathname)) {
        void ask();
      }
    }, ASK_AFTER_MS);
    const stopWake = onWake(() => {
      if (holds.current.peek().length > 0) void ask();
    });
    return () => {
      clearTimeout(timer);
      stopWake();
    };
  }, []);
}

function Running({ hold, others }: { hold: HeldOrder; others: number }) {
  const isSeen = useIsOnScreen(hold.eventItemId);
  if (isSeen) return null;
  // On its own screen the hold itself is read out.
  const isElsewhere = document.getElementById(hold.eventItemId) === null;
  const wholeMs = Date.parse(hold.expiresAt) - Date.parse(hold.reservedAt);
  const href = others > 0 ? '/orders' : `/events/${hold.eventId}#${hold.eventItemId}`;
  return (
    <aside aria-label={LAZY_TEXTS.holdBar}>
      <Ticking momentMs={Date.parse(hold.expiresAt)}>
        {(remainingMs) => (
          <div class={`hold-bar ${holdKind(remainingMs)}`}>
            <Ring share={shareLeft(remainingMs, wholeMs)} />
            <p class="hold-bar-words">
              <strong
                class="hold-bar-digits notranslate"
                role="timer"
                key={clockDigits(remainingMs)}
                translate={false}
              >
                {clockDigits(remainingMs)}
              </strong>
              {isElsewhere && (
                <span class="visually-hidden" aria-live="polite">
                  <span key={TEXTS.spokenRemaining(remainingMs)}>
                    {TEXTS.holdRemaining(TEXTS.spokenRemaining(remainingMs))}
                  </span>
                </span>
              )}
              <span>
                {hold.itemName
                  ? LAZY_TEXTS.holdBarOne(isolated(hold.itemName))
                  : LAZY_TEXTS.holdBarUnit}{' '}
                {others > 0 && <span>{LAZY_TEXTS.holdBarMore(others)}</span>}
              </span>
            </p>
            <a class="button button-primary" href={href} onClick={() => showItem(hold)}>
              {LAZY_TEXTS.holdBarGo}
            </a>
          </div>
        )}
      </Ticking>
    </aside>
  );
}

function Ended({ hold, onDismiss }: { hold: HeldOrder; onDismiss(): void }) {
  const isSeen = useIsOnScreen(hold.eventItemId);
  if (isSeen) return null;
  return (
    <aside class="hold-bar" aria-label={LAZY_TEXTS.holdBar}>
      <output class="hold-bar-words">{LAZY_TEXTS.holdBarEnded}</output>
      <a
        class="button button-primary"
        href={`/events/${hold.eventId}#${hold.eventItemId}`}
        onClick={() => showItem(hold)}
      >
        {LAZY_TEXTS.holdBarAgain}
      </a>
      <Button kind="plain" onPress={onDismiss} label={LAZY_TEXTS.dismiss}>
        ×
      </Button>
    </aside>
  );
}

/** Where the link leads to the screen that is shown already, nothing else would move. */
function showItem({ eventItemId }: HeldOrder) {
  document.getElementById(eventItemId)?.querySelector('.item-action')?.scrollIntoView({
    block: 'center',
  });
}

/** Whether what can be done about the hold is on the screen already. */
function useIsOnScreen(id: string): boolean {
  const [isSeen, setIsSeen] = useState(true);
  useEffect(() => {
    function look() {
      const box = document
        .getElementById(id)
        ?.querySelector('.item-action')
        ?.getBoundingClientRect();
      setIsSeen(box !== undefined && box.bottom >= 0 && box.top <= innerHeight);
    }
    look();
    // A screen that is drawn later, or moves, is seen by the next second at the latest.
    const looking = setInterval(look, LOOK_EVERY_MS);
    addEventListener('scroll', look, { passive: true });
    return () => {
      clearInterval(looking);
      removeEventListener('scroll', look);
    };
  }, [id]);
  return isSeen;
}

const LOOK_EVERY_MS = 500;
