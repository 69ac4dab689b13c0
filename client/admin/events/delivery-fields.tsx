/** Whether a sale asks where its orders go, and what that costs, on the form of its plan. Must not decide what is allowed: the server does. */
import { useId, useRef } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../forms/check.tsx';
import { faultText } from '../forms/fault-text.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { CountriesPicker } from './countries-picker.tsx';
import { ELSEWHERE, NEW_GROUP, SHIPPING_GROUPS_MAX, type ShippingDraft } from './delivery-draft.ts';
import type { PartOfForm } from './event-draft.ts';

export function DeliveryFields({ draft, errors, promised, change }: PartOfForm) {
  const { deliveries: texts, needsAddress, queue } = ADMIN_TEXTS;
  const fixed = useId();
  return (
    <fieldset
      class="conditions"
      disabled={promised !== null}
      {...(promised && { 'aria-describedby': fixed })}
    >
      <legend>{texts.title}</legend>
      {promised && (
        <p class="field-hint" id={fixed}>
          {queue.plan.fixed}
        </p>
      )}
      <Check
        label={needsAddress}
        hint={texts.addressHint}
        isOn={draft.needsAddress}
        error={errors.find(({ path }) => path === 'needsAddress')}
        onSwitch={(isOn) => change({ needsAddress: isOn })}
      />
      {draft.needsAddress && (
        <Groups
          groups={draft.shipping}
          currency={draft.currency}
          errors={errors}
          onChange={(shipping) => change({ shipping })}
        />
      )}
    </fieldset>
  );
}

interface GroupsProps {
  readonly groups: readonly ShippingDraft[];
  readonly currency: string;
  readonly errors: readonly FieldError[];
  onChange(groups: readonly ShippingDraft[]): void;
}

function Groups({ groups, currency, errors, onChange }: GroupsProps) {
  const { deliveries: texts, shipping } = ADMIN_TEXTS;
  const hint = useId();
  const adding = useRef<HTMLDivElement>(null);
  const fault = errors.find(({ path }) => path === 'shipping');
  const taken = new Set(groups.flatMap(({ countries }) => countries));
  const isFull = groups.length >= SHIPPING_GROUPS_MAX;
  return (
    <fieldset class="shipping" aria-describedby={hint}>
      <legend>{shipping}</legend>
      <p class="field-hint" id={hint}>
        {texts.shippingHint}
      </p>
      {groups.map((group, n) => (
        <Group
          // A group is its place: it has no name of its own.
          key={n}
          {...{ n, group, taken, currency, errors }}
          onChange={(fields) => onChange(groups.with(n, { ...group, ...fields }))}
          onRemove={() => {
            onChange(groups.toSpliced(n, 1));
            adding.current?.querySelector('button')?.focus();
          }}
        />
      ))}
      {fault && (
        <p class="field-error" role="alert">
          {faultText(fault.message)}
        </p>
      )}
      <div class="actions" ref={adding}>
        <Button kind="quiet" isInert={isFull} onPress={() => onChange([...groups, NEW_GROUP])}>
          {texts.addGroup}
        </Button>
        {!groups.some(({ isElsewhere }) => isElsewhere) && (
          <Button kind="quiet" isInert={isFull} onPress={() => onChange([...groups, ELSEWHERE])}>
            {texts.addElsewhere}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface GroupProps extends Omit<GroupsProps, 'groups' | 'onChange'> {
  readonly n: number;
  readonly group: ShippingDraft;
  readonly taken: ReadonlySet<string>;
  onChange(fields: Partial<ShippingDraft>): void;
  onRemove(): void;
}

function Group({ n, group, taken, currency, errors, onChange, onRemove }: GroupProps) {
  const { deliveries: texts, remove } = ADMIN_TEXTS;
  const name = group.isElsewhere ? texts.elsewhere : texts.group(n + 1);
  return (
    <fieldset class="form-item" aria-label={name}>
      <div class="form-item-head">
        <strong>{name}</strong>
        <Button kind="quiet" label={texts.removeGroup(name)} onPress={onRemove}>
          {remove}
        </Button>
      </div>
      {!group.isElsewhere && (
        <CountriesPicker
          chosen={group.countries}
          taken={taken}
          errors={errors}
          path={`shipping.${n}.countries`}
          onChoose={(countries) => onChange({ countries })}
        />
      )}
      <Labelled label={texts.price(currency)} errors={errors} path={`shipping.${n}.priceCents`}>
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={group.price}
            onInput={({ currentTarget }) => onChange({ price: currentTarget.value })}
          />
        )}
      </Labelled>
    </fieldset>
  );
}
