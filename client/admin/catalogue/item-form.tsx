/** The form of an item. Must not decide what is allowed: the server does. */
import { useState } from 'preact/hooks';
import type { Item, ItemInput } from '../../../worker/contract/catalogue.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import type { CallProblem, Result } from '../../api/call-problem.ts';
import { isolated } from '../../format/direction.ts';
import { type DraftOf, useDraft } from '../../shop/use-draft.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Versioned } from '../api/asking.ts';
import { useAction } from '../api/use-action.ts';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { SaveButton } from '../forms/save-button.tsx';
import { useLeaving } from '../forms/saved-note.tsx';
import { translationsText } from '../forms/translations-fields.tsx';
import { type Shown, useConflict } from '../forms/use-conflict.ts';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import {
  draftOf,
  type ItemDraft,
  readDraft,
  rebased,
  type VariantDraft,
  withMore,
} from './item-draft.ts';
import { ItemWords } from './item-words.tsx';
import { VariantsField } from './variants-field.tsx';

export interface ItemFormProps {
  readonly start: ItemDraft;
  /** What its draft is called, and of which state of the item it is. */
  readonly kept: DraftOf;
  readonly action: string;
  /** Of what the form begins with. */
  readonly version?: string | undefined;
  /** @param version what must still be there; undefined where nothing is replaced */
  send(input: ItemInput, version?: string): Promise<Result<Item>>;
  /** Reads what is there now, where something is replaced. */
  reload?(): Promise<Result<Versioned<Item>>>;
}

export function ItemForm(props: ItemFormProps) {
  const { draft, change, errors, refused, conflict, isSending, ...does } = useItemForm(props);
  const { theirs } = conflict;
  const [isUploading, setIsUploading] = useState(false);
  return (
    <form
      ref={does.form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUploading) does.submit();
      }}
    >
      <ItemWords draft={draft} errors={errors} change={change} onUploading={setIsUploading} />
      <VariantsField {...draft} errors={errors} change={change} />
      {does.isUnread && <ProblemNotice problem={{ code: 'malformed' }} />}
      {refused && !theirs && (
        <Refusal
          problem={refused}
          before={conflict.draft.variants}
          now={draft.variants}
          change={change}
        />
      )}
      {refused && theirs && (
        <ChangedNotice
          problem={refused}
          fields={theirs.fields.map((name) => fieldOf(theirs.draft, name))}
          isSending={isSending}
          onTake={does.take}
          onKeep={does.keep}
        />
      )}
      <SaveButton action={props.action} isSending={isSending} isUploading={isUploading} />
    </form>
  );
}

/** What was typed, what is wrong with it, and what becomes of it. */
function useItemForm({ start, kept, version, send, reload }: ItemFormProps) {
  const leaveFor = useLeaving();
  const { fields: draft, change, forget } = useDraft(kept, start);
  const conflict = useConflict<ItemDraft>({ draft: start, version }, reload && shown(reload));
  const { theirs } = conflict;
  const [unread, setUnread] = useState<readonly FieldError[]>([]);
  const { isSending, problem, run, clear } = useAction();
  const form = useFaultFocus(unread, problem);
  const refused = unread.length > 0 ? null : problem;
  const errors = refused?.fields ?? unread;

  function submit(seen = conflict.version, rows = draft.variants) {
    // What stands in the field for more was typed to be added.
    const { variants, left } = withMore(rows, draft.more);
    if (draft.more !== '' && left === 0) change({ variants, more: '' });
    const reading = readDraft(left > 0 ? draft : { ...draft, variants });
    setUnread(reading.ok ? [] : reading.errors);
    if (!reading.ok) return;
    run(
      async () => {
        const result = await send(reading.input, seen);
        if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
        return result;
      },
      () => {
        forget();
        leaveFor({ path: '/admin/catalogue', text: ADMIN_TEXTS.done.itemSaved });
      },
    );
  }
  function take() {
    if (theirs === null) return;
    change(Object.fromEntries(theirs.fields.map((name) => [name, theirs.draft[name]])));
    conflict.goOn();
    clear();
  }
  function keep() {
    if (theirs === null) return;
    conflict.goOn();
    const rows = rebased(draft.variants, theirs.draft.variants);
    change({ variants: rows });
    submit(theirs.version, rows);
  }
  return {
    form,
    draft,
    change,
    errors,
    isUnread: unread.length > 0,
    refused,
    conflict,
    isSending,
    submit,
    take,
    keep,
  };
}

function shown(reload: NonNullable<ItemFormProps['reload']>) {
  return async (): Promise<Result<Shown<ItemDraft>>> => {
    const now = await reload();
    if (!now.ok) return now;
    return { ok: true, value: { draft: draftOf(now.value), version: now.value.version } };
  };
}

/** A field by its label, as words. */
function fieldOf(draft: ItemDraft, name: keyof ItemDraft) {
  const label = labels()[name];
  if (name === 'variants') return { label, value: labelsOf(draft.variants) };
  if (name === 'translations') return { label, value: translationsText(draft.translations) };
  return { label, value: name === 'pictures' ? draft.pictures.join(' ') : draft[name] };
}

function labels(): Record<keyof ItemDraft, string> {
  const { itemName: name, description, category, pictures, variants } = ADMIN_TEXTS;
  const words = { name, description, translations: ADMIN_TEXTS.translations.title, category };
  const ofPictures = { pictures: pictures.title, address: pictures.address };
  const ofVariants = { variants: variants.title, more: variants.more };
  return { ...words, ...ofPictures, ...ofVariants };
}

interface RefusalProps {
  readonly problem: CallProblem;
  readonly before: readonly VariantDraft[];
  readonly now: readonly VariantDraft[];
  change(fields: Pick<ItemDraft, 'variants'>): void;
}

/** Why it could not be saved; with variants that an event sells, which were taken out, and the way back. */
function Refusal({ problem, before, now, change }: RefusalProps) {
  const texts = ADMIN_TEXTS.variants;
  const kept = new Set(now.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id));
  return (
    <>
      <FormProblem problem={problem} />
      {problem.code === 'variant_in_use' && gone.length > 0 && (
        <p class="variants-removed">
          {texts.removed(labelsOf(gone))}{' '}
          <Button kind="quiet" onPress={() => change({ variants: [...now, ...gone] })}>
            {texts.putBack}
          </Button>
        </p>
      )}
    </>
  );
}

function labelsOf(variants: readonly VariantDraft[]): string {
  return variants.map(({ label }) => isolated(label)).join(', ');
}
