/** `/admin/catalogue/new` and `/admin/catalogue/:id`: one item of the catalogue. */
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import type { Item, ItemInput } from '../../../worker/contract/catalogue.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import type { Result } from '../../api/call-problem.ts';
import { type DraftOf, useDraft } from '../../shop/use-draft.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import type { Versioned } from '../api/admin-api.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ChangedNotice } from '../forms/changed-notice.tsx';
import { DescriptionField } from '../forms/description-field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { type Shown, useConflict } from '../forms/use-conflict.ts';
import { useCreationKey } from '../forms/use-creation-key.ts';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const NO_ITEM: ItemInput = { name: '', description: '', category: '', imageUrl: null };

export function NewItemScreen() {
  useDocumentTitle(ADMIN_TEXTS.newItem);
  const admin = useAdmin();
  const once = useCreationKey();
  return (
    <ItemPage title={ADMIN_TEXTS.newItem}>
      <ItemForm
        start={NO_ITEM}
        kept={{ name: 'new item', base: null }}
        action={ADMIN_TEXTS.createItem}
        send={(input) => once((key) => admin.createItem(input, key))}
      />
    </ItemPage>
  );
}

export function EditItemScreen({ id }: { id: string }) {
  useDocumentTitle(ADMIN_TEXTS.editItem);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled({
    of: 'item',
    key: id,
    load: () => admin.getItem(id),
    pace: () => ({ everyMs: 60_000, momentsMs: [] }),
  });
  return (
    <ItemPage title={ADMIN_TEXTS.editItem}>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      {value && (
        <ItemForm
          start={inputOf(value)}
          kept={{ name: `item ${id}`, base: inputOf(value) }}
          action={ADMIN_TEXTS.save}
          version={value.version}
          send={(input, version) => admin.replaceItem(id, input, version)}
          reload={() => admin.getItem(id)}
        />
      )}
    </ItemPage>
  );
}

function ItemPage({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="narrow">
      <p class="back">
        <a href="/admin/catalogue">{ADMIN_TEXTS.back.catalogue}</a>
      </p>
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

/** What this form edits. */
type ItemTexts = Omit<ItemInput, 'variants'>;

interface ItemFormProps {
  readonly start: ItemTexts;
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

function ItemForm({ start, kept, action, version, send, reload }: ItemFormProps) {
  const { route } = useLocation();
  const { fields: draft, change, forget } = useDraft(kept, start);
  const conflict = useConflict<ItemTexts>({ draft: start, version }, reload && shown(reload));
  const { theirs } = conflict;
  const { isSending, problem, run, clear } = useAction();
  const form = useFaultFocus(problem);
  const errors = problem?.fields ?? [];

  function submit(seen = conflict.version) {
    const { name, description, category, imageUrl } = draft;
    const input = { name, description, category, imageUrl: imageUrl?.trim() || null };
    run(
      async () => {
        const result = await send(input, seen);
        if (!result.ok && result.problem.code === 'precondition_failed') await conflict.read();
        return result;
      },
      () => {
        forget();
        route('/admin/catalogue');
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
    conflict.goOn();
    submit(theirs?.version);
  }
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ItemWords draft={draft} errors={errors} change={change} />
      {problem && !theirs && <FormProblem problem={problem} />}
      {problem && theirs && (
        <ChangedNotice
          problem={problem}
          fields={theirs.fields.map((name) => ({
            label: labels()[name],
            value: theirs.draft[name] ?? '',
          }))}
          isSending={isSending}
          onTake={take}
          onKeep={keep}
        />
      )}
      <Button type="submit" isInert={isSending}>
        {isSending ? ADMIN_TEXTS.saving : action}
      </Button>
    </form>
  );
}

function shown(reload: NonNullable<ItemFormProps['reload']>) {
  return async (): Promise<Result<Shown<ItemTexts>>> => {
    const now = await reload();
    if (!now.ok) return now;
    return { ok: true, value: { draft: inputOf(now.value), version: now.value.version } };
  };
}

function inputOf({ name, description, category, imageUrl }: Item): ItemTexts {
  return { name, description, category, imageUrl };
}

function labels(): Record<keyof ItemTexts, string> {
  const { itemName: name, description, category, imageUrl } = ADMIN_TEXTS;
  return { name, description, category, imageUrl };
}

interface ItemWordsProps {
  readonly draft: ItemTexts;
  readonly errors: readonly FieldError[];
  change(fields: Partial<ItemTexts>): void;
}

function ItemWords({ draft, errors, change }: ItemWordsProps) {
  const lines = [
    { name: 'name', label: ADMIN_TEXTS.itemName },
    { name: 'category', label: ADMIN_TEXTS.category },
    { name: 'imageUrl', label: ADMIN_TEXTS.imageUrl, hint: ADMIN_TEXTS.imageHint },
  ] as const;
  return (
    <>
      {lines.map(({ name, ...labelled }) => (
        <Labelled key={name} {...labelled} errors={errors} path={name}>
          {(control) => (
            <input
              {...control}
              type="text"
              dir="auto"
              autoComplete="off"
              value={draft[name] ?? ''}
              onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
            />
          )}
        </Labelled>
      ))}
      {/* As the shop will show it; half an address is no picture yet, and shows nothing. */}
      {draft.imageUrl && (
        <Picture
          key={draft.imageUrl}
          class="picture-preview"
          url={draft.imageUrl}
          alt={draft.name}
          width={320}
          height={240}
        />
      )}
      <DescriptionField value={draft.description} errors={errors} change={change} />
    </>
  );
}
