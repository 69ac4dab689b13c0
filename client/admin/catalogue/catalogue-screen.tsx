/** `/admin/catalogue`: the items that events are made of. */
import { useState } from 'preact/hooks';
import type { Item } from '../../../worker/contract/catalogue.ts';
import { isolated } from '../../format/direction.ts';
import { Heading } from '../../ui/heading.tsx';
import { Picture } from '../../ui/picture.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { useAddressFilter } from '../lists/address-filter.ts';
import { Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { SavedViews } from '../lists/saved-views.tsx';
import { type Column, Table } from '../lists/table.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function CatalogueScreen() {
  const title = ADMIN_TEXTS.sections.catalogue;
  useDocumentTitle(title);
  const { filter, href, setFilter } = useAddressFilter('/admin/catalogue', (query) => ({
    q: query['q'] ?? '',
  }));
  return (
    <>
      <header class="admin-head">
        <Heading>{title}</Heading>
        <NewItem />
      </header>
      <Filters
        texts={{ q: ADMIN_TEXTS.searchItems }}
        values={filter}
        onApply={({ q }) => setFilter({ q })}
      />
      <SavedViews list="catalogue" href={href} />
      <Items q={filter.q} />
    </>
  );
}

function Items({ q }: { q: string }) {
  const admin = useAdmin();
  // Pages after the first are not asked for again.
  const [deleted, setDeleted] = useState<ReadonlySet<string>>(new Set());

  function onDeleted({ id }: Item, refresh: () => void) {
    setDeleted((before) => new Set(before).add(id));
    // The focus was on what is gone.
    document.querySelector<HTMLElement>('main h1')?.focus();
    refresh();
  }
  return (
    <Listing<Item>
      of={q}
      empty={q ? ADMIN_TEXTS.itemsNoneMatch : ADMIN_TEXTS.catalogueEmpty}
      emptyAction={q ? <a href="/admin/catalogue">{ADMIN_TEXTS.orders.clear}</a> : <NewItem />}
      load={async (cursor) => {
        const result = await admin.listItems({ q }, cursor);
        if (!result.ok) return result;
        const { items, nextCursor } = result.value;
        return { ok: true, value: { entries: items, nextCursor } };
      }}
    >
      {(items, refresh) => (
        <Table
          name="catalogue"
          caption={ADMIN_TEXTS.sections.catalogue}
          columns={itemColumns((item) => onDeleted(item, refresh))}
          entries={items.filter(({ id }) => !deleted.has(id))}
        />
      )}
    </Listing>
  );
}

function NewItem() {
  return (
    <a class="button button-primary" href="/admin/catalogue/new">
      {ADMIN_TEXTS.newItem}
    </a>
  );
}

function itemColumns(onDeleted: (item: Item) => void): readonly Column<Item>[] {
  const { number, lists } = ADMIN_TEXTS;
  const { heads } = lists;
  return [
    {
      name: 'item',
      title: heads.item,
      isText: true,
      cell: ({ id, name, imageUrl }) => (
        <span class="cell-item">
          <span class="cell-picture">
            {imageUrl && <Picture key={imageUrl} url={imageUrl} width={32} height={24} />}
          </span>
          <a href={`/admin/catalogue/${id}`} dir="auto">
            {name}
          </a>
        </span>
      ),
    },
    {
      name: 'category',
      title: heads.category,
      isText: true,
      cell: ({ category }) => <bdi>{category}</bdi>,
    },
    {
      name: 'variants',
      title: heads.variants,
      isNumber: true,
      card: 'none',
      cell: ({ variants }) => variants.length > 0 && number(variants.length),
    },
    {
      name: 'actions',
      title: heads.actions,
      card: 'end',
      cell: (item) => <DeleteItem item={item} onDeleted={() => onDeleted(item)} />,
    },
  ];
}

function DeleteItem({ item, onDeleted }: { item: Item; onDeleted(): void }) {
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  const { deleteItem, deleteAsk, deleteBody, actionFor } = ADMIN_TEXTS;
  const name = isolated(item.name);
  return (
    <div class="cell-actions">
      <ConfirmButton
        action={deleteItem}
        label={actionFor(deleteItem, name)}
        ask={deleteAsk(name)}
        body={deleteBody}
        kind="quiet"
        isInert={isSending}
        onConfirm={() => run(() => admin.deleteItem(item.id), onDeleted)}
      />
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
