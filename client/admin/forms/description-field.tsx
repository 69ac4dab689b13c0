/** The description of an event or of an item: plain text of some lines. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { Labelled } from './labelled.tsx';

/** As the contract has it. */
const CHARS_MAX = 2_000;

export interface DescriptionFieldProps {
  readonly value: string;
  readonly errors: readonly FieldError[];
  change(fields: { description: string }): void;
}

export function DescriptionField({ value, errors, change }: DescriptionFieldProps) {
  return (
    <Labelled label={ADMIN_TEXTS.description} errors={errors} path="description">
      {(control) => (
        <textarea
          dir="auto"
          {...control}
          rows={4}
          maxLength={CHARS_MAX}
          value={value}
          onInput={({ currentTarget }) => change({ description: currentTarget.value })}
        />
      )}
    </Labelled>
  );
}
