/** On the profile: the address that is kept for the next order, to be seen, changed and deleted. */
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Address, ProfileAddress } from '../../worker/contract/address.ts';
import { createAddressApi } from '../address/address-api.ts';
import { LateAddress } from '../address/late-address.tsx';
import type { Call } from '../api/api.ts';
import { useShop } from '../shop/shop.ts';
import { usePolled } from '../shop/use-polled.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { AskTwice } from '../ui/ask-twice.tsx';
import { Button } from '../ui/button.tsx';
import { Failed, Loading } from '../ui/page-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createSubmission } from './submission.ts';
import { useMember } from './use-member.ts';

const PLACE = 'profile-address';
/** It changes when its owner changes it, here or on another device. */
const EVERY_MS = 300_000;

export function AddressSection() {
  const shop = useShop();
  const { address: texts } = LAZY_TEXTS;
  const api = useMemo(() => createAddressApi(shop.api), [shop.api]);
  const { act } = useMember(PLACE);
  const { value, problem, patch, refresh } = usePolled<ProfileAddress>({
    of: 'own address',
    key: '',
    load: () => api.own(),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  return (
    <section id={PLACE} aria-labelledby={`${PLACE}-title`}>
      <h2 id={`${PLACE}-title`}>{texts.title}</h2>
      <p class="section-lead">{texts.profileLead}</p>
      {value && (
        <Kept
          address={value.address}
          keep={(address) => act(() => api.keepOwn(address))}
          forget={() => act(() => api.forgetOwn())}
          onChanged={(address) => patch(() => ({ address }))}
        />
      )}
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading rows={2} />}
    </section>
  );
}

interface KeptProps {
  readonly address: Address | null;
  keep(address: Address): Call<ProfileAddress>;
  forget(): Call<null>;
  onChanged(address: Address | null): void;
}

function Kept({ address, keep, forget, onChanged }: KeptProps) {
  const { address: texts } = LAZY_TEXTS;
  const [isOpen, setIsOpen] = useState(false);
  const shown = useRef<HTMLDivElement>(null);
  // What they call is as it was when they were made: the same, whatever is drawn since.
  const keeping = useMemo(() => createSubmission(keep, (kept) => onChanged(kept.address)), []);
  const forgetting = useMemo(() => createSubmission<void, null>(forget), []);
  const { isSaved, isSending, problem } = keeping.state.value;
  const said = isSaved && address !== null ? texts.savedNow : '';

  function close() {
    setIsOpen(false);
    // The form is gone, with the focus in it.
    shown.current?.focus();
  }
  async function leave() {
    if (!(await forgetting.submit())) return;
    onChanged(null);
    shown.current?.focus();
  }
  return (
    <div class="kept-address" ref={shown} tabIndex={-1}>
      <LateAddress>
        {({ AddressForm, AddressText }) =>
          isOpen ? (
            <AddressForm
              name="own address"
              start={address}
              action={texts.save}
              {...{ isSending, problem }}
              onSubmit={async (typed) => {
                const isTaken = await keeping.submit(typed);
                if (isTaken) close();
                return isTaken;
              }}
              onCancel={close}
            />
          ) : address ? (
            <AddressText address={address} />
          ) : (
            <p>{texts.none}</p>
          )
        }
      </LateAddress>
      <output class="saved">
        {!isOpen && (said || (forgetting.state.value.isSaved && !address && texts.forgotten))}
      </output>
      {forgetting.state.value.problem && <ProblemNotice problem={forgetting.state.value.problem} />}
      {!isOpen && (
        <div class="actions">
          <Button kind="quiet" onPress={() => setIsOpen(true)}>
            {address ? texts.change : texts.add}
          </Button>
          {address && (
            <AskTwice
              action={texts.forget}
              ask={texts.forgetAsk}
              keep={LAZY_TEXTS.cancel}
              isInert={forgetting.state.value.isSending}
              onConfirm={() => void leave()}
            />
          )}
        </div>
      )}
    </div>
  );
}
