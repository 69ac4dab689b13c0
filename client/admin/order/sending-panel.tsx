/** Says of an order that it was sent, and where its way is shown, or takes that back. Must not decide what may be sent. */
import { useState } from 'preact/hooks';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFocusRescue } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { isKept } from '../orders/order-state.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface SendingPanelProps {
  readonly order: AdminOrderDetail;
  onChanged(order: AdminOrderDetail): void;
  /** Shows its packing slip. */
  onPack(): void;
}

export function SendingPanel({ order, onChanged, onPack }: SendingPanelProps) {
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  /** Null while nothing else than what is saved was typed. */
  const [typed, setTyped] = useState<string | null>(null);
  const [done, setDone] = useState('');
  const panel = useFocusRescue<HTMLElement>(isSending);
  const { order: texts, orders } = ADMIN_TEXTS;
  const { sending } = texts;
  const isSent = order.sentAt !== null;
  const link = typed ?? order.trackingUrl ?? '';
  if (!isSent && !isKept(order)) return null;

  function send(call: () => ReturnType<typeof admin.markSent>, words: string) {
    setDone('');
    run(call, (changed) => {
      setTyped(null);
      setDone(words);
      onChanged(changed);
    });
  }
  return (
    <section class="order-section" aria-labelledby="order-sending" ref={panel} tabIndex={-1}>
      <h2 id="order-sending">{orders.delivery}</h2>
      {!order.needsAddress && order.address === null && (
        <p class="field-hint">{sending.noAddress}</p>
      )}
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const words = isSent ? sending.saved : sending.marked;
          send(() => admin.markSent(order.id, link.trim() || null), words);
        }}
      >
        <Labelled
          label={sending.link}
          hint={isSent ? sending.linkHint : `${sending.linkHint} ${sending.markHint}`}
          errors={problem?.fields ?? []}
          path="trackingUrl"
        >
          {(control) => (
            <input
              {...control}
              type="url"
              autoComplete="off"
              value={link}
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          )}
        </Labelled>
        {problem && <ProblemNotice problem={problem} />}
        <Button type="submit" kind="quiet" isInert={isSending}>
          {isSent ? sending.save : sending.mark}
        </Button>
      </form>
      {/* Beside what was pressed: the top may be off the screen. */}
      <output>{done}</output>
      <Actions
        order={order}
        isInert={isSending}
        onPack={onPack}
        onTakeBack={() => send(() => admin.takeSentBack(order.id), sending.tookBack)}
      />
    </section>
  );
}

interface ActionsProps extends Pick<SendingPanelProps, 'onPack' | 'order'> {
  readonly isInert: boolean;
  onTakeBack(): void;
}

function Actions({ order, isInert, onPack, onTakeBack }: ActionsProps) {
  const { packing, sending } = ADMIN_TEXTS.order;
  return (
    <div class="actions">
      {isKept(order) && (
        <Button kind="quiet" onPress={onPack}>
          {packing.slip}
        </Button>
      )}
      {order.sentAt !== null && (
        <ConfirmButton
          action={sending.takeBack}
          ask={sending.takeBackAsk}
          body={sending.takeBackBody}
          kind="quiet"
          isInert={isInert}
          onConfirm={onTakeBack}
        />
      )}
    </div>
  );
}
