/** The variants of an item in an event's form: a line for each, with its stock and its price. */
import { useState } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { isolated } from '../../format/direction.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { faultText } from '../forms/fault-text.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type ItemDraft, isSold, unitsOf, type VariantLine, withUnsold } from './item-lines.ts';

export interface VariantGridProps {
  readonly n: number;
  readonly item: ItemDraft;
  readonly errors: readonly FieldError[];
  /** Somebody is in the queue: no other variants or prices, and no fewer units. */
  readonly isFixed: boolean;
  onChange(fields: Pick<ItemDraft, 'variants'>): void;
}

/** Nothing for an item without variants, unless the server finds that it has some by now. */
export function VariantGrid(props: VariantGridProps) {
  const { n, item, errors } = props;
  const fault = errors.find(({ path }) => path === `items.${n}.variants`);
  if (item.variants.length === 0 && fault === undefined) return null;
  return (
    <div class="variant-grid">
      <Lines {...props} />
    </div>
  );
}

function Lines({ n, item, errors, isFixed, onChange }: VariantGridProps) {
  const admin = useAdmin();
  // An event knows only those that it sells.
  const { value } = usePolled({
    of: 'item',
    key: item.itemId,
    load: () => admin.getItem(item.itemId),
    pace: () => ({ everyMs: 60_000, momentsMs: [] }),
  });
  const lines = isFixed ? item.variants : withUnsold(item.variants, value?.variants);
  const texts = ADMIN_TEXTS.variants;

  function change(row: number, fields: Partial<VariantLine>) {
    onChange({ variants: lines.map((line, at) => (at === row ? { ...line, ...fields } : line)) });
  }
  return (
    <>
      <SameStock
        name={item.name}
        onSet={(stock) => onChange({ variants: lines.map((line) => ({ ...line, stock })) })}
      />
      <fieldset class="variant-lines" aria-label={texts.title}>
        <p class="variant-heads" aria-hidden="true">
          <span>{texts.name}</span>
          <span>{ADMIN_TEXTS.stock}</span>
          <span>{texts.own}</span>
        </p>
        {lines.map((line, row) => (
          <Line
            key={line.variantId}
            line={line}
            path={isFixed ? `items.${n}.variants.${row}` : pathOf(lines, row, n)}
            // Where nothing is sold, the first is where to begin.
            {...(row === 0 && { missing: `items.${n}.variants` })}
            standard={item.price}
            errors={errors}
            isFixed={isFixed}
            onChange={(fields) => change(row, fields)}
          />
        ))}
      </fieldset>
      <p class="variant-sum">
        <output>{texts.sum(unitsOf(lines))}</output>{' '}
        <small>{isFixed ? ADMIN_TEXTS.queue.plan.variantsFixed : texts.sold}</small>
      </p>
    </>
  );
}

/** The API counts those that are sent. @returns undefined for one that is not. */
function pathOf(lines: readonly VariantLine[], row: number, n: number): string | undefined {
  const line = lines[row];
  if (line === undefined || !isSold(line)) return undefined;
  return `items.${n}.variants.${lines.slice(0, row).filter(isSold).length}`;
}

interface LineProps {
  readonly line: VariantLine;
  readonly path: string | undefined;
  /** Of the fault that nothing is sold. */
  readonly missing?: string;
  /** What it costs without a price of its own, as typed. */
  readonly standard: string;
  readonly errors: readonly FieldError[];
  readonly isFixed: boolean;
  onChange(fields: Partial<VariantLine>): void;
}

function Line({ line, path, missing, standard, errors, isFixed, onChange }: LineProps) {
  const texts = ADMIN_TEXTS.variants;
  const name = isolated(line.label);
  const fault = errors.find((one) => path !== undefined && one.path === `${path}.variantId`);
  const fields = [
    { name: 'stock', at: 'stock', label: texts.stockOf(name), mode: 'numeric', hint: '' },
    {
      name: 'price',
      at: 'priceCents',
      label: texts.priceOf(name),
      mode: 'decimal',
      hint: standard,
    },
  ] as const;
  return (
    <div class="variant-line">
      <bdi>{line.label}</bdi>
      {fields.map(({ name: field, at, label, mode, hint }) => (
        <Labelled
          key={field}
          label={label}
          errors={errors}
          path={path ? `${path}.${at}` : field === 'stock' ? missing : undefined}
        >
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode={mode}
              autoComplete="off"
              placeholder={hint}
              disabled={isFixed && field === 'price'}
              value={line[field]}
              onInput={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
            />
          )}
        </Labelled>
      ))}
      {fault && <p class="field-error">{faultText(fault.message)}</p>}
    </div>
  );
}

function SameStock({ name, onSet }: { name: string; onSet(stock: string): void }) {
  const texts = ADMIN_TEXTS.variants;
  const [typed, setTyped] = useState('');

  function set() {
    onSet(typed.trim());
    setTyped('');
  }
  return (
    <div class="same-stock">
      <Labelled label={texts.sameStock}>
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={(event) => {
              // With nothing in it the key sends the form, as in any other field.
              if (event.key !== 'Enter' || typed.trim() === '') return;
              event.preventDefault();
              set();
            }}
          />
        )}
      </Labelled>
      <Button
        kind="quiet"
        label={ADMIN_TEXTS.actionFor(texts.setAll, isolated(name))}
        isInert={typed.trim() === ''}
        onPress={set}
      >
        {texts.setAll}
      </Button>
    </div>
  );
}
