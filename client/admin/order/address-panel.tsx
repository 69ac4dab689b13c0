/** Where an order goes: to be copied onto a parcel, and corrected until it is sent. Must not decide what may be changed. */
import { useMemo, useState } from 'preact/hooks';
import type { Address } from '../../../worker/contract/address.ts';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import { createSubmission } from '../../account/submission.ts';
import { LateAddress, type LateAddressProps } from '../../address/late-address.tsx';
import { copyText } from '../../page/copy-text.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { Button } from '../../ui/button.tsx';
import { useFocusRescue } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { isKept } from '../orders/order-state.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface AddressPanelProps extends Pick<LateAddressProps, 'load'> {
  readonly order: AdminOrderDetail;
  onChanged(order: AdminOrderDetail): void;
}

export function AddressPanel({ order, load, onChanged }: AddressPanelProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const panel = useFocusRescue<HTMLElement>(isOpen);
  const { address: texts } = ADMIN_TEXTS;
  const { address, needsAddress } = order;
  if (!needsAddress && address === null) return null;
  const mayChange = isToBeSent(order);
  const change = mayChange && (
    <div class="actions">
      <Button kind="quiet" onPress={() => setIsOpen(true)}>
        {address === null ? texts.enter : texts.correct}
      </Button>
    </div>
  );
  return (
    <section class="order-section" aria-labelledby="order-address" ref={panel} tabIndex={-1}>
      <h2 id="order-address">{LAZY_TEXTS.address.title}</h2>
      <output>{isSaved && !isOpen && texts.saved}</output>
      {address === null && !isOpen && (
        <p class={mayChange ? 'address-missing' : ''}>
          {mayChange ? texts.missingNote : texts.erased}
        </p>
      )}
      {isOpen && (
        <Correction
          order={order}
          onCancel={() => setIsOpen(false)}
          onCorrected={(changed) => {
            setIsOpen(false);
            setIsSaved(true);
            onChanged(changed);
          }}
        />
      )}
      {!isOpen && address && (
        <LateAddress load={load}>
          {({ AddressText, addressLines }) => (
            <>
              <AddressText address={address} />
              <Copy key={JSON.stringify(address)} text={addressLines(address).join('\n')} />
              {/* Here, so that nobody corrects what is not shown. */}
              {change}
            </>
          )}
        </LateAddress>
      )}
      {order.sentAt !== null && address !== null && <p class="field-hint">{texts.fixed}</p>}
      {!isOpen && address === null && change}
    </section>
  );
}

interface CorrectionProps {
  readonly order: AdminOrderDetail;
  onCorrected(order: AdminOrderDetail): void;
  onCancel(): void;
}

function Correction({ order, onCorrected, onCancel }: CorrectionProps) {
  const admin = useAdmin();
  const { state, submit } = useMemo(
    () =>
      createSubmission(
        (address: Address) => admin.correctAddress(order.id, address),
        (changed) => onCorrected(changed),
      ),
    [admin, order.id],
  );
  const { isSending, problem } = state.value;
  return (
    <LateAddress>
      {({ OrderAddressForm }) => (
        <OrderAddressForm
          eventId={order.eventId}
          name={`corrected address ${order.id}`}
          start={order.address}
          action={ADMIN_TEXTS.address.save}
          {...{ isSending, problem }}
          onSubmit={submit}
          onCancel={onCancel}
        />
      )}
    </LateAddress>
  );
}

function Copy({ text }: { text: string }) {
  const { address: texts } = ADMIN_TEXTS;
  const { state, submit } = useMemo(() => createSubmission(copyText), []);
  const { isSaved, problem } = state.value;
  return (
    <div class="actions">
      <Button kind="quiet" onPress={() => void submit(text)}>
        {texts.copy}
      </Button>
      <output class="saved">
        {isSaved && texts.copied}
        {problem && texts.notCopied}
      </output>
    </div>
  );
}

/** Also while somebody holds it; not once it is sent, or nothing of it is left to send. */
function isToBeSent(order: AdminOrderDetail): boolean {
  return order.sentAt === null && (order.status === 'pending' || isKept(order));
}
