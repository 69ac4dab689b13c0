import { computed, type Signal, signal } from '@preact/signals-core';
import { act, cleanup, render } from '@testing-library/preact';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { afterEach, expect, test } from 'vitest';

afterEach(cleanup);

const Unit = createContext('');

/** Counts how often it is drawn, and how many listen to what it reads. */
function aCounter(count: Signal<number>) {
  const seen = { drawn: 0, following: 0 };
  const shown = computed(() => count.value, {
    watched: () => void seen.following++,
    unwatched: () => void seen.following--,
  });
  function Counter({ isIdle = false }: { isIdle?: boolean }) {
    seen.drawn += 1;
    useState(0);
    const unit = useContext(Unit);
    return <p>{isIdle ? 'idle' : `${shown.value} ${unit}`}</p>;
  }
  return { seen, Counter };
}

test('a component is drawn once more when what it read has changed, and no other one is', async () => {
  const count = signal(0);
  const { seen, Counter } = aCounter(count);
  const { seen: others, Counter: Other } = aCounter(signal(0));
  const view = render(
    <Unit.Provider value="left">
      <Counter />
      <Other />
    </Unit.Provider>,
  );
  for (const next of [1, 2]) {
    await act(() => {
      count.value = next;
      count.value = next * 10;
    });
    expect(view.container.textContent).toBe(`${next * 10} left0 left`);
  }
  expect([seen.drawn, others.drawn]).toEqual([3, 1]);
});

test('what is read no longer, or by nobody, is not followed', async () => {
  const count = signal(0);
  const { seen, Counter } = aCounter(count);
  const view = render(<Counter />);
  expect(seen.following).toBe(1);
  view.rerender(<Counter isIdle />);
  expect(seen.following).toBe(0);
  await act(() => void count.value++);
  expect(seen.drawn).toBe(2);
  view.rerender(<Counter />);
  expect([view.container.textContent, seen.following]).toEqual(['1 ', 1]);
  view.unmount();
  expect(seen.following).toBe(0);
});

test('a component that fails is followed no longer', () => {
  const count = signal(0);
  const { seen, Counter } = aCounter(count);
  const Failing = () => {
    if (count.value === 0) throw new Error('no');
    return null;
  };
  expect(() =>
    render(
      <>
        <Counter />
        <Failing />
      </>,
    ),
  ).toThrow('no');
  expect(seen.drawn).toBe(1);
  expect(() => count.value++).not.toThrow();
});
