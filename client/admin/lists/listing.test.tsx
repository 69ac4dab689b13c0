import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { ADMIN_EN } from '../texts/en.ts';
import { Listing } from './listing.tsx';
import { Rows } from './rows.tsx';

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
        {(entries) => <Rows entries={entries}>{({ id }) => id}</Rows>}
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

/** Its pages, by the cursor that leads to them. */
function Moving({ pages }: { pages: Record<string, { id: string; place: number }[]> }) {
  const names = Object.keys(pages);
  return (
    <Listing
      of="moving"
      empty="None"
      load={async (cursor = names[0] ?? '') =>
        ok({ entries: pages[cursor] ?? [], nextCursor: names[names.indexOf(cursor) + 1] ?? null })
      }
    >
      {(entries) => <Rows entries={entries}>{({ id, place }) => `${id} ${place}`}</Rows>}
    </Listing>
  );
}

async function showMore() {
  fireEvent.click(screen.getByRole('button', { name: /more/i }));
  await settle();
}

test('an entry that comes again in a later page is shown once, as it is by then', async () => {
  const pages = {
    first: [{ id: 'a', place: 1 }],
    second: [
      { id: 'b', place: 2 },
      { id: 'c', place: 3 },
    ],
    third: [
      { id: 'd', place: 4 },
      { id: 'b', place: 5 },
    ],
  };
  await drawInConsole(<Moving pages={pages} />, {});
  await showMore();
  await showMore();
  expect(shown()).toEqual(['a 1', 'b 5', 'c 3', 'd 4']);
});

test('a first page with nothing on it leads on to the next one', async () => {
  await drawInConsole(<Moving pages={{ first: [], second: [{ id: 'a', place: 1 }] }} />, {});
  expect(screen.getByText(ADMIN_EN.noneSoFar)).toBeTruthy();
  await showMore();
  expect(shown()).toEqual(['a 1']);
  expect(screen.queryByText(ADMIN_EN.noneSoFar)).toBeNull();
});
