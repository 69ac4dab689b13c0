/** Above the list of the outbox: that something was given up, and the way to it. Draws nothing without. */
import type { OutboxList } from '../../../worker/contract/outbox-list.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const EVERY_MS = 30_000;

export function GivenUpNotice({ onShow }: { onShow(): void }) {
  const admin = useAdmin();
  const { value } = usePolled<OutboxList>({
    of: 'given up',
    key: '',
    load: () => admin.listOutbox({ outcome: 'given_up' }),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  if (value === null || value.rows.length === 0) return null;
  const { outbox, payments } = ADMIN_TEXTS;
  return (
    <div class="notice">
      <p class="notice-title">
        {outbox.givenUp(value.rows.length, { isMore: value.nextCursor !== null })}
      </p>
      <Button kind="quiet" onPress={onShow}>
        {payments.attention.show}
      </Button>
    </div>
  );
}
