/** Where one is signed in: each device with the chance to end it, and the way out everywhere. */
import { useEffect, useState } from 'preact/hooks';
import type { LoginEntry } from '../../worker/contract/accounts.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { AskTwice } from '../ui/ask-twice.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { type Member, useMember } from './use-member.ts';
import { useSignOut } from './use-sign-out.ts';

const PLACE = 'profile-logins';

export function Logins() {
  const signOut = useSignOut();
  const { logins, ended, problem, load, end } = useLogins(useMember(PLACE));
  return (
    <section id={PLACE} aria-labelledby="profile-logins-title">
      <h2 id="profile-logins-title">{LAZY_TEXTS.loginsTitle}</h2>
      <p class="section-lead">{LAZY_TEXTS.loginsLead}</p>
      {logins && (
        <ul class="logins">
          {logins.map((login) => (
            <LoginRow key={login.id} login={login} onEnd={() => void end(login)} />
          ))}
        </ul>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <output class="saved">{ended !== null && LAZY_TEXTS.loginEnded(ended)}</output>
      <div class="actions">
        {problem && (
          <Button kind="quiet" onPress={() => void load()}>
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
  const { device, current, lastUsedAt, createdAt } = login;
  return (
    <li>
      <p class="login-device">{device ?? LAZY_TEXTS.unknownDevice}</p>
      <p class="order-meta">{LAZY_TEXTS.lastUsed(formatInstant(lastUsedAt, { locale }))}</p>
      <p class="order-meta">{LAZY_TEXTS.signedInSince(formatInstant(createdAt, { locale }))}</p>
      {current ? (
        <p class="login-current">{LAZY_TEXTS.thisDevice}</p>
      ) : (
        <AskTwice
          action={TEXTS.signOut}
          ask={LAZY_TEXTS.endLoginAsk(device ?? LAZY_TEXTS.unknownDevice)}
          keep={LAZY_TEXTS.cancel}
          onConfirm={onEnd}
        />
      )}
    </li>
  );
}

function useLogins({ act }: Member) {
  const { api } = useShop();
  const [logins, setLogins] = useState<readonly LoginEntry[] | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const [problem, setProblem] = useState<CallProblem | null>(null);

  async function load() {
    const result = await act(() =>
      api.asCaller((client, as) => client.api.v1.profile.logins.$get({}, as)),
    );
    setProblem(result.ok ? null : result.problem);
    if (result.ok) setLogins(result.value.logins);
  }
  async function end({ id, device }: LoginEntry) {
    const result: Result<null> = await act(() =>
      api.asCaller((client, as) =>
        client.api.v1.profile.logins[':id'].$delete({ param: { id } }, as),
      ),
    );
    // It has ended by itself, or on another device, which is what was wanted.
    const isGone = result.ok || result.problem.code === 'not_found';
    setProblem(isGone ? null : result.problem);
    if (!isGone) return;
    setLogins((before) => before?.filter((login) => login.id !== id) ?? null);
    setEnded(device ?? LAZY_TEXTS.unknownDevice);
  }
  useEffect(() => void load(), []);
  return { logins, ended, problem, load, end };
}
