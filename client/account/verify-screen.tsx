/** `/verify?token=`: confirms the address that the link was sent to, by a button. */
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle, useFocusRescue } from '../ui/use-page.ts';
import { LinkButton } from './link-button.tsx';
import { signInPath } from './next-path.ts';
import { refreshOwnUser } from './own-user.ts';
import { ResendLink } from './resend-link.tsx';
import { useMailLink } from './use-mail-link.ts';

const PLACE = 'verify';

export function VerifyScreen() {
  const { account } = LAZY_TEXTS;
  const shop = useShop();
  useDocumentTitle(account.verifyTitle);
  useHeadingFocus();
  const link = useMailLink(
    (api, token) => api.verify({ token }),
    () => void refreshOwnUser(shop),
  );
  const { step, isSending, problem } = link.state.value;
  const outcome = useFocusRescue<HTMLDivElement>(isSending);
  // Somebody else confirmed the new address as theirs before.
  const isTaken = problem?.code === 'email_taken';
  const isSignedIn = shop.session.current.value !== null;
  return (
    <div class="form-page" id={PLACE}>
      <Heading>{account.verifyTitle}</Heading>
      <LinkButton link={link} lead={account.verifyLead} sending={account.verifying}>
        {account.verifyNow}
      </LinkButton>
      <div class="link-outcome" aria-live="polite" tabIndex={-1} ref={outcome}>
        {step === 'done' && <Verified isSignedIn={isSignedIn} />}
        {step === 'over' && (
          <Refused words={isTaken ? PROBLEM_TEXTS.email_taken : account.linkOver} />
        )}
        {step === 'missing' && <Refused words={account.linkMissing} />}
      </div>
    </div>
  );
}

function Verified({ isSignedIn }: { isSignedIn: boolean }) {
  const { account } = LAZY_TEXTS;
  return (
    <>
      <p class="lead saved">{account.verified}</p>
      {isSignedIn ? (
        <a class="button button-primary" href="/">
          {account.goOn}
        </a>
      ) : (
        <>
          <p>{account.verifiedSignedOut}</p>
          <a class="button button-primary" href="/sign-in">
            {TEXTS.signIn}
          </a>
        </>
      )}
    </>
  );
}

/** What to do next depends on who asks: the link itself says nothing of whose it was. */
function Refused({ words }: { words: string }) {
  const { account } = LAZY_TEXTS;
  const user = useShop().session.current.value?.user;
  if (user === undefined) {
    return (
      <>
        <p class="lead">{words}</p>
        <p>{account.verifyAnewSignedOut}</p>
        <a class="button button-primary" href={signInPath('/profile')}>
          {TEXTS.signIn}
        </a>
      </>
    );
  }
  if (user.emailVerified) {
    return (
      <>
        <p class="lead">{words}</p>
        <p>{account.verifiedBefore}</p>
        <a class="button button-primary" href="/">
          {account.goOn}
        </a>
      </>
    );
  }
  return (
    <>
      <p class="lead">{words}</p>
      <p>{account.verifyAnew}</p>
      <ResendLink email={user.email} place={PLACE} />
    </>
  );
}
