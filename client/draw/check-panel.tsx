/** The check on a draw's page: starts it, shows how far it is, and what it found. Must not compute. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QueueEntry } from '../../worker/contract/queue.ts';
import { Button } from '../ui/button.tsx';
import type { CheckNews, StartCheck } from './background/check-messages.ts';
import { CheckOutcome, verdictOf } from './check-outcome.tsx';
import { CopyButton } from './copy-button.tsx';
import { DRAW_TEXTS } from './texts/texts.ts';

const RECEIPT_CHARS_MAX = 4_000;

export type KnownEntry = Pick<QueueEntry, 'id' | 'eventItemId' | 'receipt'>;

export interface CheckPanelProps {
  readonly eventId: string;
  /** Null where nothing can be started yet: the server draws it so. */
  readonly start: StartCheck | null;
  /** Those that are known to be one's own. */
  readonly ownEntries: readonly KnownEntry[];
  /** What a link brought along; may be empty. */
  readonly receipt: string;
  nameOf(eventItemId: string): string | undefined;
  timeOf(instant: string): string;
}

type Shown = CheckNews | { readonly step: 'idle' } | { readonly step: 'begun' };

export function CheckPanel(props: CheckPanelProps) {
  const { eventId, start, ownEntries, nameOf, timeOf } = props;
  const [shown, setShown] = useState<Shown>({ step: 'idle' });
  const [receipt, setReceipt] = useState(props.receipt);
  const end = useRef<() => void>(() => {});
  useEffect(() => () => end.current(), []);
  const isRunning = shown.step === 'begun' || shown.step === 'reading';

  function check() {
    if (start === null) return;
    end.current();
    setShown({ step: 'begun' });
    const text = receipt.trim();
    const own = { entryIds: ownEntries.map(({ id }) => id), ...(text && { receipt: text }) };
    end.current = start({ eventId, own }, setShown);
  }
  function stop() {
    end.current();
    setShown({ step: 'idle' });
  }
  return (
    <section class="draw-check" aria-labelledby="draw-check">
      <h2 id="draw-check">{DRAW_TEXTS.checkTitle}</h2>
      <p>{DRAW_TEXTS.checkLead}</p>
      <Receipt value={receipt} onType={setReceipt} />
      {ownEntries.length > 0 && <Known entries={ownEntries} nameOf={nameOf} />}
      <div class="actions">
        {/* One place in the tree, so that the focus stays on it. */}
        <Button isInert={isRunning || start === null} onPress={check}>
          {shown.step === 'checked' ? DRAW_TEXTS.checkAgain : DRAW_TEXTS.check}
        </Button>
        {isRunning && (
          <Button kind="quiet" onPress={stop}>
            {DRAW_TEXTS.stop}
          </Button>
        )}
      </div>
      {isRunning && <Progress shown={shown} />}
      {/* One sentence is read out; who wants to know more reads on. */}
      <output class="visually-hidden">{shown.step === 'checked' && verdictOf(shown.result)}</output>
      {shown.step === 'failed' && (
        <p class="notice" role="alert">
          {DRAW_TEXTS.failed}
        </p>
      )}
      {shown.step === 'checked' && (
        <CheckOutcome result={shown.result} nameOf={nameOf} timeOf={timeOf} />
      )}
    </section>
  );
}

/** What is shown of them here can be kept: a receipt proves most where it was kept since entering. */
function Known({
  entries,
  nameOf,
}: { entries: readonly KnownEntry[] } & Pick<CheckPanelProps, 'nameOf'>) {
  return (
    <div>
      <p>{DRAW_TEXTS.ownKnown(entries.length)}</p>
      {entries.map(
        ({ id, eventItemId, receipt }) =>
          receipt && (
            <p key={id} class="draw-receipt">
              {DRAW_TEXTS.keepReceipt}{' '}
              <CopyButton
                name={DRAW_TEXTS.receiptFor(nameOf(eventItemId) ?? eventItemId)}
                text={receipt}
              />
            </p>
          ),
      )}
    </div>
  );
}

function Receipt({ value, onType }: { value: string; onType(text: string): void }) {
  return (
    <div class="field">
      <label for="draw-receipt">{DRAW_TEXTS.receipt}</label>
      <textarea
        id="draw-receipt"
        rows={3}
        dir="ltr"
        spellcheck={false}
        autocomplete="off"
        maxLength={RECEIPT_CHARS_MAX}
        value={value}
        aria-describedby="draw-receipt-hint"
        onInput={(event) => onType(event.currentTarget.value)}
      />
      <p id="draw-receipt-hint" class="field-hint">
        {DRAW_TEXTS.receiptHint}
      </p>
      <p class="field-hint">
        {DRAW_TEXTS.receiptLost} <a href="/orders">{DRAW_TEXTS.receiptLostWay}</a>
      </p>
    </div>
  );
}

function Progress({ shown }: { shown: Shown }) {
  const { records, of } = shown.step === 'reading' ? shown : { records: 0, of: 0 };
  const words =
    shown.step === 'begun'
      ? DRAW_TEXTS.loadingList
      : records < of
        ? DRAW_TEXTS.progress(records, of)
        : DRAW_TEXTS.computing;
  return (
    <div class="draw-progress">
      <progress
        aria-label={DRAW_TEXTS.progressLabel}
        max={of || 1}
        {...(shown.step === 'reading' && { value: records })}
      />
      <p>{words}</p>
    </div>
  );
}
