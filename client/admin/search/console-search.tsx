/**
 * The console's one search: a field whose findings are listed below it and chosen by arrow keys, Enter or a press
 * (the ARIA pattern of a combobox with a list). Must not know how is searched.
 */
import { Failed } from '../../ui/page-state.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { FoundList, optionId } from './found-list.tsx';
import { countOf } from './options.ts';
import { isSearchable } from './searchable.ts';
import { useCombobox } from './use-combobox.ts';
import type { Found } from './use-found.ts';
import { SEARCH_KEY } from './use-search-key.ts';

/** As the API takes it. */
const SOUGHT_CHARS_MAX = 120;

export function ConsoleSearch() {
  const { id, field, live, answer, groups, found, isOpen, hasList, active, ...box } = useCombobox();
  return (
    <search
      class="console-search"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) box.setIsOpen(false);
      }}
    >
      <input
        ref={field}
        // A field for a search may not be a combobox.
        type="text"
        inputMode="search"
        enterkeyhint="search"
        role="combobox"
        autocomplete="off"
        aria-label={ADMIN_TEXTS.finding.label}
        aria-autocomplete="list"
        aria-expanded={hasList}
        aria-controls={hasList ? `${id}-list` : undefined}
        aria-activedescendant={hasList && active !== null ? optionId(id, active) : undefined}
        aria-describedby={`${id}-state`}
        aria-keyshortcuts={SEARCH_KEY}
        placeholder={ADMIN_TEXTS.finding.placeholder}
        maxLength={SOUGHT_CHARS_MAX}
        value={live.typed}
        // Empty, it would only cover what is below.
        onFocus={() => box.setIsOpen(live.typed !== '')}
        onInput={({ currentTarget: { value } }) => {
          box.setIsOpen(true);
          live.type(value);
        }}
        onKeyDown={box.onKeyDown}
      />
      <kbd aria-hidden="true">{SEARCH_KEY}</kbd>
      <div class="console-found" hidden={!isOpen}>
        {hasList && <FoundList {...{ id, groups, active }} />}
        <State {...{ id, live, answer }} count={found ? countOf(groups) : null} />
      </div>
    </search>
  );
}

interface StateProps {
  readonly id: string;
  readonly live: { readonly typed: string; readonly isPending: boolean };
  readonly answer: Found;
  /** Null until it is known. */
  readonly count: number | null;
}

/** How far the search is, for everybody to see and for screen readers to hear. */
function State({ id, live, answer, count }: StateProps) {
  const { problem, retry } = answer;
  const isFailed = problem !== null && !live.isPending;
  return (
    <>
      <output id={`${id}-state`} class={count ? 'visually-hidden' : undefined}>
        {isFailed ? '' : wordsFor(live.typed.trim(), count)}
      </output>
      {isFailed && <Failed problem={problem} onRetry={retry} />}
    </>
  );
}

function wordsFor(text: string, count: number | null): string {
  const { hint, tooShort, searching, nothing, count: counted } = ADMIN_TEXTS.finding;
  if (text === '') return hint;
  if (!isSearchable(text)) return tooShort;
  if (count === null) return searching;
  return count === 0 ? nothing(text) : counted(count);
}
