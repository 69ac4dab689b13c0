/** What a search found, grouped, as a list of which one is chosen. Must not load or navigate. */
import { useEffect } from 'preact/hooks';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { OptionGroup } from './options.ts';

export interface FoundListProps {
  readonly id: string;
  readonly groups: readonly OptionGroup[];
  /** The number of the option that Enter chooses. */
  readonly active: number | null;
}

export function optionId(id: string, n: number): string {
  return `${id}-${n}`;
}

export function FoundList({ id, groups, active }: FoundListProps) {
  const { groups: names, all: allWords, results } = ADMIN_TEXTS.finding;
  useEffect(() => {
    if (active !== null) {
      document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' });
    }
  }, [active]);
  let n = 0;
  function option(href: string) {
    const number = n++;
    return {
      id: optionId(id, number),
      href,
      role: 'option' as const,
      tabIndex: -1,
      'aria-selected': number === active,
      // The focus stays in the field.
      onMouseDown: (event: Event) => event.preventDefault(),
    };
  }
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no element lists links
    <div id={`${id}-list`} role="listbox" aria-label={results}>
      {groups.map(({ of, found, all }) => (
        // biome-ignore lint/a11y/useSemanticElements: no element is a group of options.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no element is a group of options
        <div key={of} role="group" aria-labelledby={`${id}-${of}`}>
          <p id={`${id}-${of}`} class="console-found-group">
            {names[of]}
          </p>
          {found.map(({ href, name, facts }) => (
            <a key={href} {...option(href)}>
              <strong dir="auto">{name}</strong>{' '}
              {facts.map((fact) => (
                <span key={fact} dir="auto">
                  {fact}{' '}
                </span>
              ))}
            </a>
          ))}
          {all !== null && (
            <a key="all" {...option(all)}>
              {allWords[of]}
            </a>
          )}
        </div>
      ))}
    </div>
  );
}
