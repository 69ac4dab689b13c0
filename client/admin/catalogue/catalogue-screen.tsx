/** `/admin/catalogue`: the items that events are made of. */

import { useState } from 'preact/hooks';
import type { Item } from '../../../worker/contract/catalogue.ts';
import { isolated } from '../../format/direction.ts';
import { useKept } from '../../shop/use-kept.ts';
import { Heading } from '../../ui/heading.tsx';
import { Picture } from '../../ui/picture.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { Filters } from '../lists/filters.tsx';
import { Listing } from '../lists/listing.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** @param first what it is searched for at first */
export function CatalogueScreen({ q: first = '' }: { q?: string | undefined }) {
  useDocumentTitle(ADMIN_TEXTS.sections.catalogue);
  const admin = useAdmin();
  const [q, setQ] = useKept('filter', first);
  return (
    <>
      <header class="admin-head">
        <Heading>{ADMIN_TEXTS.sections.catalogue}</Heading>
        <a class="button button-primary" href="/admin/catalogue/new">
          {ADMIN_TEXTS.newItem}
        </a>
      </header>
      <Filters
        texts={{ q: ADMIN_TEXTS.searchItems }}
        values={{ q: first }}
        onApply={(values) => setQ(values.q)}
      />
      <Listing
        of={q}
        empty={q ? ADMIN_TEXTS.itemsNoneMatch : ADMIN_TEXTS.catalogueEmpty}
        load={async (cursor) => {
          const result = await admin.listItems({ q }, cursor);
          if (!result.ok) return result;
          const { items, nextCursor } = result.value;
          return { ok: true, value: { entries: items, nextCursor } };
        }}
      >
        {(item, refresh) => <ItemRow item={item} onDeleted={refresh} />}
      </Listing>
    </>
  );
}

function ItemRow({ item, onDeleted }: { item: Item; onDeleted(): void }) {
  const admin = useAdmin();
  const { isSending, problem, run } = useAction();
  const [isDeleted, setIsDeleted] = useState(false);

  function onGone() {
    // Pages after the first are not asked for again; and the focus was on what is gone.
    setIsDeleted(true);
    document.querySelector<HTMLElement>('main h1')?.focus();
    onDeleted();
  }
  if (isDeleted) return null;
  return (
    <article class="row-line">
      <div class="row-picture">
        {item.imageUrl && (
          <Picture key={item.imageUrl} url={item.imageUrl} width={64} height={48} />
        )}
      </div>
      <div class="row-words">
        <h2 class="row-title">
          <a href={`/admin/catalogue/${item.id}`} dir="auto">
            {item.name}
          </a>
        </h2>
        <p class="row-meta">
          <bdi>{item.category}</bdi>
          {item.variants.length > 0 && (
            <span>{ADMIN_TEXTS.variants.count(item.variants.length)}</span>
          )}
        </p>
      </div>
      <ConfirmButton
        action={ADMIN_TEXTS.deleteItem}
        label={ADMIN_TEXTS.actionFor(ADMIN_TEXTS.deleteItem, isolated(item.name))}
        ask={ADMIN_TEXTS.deleteAsk(isolated(item.name))}
        body={ADMIN_TEXTS.deleteBody}
        kind="quiet"
        isInert={isSending}
        onConfirm={() => run(() => admin.deleteItem(item.id), onGone)}
      />
      {problem && <ProblemNotice problem={problem} />}
    </article>
  );
}
