import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { Listing } from './listing.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Two pages of one entry each, of whatever is asked for. */
function Words() {
  const [of, setOf] = useState('sold');
  return (
    <>
      <button type="button" onClick={() => setOf('open')}>
        Only open ones
      </button>
      <Listing
        of={of}
        empty="None"
        load={async (cursor) =>
          ok({
            entries: [{ id: `${of} ${cursor ?? 'first'}` }],
            nextCursor: cursor === undefined ? 'second' : null,
          })
        }
      >
        {({ id }) => id}
      </Listing>
    </>
  );
}

const shown = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

test('what was loaded of one list does not stand in the next one of the same page', async () => {
  await drawInConsole(<Words />, {});
  fireEvent.click(screen.getByRole('button', { name: /more/i }));
  await settle();
  expect(shown()).toEqual(['sold first', 'sold second']);
  fireEvent.click(screen.getByRole('button', { name: 'Only open ones' }));
  await settle();
  expect(shown()).toEqual(['open first']);
});
