import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { Choice, Filters } from './filters.tsx';
import { SEARCH_AFTER_MS } from './live-search.ts';

type Listed = Readonly<{ q?: string; colour?: string | undefined }>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(action?: string) {
  const listed = vi.fn<(filter: Listed) => void>();
  function Screen() {
    const [filter, setFilter] = useState<Listed>({});
    const list = (next: Listed) => {
      listed(next);
      setFilter(next);
    };
    return (
      <Filters
        texts={{ q: 'Title' }}
        {...(action && { action })}
        onApply={({ q }) => list({ ...filter, q })}
      >
        <Choice<string>
          label="Colour"
          all="All"
          options={[['red', 'Red']]}
          value={filter.colour}
          onChoose={(colour) => list({ ...filter, colour })}
        />
      </Filters>
    );
  }
  await drawInConsole(<Screen />, {});
  return listed;
}

async function type(value: string, passMs = 0) {
  fireEvent.input(screen.getByLabelText('Title'), { target: { value } });
  await settle(passMs);
}

test('a list is searched once nobody types any more, and not at first', async () => {
  const listed = await open();
  await settle(SEARCH_AFTER_MS);
  await type('la', SEARCH_AFTER_MS / 2);
  await type('lamp ', SEARCH_AFTER_MS / 2);
  expect(listed).not.toHaveBeenCalled();
  await settle(SEARCH_AFTER_MS / 2);
  expect(listed.mock.calls).toEqual([[{ q: 'lamp' }]]);
  await settle(10 * SEARCH_AFTER_MS);
  expect(listed).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole('button')).toBeNull();
});

test('Enter does not wait, and what was chosen meanwhile stays chosen', async () => {
  const listed = await open();
  await type('lamp');
  fireEvent.submit(screen.getByLabelText('Title').closest('form') ?? document.body);
  await settle(SEARCH_AFTER_MS);
  expect(listed.mock.calls).toEqual([[{ q: 'lamp' }]]);
  await type('lamps', SEARCH_AFTER_MS / 2);
  fireEvent.change(screen.getByLabelText('Colour'), { target: { value: 'red' } });
  await settle(SEARCH_AFTER_MS);
  expect(listed).toHaveBeenLastCalledWith({ q: 'lamps', colour: 'red' });
});

test('where half a text means nothing, the button is waited for', async () => {
  const listed = await open('Look up');
  await type('lamp', 10 * SEARCH_AFTER_MS);
  expect(listed).not.toHaveBeenCalled();
  fireEvent.submit(screen.getByLabelText('Title').closest('form') ?? document.body);
  await settle();
  expect(listed.mock.calls).toEqual([[{ q: 'lamp' }]]);
});
