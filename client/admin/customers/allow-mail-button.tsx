/** Has mail sent again to an account whose address it came back from. Must not know whether it did. */
import type { CustomerDetail } from '../../../worker/contract/administration.ts';
import { useAdmin } from '../api/admin-context.ts';
import type { Action } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface AllowMailButtonProps {
  readonly userId: string;
  /** Its address or id, as it is shown. */
  readonly whom: string;
  readonly action: Action;
  onAllowed(customer: CustomerDetail): void;
}

export function AllowMailButton({ userId, whom, action, onAllowed }: AllowMailButtonProps) {
  const admin = useAdmin();
  const { actionFor, outbox } = ADMIN_TEXTS;
  return (
    <ConfirmButton
      action={outbox.allowMail}
      label={actionFor(outbox.allowMail, whom)}
      ask={outbox.allowMailAsk(whom)}
      body={outbox.allowMailBody}
      kind="quiet"
      isInert={action.isSending}
      onConfirm={() => action.run(() => admin.allowMail(userId), onAllowed)}
    />
  );
}
