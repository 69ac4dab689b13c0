/** The fields above a list that say what of it is wanted. Must not load anything. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useKept } from '../../shop/use-kept.ts';
import { Button } from '../../ui/button.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { SEARCH_AFTER_MS } from './live-search.ts';

export interface FiltersProps<Name extends string> {
  /** Each text field's label. */
  readonly texts: Readonly<Record<Name, string>>;
  /** What they hold at first, and again when it changes otherwise than by what is typed. */
  readonly values?: Readonly<Partial<Record<Name, string>>>;
  /** The button's word; without it the texts act by themselves while they are typed. */
  readonly action?: string;
  /** Told trimmed: at Enter, and at the button or once nobody types any more. */
  onApply(values: Record<Name, string>): void;
  readonly children?: ComponentChildren;
}

export function Filters<Name extends string>(props: FiltersProps<Name>) {
  const { texts, values: first, action, onApply, children } = props;
  const names = Object.keys(texts) as Name[];
  const fromGiven = () =>
    Object.fromEntries(names.map((name) => [name, first?.[name] ?? ''])) as Record<Name, string>;
  const [values, setValues] = useKept('filter texts', fromGiven());
  const given = names.map((name) => first?.[name] ?? '').join('\n');
  const trimmed = names.map((name) => [name, values[name].trim()] as const);
  const wanted = trimmed.map(([, text]) => text).join('\n');
  // What was kept is listed again as it was.
  const applied = useRef(wanted);
  const shown = useRef(given);
  useEffect(() => {
    // Not at first: what was typed and not asked for yet may be kept.
    if (shown.current === given) return;
    shown.current = given;
    // What was just applied may have been typed on since.
    if (applied.current === given) return;
    applied.current = given;
    setValues(fromGiven());
  }, [given]);
  const latest = useRef(onApply);
  latest.current = onApply;
  function apply() {
    applied.current = wanted;
    latest.current(Object.fromEntries(trimmed) as Record<Name, string>);
  }
  useEffect(() => {
    if (action !== undefined || applied.current === wanted) return undefined;
    const timer = setTimeout(() => {
      // Enter may have been quicker.
      if (applied.current !== wanted) apply();
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <search>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        {names.map((name) => (
          <Labelled key={name} label={texts[name]}>
            {(control) => (
              <input
                {...control}
                type="search"
                value={values[name]}
                onInput={({ currentTarget: { value } }) => setValues({ ...values, [name]: value })}
              />
            )}
          </Labelled>
        ))}
        {action !== undefined && (
          <Button type="submit" kind="quiet">
            {action}
          </Button>
        )}
        {children}
      </form>
    </search>
  );
}

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  /** The word for no choice; left out where one must be made. */
  readonly all?: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value | undefined;
  onChoose(value: Value | undefined): void;
}

export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, all, options, value, onChoose } = props;
  return (
    <Labelled label={label}>
      {(control) => (
        <select
          {...control}
          value={value ?? ''}
          onChange={({ currentTarget }) =>
            onChoose(options.find(([option]) => option === currentTarget.value)?.[0])
          }
        >
          {all !== undefined && <option value="">{all}</option>}
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
