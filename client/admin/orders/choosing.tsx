/** All orders of the page at once, and what can be done with those that are chosen. Must not do it itself. */
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import {
  CHOSEN_MAX,
  type Choice,
  type ChosenOrder,
  choiceWith,
  countChosen,
} from './chosen-orders.ts';

export interface ChooseAllProps {
  /** Those of the page, of which some may be chosen. */
  readonly listed: readonly ChosenOrder[];
  readonly chosen: Choice;
  choose(orders: Choice): void;
}

export function ChooseAll({ listed, chosen, choose }: ChooseAllProps) {
  const count = countChosen(chosen, listed);
  const isAll = count === listed.length;
  return (
    <label class="choose choose-all">
      <input
        type="checkbox"
        checked={isAll}
        indeterminate={count > 0 && !isAll}
        onChange={({ currentTarget }) => {
          choose(choiceWith(chosen, listed, currentTarget.checked));
          // Where not all of them fit, the box is what it was.
          currentTarget.checked = isAll;
        }}
      />
      {ADMIN_TEXTS.chosen.all(listed.length)}
    </label>
  );
}

export interface ChosenBarProps {
  readonly chosen: Choice;
  choose(orders: Choice): void;
  onSend(): void;
  onSlips(): void;
}

/** At the foot of the window while any are chosen. How many is said whenever that changes. */
export function ChosenBar({ chosen, choose, onSend, onSlips }: ChosenBarProps) {
  const { chosen: texts } = ADMIN_TEXTS;
  const count = chosen.length;
  return (
    <section class={count > 0 ? 'chosen-bar' : ''} aria-label={texts.region}>
      <output class="chosen-count">
        {count > 0 && texts.count(count)}
        {count >= CHOSEN_MAX && ` ${texts.full(CHOSEN_MAX)}`}
      </output>
      {count > 0 && (
        <div class="chosen-actions">
          <Button onPress={onSend}>{texts.send}</Button>
          <Button kind="quiet" onPress={onSlips}>
            {texts.slips}
          </Button>
          <Button kind="quiet" onPress={() => choose([])}>
            {texts.none}
          </Button>
        </div>
      )}
    </section>
  );
}
