/** Where one is signed in: each device with the chance to end it, and the way out everywhere. */
import { useEffect, useMemo } from 'preact/hooks';
import type { LoginEntry } from '../../worker/contract/accounts.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { AskTwice } from '../ui/ask-twice.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createAccountApi } from './account-api.ts';
import { createLoginsStore } from './logins-store.ts';
import { useMember } from './use-member.ts';
import { useSignOut } from './use-sign-out.ts';

const PLACE = 'profile-logins';

export function Logins() {
  const signOut = useSignOut();
  const { api } = useShop();
  const { act } = useMember(PLACE);
  const store = useMemo(() => createLoginsStore({ api: createAccountApi(api), act }), [api]);
  const { logins, ended, problem } = store.state.value;
  useEffect(() => void store.load(), [store]);
  return (
    <section id={PLACE} aria-labelledby="profile-logins-title">
      <h2 id="profile-logins-title">{LAZY_TEXTS.loginsTitle}</h2>
      <p class="section-lead">{LAZY_TEXTS.loginsLead}</p>
      {logins && (
        <ul class="logins">
          {logins.map((login) => (
            <LoginRow key={login.id} login={login} onEnd={() => void store.end(login)} />
          ))}
        </ul>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <output class="saved">{ended && LAZY_TEXTS.loginEnded(deviceOf(ended))}</output>
      <div class="actions">
        {problem && (
          <Button kind="quiet" onPress={() => void store.load()}>
            {TEXTS.tryAgain}
          </Button>
        )}
        <Button kind="quiet" onPress={() => signOut({ everywhere: false })}>
          {TEXTS.signOutHere}
        </Button>
        <AskTwice
          action={LAZY_TEXTS.signOutEverywhere}
          ask={LAZY_TEXTS.signOutEverywhereAsk}
          keep={LAZY_TEXTS.cancel}
          onConfirm={() => signOut({ everywhere: true })}
        />
      </div>
    </section>
  );
}

function LoginRow({ login, onEnd }: { login: LoginEntry; onEnd(): void }) {
  const { locale } = useShop();
  const { current, lastUsedAt, createdAt } = login;
  const device = deviceOf(login);
  return (
    <li>
      <p class="login-device">{device}</p>
      <p class="order-meta">{LAZY_TEXTS.lastUsed(formatInstant(lastUsedAt, { locale }))}</p>
      <p class="order-meta">{LAZY_TEXTS.signedInSince(formatInstant(createdAt, { locale }))}</p>
      {current ? (
        <p class="login-current">{LAZY_TEXTS.thisDevice}</p>
      ) : (
        <AskTwice
          action={TEXTS.signOut}
          ask={LAZY_TEXTS.endLoginAsk(device)}
          keep={LAZY_TEXTS.cancel}
          onConfirm={onEnd}
        />
      )}
    </li>
  );
}

function deviceOf({ device }: LoginEntry): string {
  return device ?? LAZY_TEXTS.unknownDevice;
}
