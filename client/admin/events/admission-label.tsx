/** That an event is a draw, beside its status. What is first come, as most are, is not labelled. */
import type { Admission } from '../../../worker/contract/queue.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function AdmissionLabel({ admission }: { admission: Admission }) {
  if (admission !== 'draw') return null;
  return <span class="label">{ADMIN_TEXTS.queue.plan.formats.draw}</span>;
}
