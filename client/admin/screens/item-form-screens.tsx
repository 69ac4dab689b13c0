/** `/admin/catalogue/new` and `/admin/catalogue/:id`: one item of the catalogue. */
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import type { Item, ItemInput } from '../../../worker/contract/events.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { type DraftOf, useDraft } from '../../hooks/use-draft.ts';
import { useDocumentTitle } from '../../hooks/use-page.ts';
import { usePolled } from '../../hooks/use-polled.ts';
import { Button } from '../../parts/button.tsx';
import { Heading } from '../../parts/heading.tsx';
import { Failed, Loading } from '../../parts/page-state.tsx';
import { Picture } from '../../parts/picture.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { Result } from '../../state/call-problem.ts';
import { useAdmin } from '../admin-context.ts';
import { DescriptionField } from '../parts/description-field.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { ADMIN_TEXTS } from '../texts.ts';
import { useAction } from '../use-action.ts';
import { useFaultFocus } from '../use-fault-focus.ts';

const NO_ITEM: ItemInput = { name: '', description: '', category: '', imageUrl: null };

export function NewItemScreen() {
  useDocumentTitle(ADMIN_TEXTS.newItem);
  const admin = useAdmin();
  return (
    <ItemPage title={ADMIN_TEXTS.newItem}>
      <ItemForm
        start={NO_ITEM}
        kept={{ name: 'new item', base: null }}
        action={ADMIN_TEXTS.createItem}
        send={(input) => admin.createItem(input)}
      />
    </ItemPage>
  );
}

export function EditItemScreen({ id }: { id: string }) {
  useDocumentTitle(ADMIN_TEXTS.editItem);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled({
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
          start={value}
          kept={{ name: `item ${id}`, base: value }}
          action={ADMIN_TEXTS.save}
          send={(input) => admin.replaceItem(id, input)}
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

interface ItemFormProps {
  readonly start: ItemInput;
  /** What its draft is called, and of which state of the item it is. */
  readonly kept: DraftOf;
  readonly action: string;
  send(input: ItemInput): Promise<Result<Item>>;
}

function ItemForm({ start, kept, action, send }: ItemFormProps) {
  const { route } = useLocation();
  const { fields: draft, change, forget } = useDraft(kept, start);
  const { isSending, problem, run } = useAction();
  const form = useFaultFocus(problem);
  const errors = problem?.fields ?? [];

  function submit() {
    const { name, description, category, imageUrl } = draft;
    const input = { name, description, category, imageUrl: imageUrl?.trim() || null };
    run(
      () => send(input),
      () => {
        forget();
        route('/admin/catalogue');
      },
    );
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
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? ADMIN_TEXTS.saving : action}
      </Button>
    </form>
  );
}

interface ItemWordsProps {
  readonly draft: ItemInput;
  readonly errors: readonly FieldError[];
  change(fields: Partial<ItemInput>): void;
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
