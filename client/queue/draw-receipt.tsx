/** The receipt of one's entry in a draw: to keep it, and to look for oneself in the list by it. */
import { useMemo } from 'preact/hooks';
import type { QueueEntry } from '../../worker/contract/queue.ts';
import { createSubmission } from '../account/submission.ts';
import { copyText } from '../page/copy-text.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { number } from '../texts/numbers.ts';
import { Button } from '../ui/button.tsx';

/** Nothing where the entry is in no chain. */
export function DrawReceipt({ entry }: { entry: QueueEntry }) {
  const { queue: texts, order } = LAZY_TEXTS;
  const { state, submit } = useMemo(() => createSubmission(copyText), []);
  const { record, receipt, eventId } = entry;
  if (record === null || receipt === null) return null;
  const { isSaved, problem } = state.value;
  return (
    <details>
      <summary>{texts.receipt(number(record.seq))}</summary>
      <p class="queue-small">{texts.receiptHint}</p>
      <p>
        <a href={`/events/${eventId}/draw#receipt=${receipt}`}>{texts.receiptCheck}</a>
      </p>
      <Button kind="quiet" onPress={() => void submit(receipt)}>
        {texts.receiptCopy}
      </Button>
      <output class="saved">
        {isSaved && order.copied}
        {problem && order.notCopied}
      </output>
    </details>
  );
}
