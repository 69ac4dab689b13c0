/** `/admin/catalogue/new` and `/admin/catalogue/:id`: one item of the catalogue. */
import type { ComponentChildren } from 'preact';
import { usePolled } from '../../shop/use-polled.ts';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useCreationKey } from '../forms/use-creation-key.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { draftOf, NO_ITEM } from './item-draft.ts';
import { ItemForm } from './item-form.tsx';

export function NewItemScreen() {
  useDocumentTitle(ADMIN_TEXTS.newItem);
  const admin = useAdmin();
  const once = useCreationKey();
  return (
    <ItemPage title={ADMIN_TEXTS.newItem}>
      <ItemForm
        start={NO_ITEM}
        kept={{ name: 'new item', base: NO_ITEM }}
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
          start={draftOf(value)}
          kept={{ name: `item ${id}`, base: draftOf(value) }}
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
