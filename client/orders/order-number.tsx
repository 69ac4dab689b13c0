/** An order's number, large enough to read out, and the way to copy it. */
import { useMemo } from 'preact/hooks';
import { createSubmission } from '../account/submission.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
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

const NOT_COPIED: CallProblem = { code: 'forbidden' };

/** Some browsers have no clipboard for pages, as on plain http, and some ask first. */
async function copyText(text: string): Promise<Result<null>> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return { ok: false, problem: NOT_COPIED };
  return clipboard.writeText(text).then(
    () => ({ ok: true, value: null }),
    () => ({ ok: false, problem: NOT_COPIED }),
  );
}
