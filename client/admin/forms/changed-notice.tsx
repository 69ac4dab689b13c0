/** What another admin changed while a form was open, and the two ways on. Must not decide between them. */

import type { CallProblem } from '../../api/call-problem.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface ChangedNoticeProps {
  readonly problem: CallProblem;
  /** What is there now, of the fields that were changed. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly isSending: boolean;
  onTake(): void;
  onKeep(): void;
}

export function ChangedNotice({ problem, fields, isSending, ...ways }: ChangedNoticeProps) {
  const { locale } = useShop();
  const { changed } = ADMIN_TEXTS;
  const { name, at } = problem.changedBy ?? {};
  const time = at && formatInstant(at, { locale });
  return (
    <div class="notice" role="alert">
      <p class="notice-title">
        {time ? changed.by(name ?? changed.somebody, time) : changed.title}
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ label, value }) => (
            <li key={label}>
              <strong>{label}:</strong> {value}
            </li>
          ))}
        </ul>
      )}
      <p>{changed.kept}</p>
      <Button kind="quiet" isInert={isSending} onPress={ways.onTake}>
        {changed.take}
      </Button>{' '}
      <Button kind="quiet" isInert={isSending} onPress={ways.onKeep}>
        {changed.keep}
      </Button>
    </div>
  );
}
