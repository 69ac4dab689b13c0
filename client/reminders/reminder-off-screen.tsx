/** `/reminders/off?token=`: turns off the reminder whose mail had the link, by a button. */
import { LinkButton } from '../account/link-button.tsx';
import { useMailLink } from '../account/use-mail-link.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle, useFocusRescue } from '../ui/use-page.ts';
import { createRemindersApi } from './reminders-api.ts';

export function ReminderOffScreen() {
  const { account } = LAZY_TEXTS;
  const { api } = useShop();
  useDocumentTitle(account.remindOffTitle);
  useHeadingFocus();
  const link = useMailLink((_, token) => createRemindersApi(api).turnOff(token));
  const { step, isSending } = link.state.value;
  const outcome = useFocusRescue<HTMLDivElement>(isSending);
  return (
    <div class="form-page">
      <Heading>{account.remindOffTitle}</Heading>
      <LinkButton link={link} lead={account.remindOffLead} sending={account.turningOff}>
        {account.remindOffNow}
      </LinkButton>
      <div class="link-outcome" aria-live="polite" tabIndex={-1} ref={outcome}>
        {step === 'done' && <p class="lead saved">{account.remindOffDone}</p>}
        {(step === 'over' || step === 'missing') && (
          <>
            <p class="lead">{step === 'over' ? account.linkOver : account.linkMissing}</p>
            <p>{account.remindOffAnew}</p>
          </>
        )}
        {step !== 'ready' && (
          <a class="button button-primary" href="/">
            {account.goOn}
          </a>
        )}
      </div>
    </div>
  );
}
