import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocationProvider, type PageLocation, useLocation } from './location.tsx';

let present: PageLocation;

function Page() {
  present = useLocation();
  return (
    <>
      <a href="/events/evt_1?a=b&c=%20d#evi_1">
        <b>inside</b>
      </a>
      <a href="#items">fragment</a>
      <a href="/api/v1/events/evt_1/calendar.ics">file</a>
      <a href="https://elsewhere.example/">elsewhere</a>
      <a href="/events/evt_2" target="_blank">
        window
      </a>
      <a href="/events/evt_2" download>
        save
      </a>
      <a href="/same" target="_self">
        same
      </a>
      <span>text</span>
    </>
  );
}

beforeEach(() => {
  history.replaceState(null, '', '/orders/?page=2');
  render(
    <LocationProvider>
      <Page />
    </LocationProvider>,
  );
});
afterEach(cleanup);

/** @returns whether the page follows it, and not the browser */
function press(text: string, how: MouseEventInit = {}): boolean {
  let isTaken = false;
  const last = (event: Event) => {
    isTaken = event.defaultPrevented;
    // The browser of a test would leave the page.
    event.preventDefault();
  };
  addEventListener('click', last, { once: true });
  fireEvent.click(screen.getByText(text), how);
  return isTaken;
}

test('the address is known by its path without a slash at the end, and by its query', () => {
  expect(present).toMatchObject({ url: '/orders/?page=2', path: '/orders', query: { page: '2' } });
});

test('a press inside a link goes on within the page, and Back leads back', async () => {
  const steps = history.length;
  expect(press('inside')).toBe(true);
  expect(present).toMatchObject({
    url: '/events/evt_1?a=b&c=%20d#evi_1',
    path: '/events/evt_1',
    query: { a: 'b', c: ' d' },
    isPush: true,
  });
  expect([location.pathname, location.hash]).toEqual(['/events/evt_1', '#evi_1']);
  expect(history.length).toBe(steps + 1);
  await act(() => {
    history.replaceState(null, '', '/orders');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  expect(present).toMatchObject({ path: '/orders', isPush: false });
});

test('a press on what is no page of the shop is the browser’s', () => {
  for (const text of ['fragment', 'file', 'elsewhere', 'window', 'save', 'text']) {
    expect(press(text), text).toBe(false);
  }
  for (const key of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'] as const) {
    expect(press('same', { [key]: true }), key).toBe(false);
  }
  expect(press('same', { button: 1 })).toBe(false);
  expect(present.path).toBe('/orders');
  expect(press('same')).toBe(true);
  expect(present.path).toBe('/same');
});

test('an address may take the place of the present one', async () => {
  const steps = history.length;
  await act(() => present.route('/sign-in', true));
  expect(present).toMatchObject({ path: '/sign-in', isPush: false });
  expect(history.length).toBe(steps);
  await act(() => present.route('/profile'));
  expect(present).toMatchObject({ path: '/profile', isPush: true });
  expect(history.length).toBe(steps + 1);
});
