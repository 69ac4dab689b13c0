/** The items of an event's form: picked from the catalogue, each with price, stock and limit. */

import { useState } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { isolated } from '../../format/direction.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { TEXTS } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Failed } from '../../ui/page-state.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { faultText } from '../forms/fault-text.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { EventDraft, PartOfForm } from './event-draft.ts';
import { type ItemDraft, newLine } from './item-lines.ts';
import { VariantGrid } from './variant-grid.tsx';

const ITEM_FAULT = /^items\.(\d+)(?:\.itemId)?$/;

export function EventItemsFields({ draft, errors, promised, change }: PartOfForm) {
  const { items } = draft;
  const fault = errors.find(({ path }) => path === 'items');
  return (
    <fieldset class="form-items">
      <legend>{ADMIN_TEXTS.itemsTitle}</legend>
      {items.map((item, n) => (
        <ItemFields
          key={item.itemId}
          n={n}
          item={item}
          currency={draft.currency}
          errors={errors}
          promised={promised?.items.find(({ itemId }) => itemId === item.itemId)}
          onChange={(fields) =>
            change({ items: items.map((one, at) => (at === n ? { ...one, ...fields } : one)) })
          }
          onRemove={() => change({ items: items.filter((_, at) => at !== n) })}
        />
      ))}
      {promised ? (
        <p class="field-hint">{ADMIN_TEXTS.queue.plan.itemsFixed}</p>
      ) : (
        <ItemPicker items={items} onPick={(item) => change({ items: [...items, item] })} />
      )}
      {fault && (
        <p class="field-error" role="alert">
          {faultText(fault.message)}
        </p>
      )}
    </fieldset>
  );
}

interface ItemFieldsProps {
  readonly n: number;
  readonly item: ItemDraft;
  readonly currency: string;
  readonly errors: readonly FieldError[];
  /** As it is saved, where those in the queue keep it from becoming less. */
  readonly promised: ItemDraft | undefined;
  onChange(fields: Partial<ItemDraft>): void;
  onRemove(): void;
}

function ItemFields({ n, item, currency, errors, promised, onChange, onRemove }: ItemFieldsProps) {
  const { plan } = ADMIN_TEXTS.queue;
  const { limit, stock, variants: texts } = ADMIN_TEXTS;
  const isVaried = item.variants.length > 0;
  const price = { name: 'price', path: 'priceCents', label: ADMIN_TEXTS.price(currency) } as const;
  const most = { name: 'limit', path: 'limitPerCustomer' } as const;
  const fields = isVaried
    ? [price, { ...most, label: texts.limit }]
    : [price, { name: 'stock', path: 'stock', label: stock } as const, { ...most, label: limit }];
  const fault = errors.find(({ path }) => ITEM_FAULT.exec(path)?.[1] === String(n));
  return (
    <fieldset class="form-item" aria-label={item.name}>
      <div class="form-item-head">
        <strong dir="auto">{item.name}</strong>
        <Button
          kind="quiet"
          isInert={promised !== undefined}
          label={ADMIN_TEXTS.removeItem(isolated(item.name))}
          onPress={onRemove}
        >
          {ADMIN_TEXTS.remove}
        </Button>
      </div>
      {fault && <p class="field-error">{faultText(fault.message)}</p>}
      <div class={isVaried ? 'field-pair' : 'field-triple'}>
        {fields.map(({ name, path, label }) => (
          <Labelled
            key={name}
            label={label}
            {...(promised &&
              (name === 'price'
                ? { fixed: plan.fixed }
                : { hint: plan.notLess(Number(promised[name])) }))}
            errors={errors}
            path={`items.${n}.${path}`}
          >
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode={name === 'price' ? 'decimal' : 'numeric'}
                autoComplete="off"
                value={item[name]}
                onInput={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
              />
            )}
          </Labelled>
        ))}
      </div>
      <VariantGrid
        n={n}
        item={item}
        errors={errors}
        isFixed={promised !== undefined}
        onChange={onChange}
      />
    </fieldset>
  );
}

interface ItemPickerProps {
  readonly items: EventDraft['items'];
  onPick(item: ItemDraft): void;
}

/** The newest items of the catalogue, or those whose name was looked for. */
function ItemPicker({ items, onPick }: ItemPickerProps) {
  const admin = useAdmin();
  const [q, setQ] = useState('');
  const { value, problem, refresh } = usePolled({
    of: 'items',
    key: q,
    load: () => admin.listItems({ q }),
    pace: () => ({ everyMs: 60_000, momentsMs: [] }),
  });
  const picked = new Set(items.map(({ itemId }) => itemId));
  const left = (value?.items ?? []).filter(({ id }) => !picked.has(id));
  const isLong = q !== '' || value?.nextCursor != null;
  return (
    <div class="form-picker">
      {isLong && (
        <Labelled label={ADMIN_TEXTS.pickMore}>
          {(control) => (
            <input
              {...control}
              type="search"
              defaultValue=""
              onChange={({ currentTarget }) => setQ(currentTarget.value.trim())}
            />
          )}
        </Labelled>
      )}
      <Labelled
        label={ADMIN_TEXTS.pickItem}
        {...(value && left.length === 0 && { hint: ADMIN_TEXTS.pickEmpty })}
      >
        {(control) => (
          <select
            {...control}
            value=""
            onChange={({ currentTarget }) => {
              const item = left.find(({ id }) => id === currentTarget.value);
              currentTarget.value = '';
              if (item) onPick(newLine(item));
            }}
          >
            <option value="">{value || problem ? ADMIN_TEXTS.pickNothing : TEXTS.loading}</option>
            {left.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      <p class="field-hint">
        {ADMIN_TEXTS.pickNew} <a href="/admin/catalogue/new">{ADMIN_TEXTS.newItem}</a>
      </p>
    </div>
  );
}
