/** `/reminders/off?token=`: turns off the reminder whose mail had the link, by itself. */
import { useMailLink } from '../account/use-mail-link.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { Failed } from '../ui/page-state.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import { createRemindersApi } from './reminders-api.ts';

export function ReminderOffScreen() {
  const { account } = LAZY_TEXTS;
  const { api } = useShop();
  useDocumentTitle(account.remindOffTitle);
  useHeadingFocus();
  const link = useMailLink((_, token) => createRemindersApi(api).turnOff(token));
  const { step, problem } = link.state.value;
  return (
    <div class="form-page">
      <Heading>{account.remindOffTitle}</Heading>
      {step === 'sending' && problem && (
        <Failed problem={problem} onRetry={() => void link.follow()} />
      )}
      <div class="link-outcome" aria-live="polite">
        {step === 'sending' && !problem && <p class="lead">{account.verifying}</p>}
        {step === 'done' && <p class="lead saved">{account.remindOffDone}</p>}
        {(step === 'over' || step === 'missing') && (
          <>
            <p class="lead">{step === 'over' ? account.linkOver : account.linkMissing}</p>
            <p>{account.remindOffAnew}</p>
          </>
        )}
        {step !== 'sending' && (
          <a class="button button-primary" href="/">
            {account.goOn}
          </a>
        )}
      </div>
    </div>
  );
}
