/** An order's number, large enough to read out, and the way to copy it. */
import { useMemo } from 'preact/hooks';
import { createSubmission } from '../account/submission.ts';
import { copyText } from '../page/copy-text.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';

export function OrderNumber({ number }: { number: string }) {
  const { order } = LAZY_TEXTS;
  const { state, submit } = useMemo(() => createSubmission(copyText), []);
  const { isSaved, problem } = state.value;
  return (
    <div class="order-number">
      <p class="order-number-label">{order.number}</p>
      {/* Each character is read by itself: as a word it is nothing. */}
      <p class="order-number-digits" translate={false}>
        <span aria-hidden="true">{number}</span>
        <span class="visually-hidden">{number.replaceAll('-', ',').split('').join(' ')}</span>
      </p>
      <div class="actions unprinted">
        <Button kind="quiet" onPress={() => void submit(number)}>
          {order.copy}
        </Button>
        <output class="saved">
          {isSaved && order.copied}
          {problem && order.notCopied}
        </output>
      </div>
    </div>
  );
}
