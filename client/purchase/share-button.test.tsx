import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EVENT_ID } from '../testing/builders.ts';
import { fakeApi } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'share');
});

const PATH = `/events/${EVENT_ID}`;

interface Device {
  share?: () => Promise<void>;
  clipboard?: Partial<Clipboard>;
}

async function shareOn({ share, clipboard }: Device) {
  if (share) Object.defineProperty(navigator, 'share', { value: share, configurable: true });
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(clipboard as Clipboard);
  await openShop({ api: fakeApi(), path: `${PATH}?from=mail` });
  fireEvent.click(screen.getByRole('button', { name: 'Share' }));
  await settle();
}

const url = () => location.origin + PATH;

test('a device that can share is handed the title and the address of the page', async () => {
  const share = vi.fn<() => Promise<void>>(async () => {});
  await shareOn({ share });
  expect(share).toHaveBeenCalledExactlyOnceWith({ title: 'Sunday sound', url: url() });
  expect(screen.queryByText('The link is copied.')).toBeNull();
});

test('another one copies the address', async () => {
  const writeText = vi.fn<() => Promise<void>>(async () => {});
  await shareOn({ clipboard: { writeText } });
  expect(writeText).toHaveBeenCalledExactlyOnceWith(url());
  expect(screen.getByText('The link is copied.')).toBeTruthy();
});

const thoughtBetter = () => Promise.reject(new DOMException('', 'AbortError'));

test('whoever thinks better of it has nothing copied', async () => {
  const writeText = vi.fn<() => Promise<void>>(async () => {});
  await shareOn({ share: thoughtBetter, clipboard: { writeText } });
  expect(writeText).not.toHaveBeenCalled();
});

test('where nothing can be copied, the address is shown', async () => {
  await shareOn({});
  expect(screen.getByRole('textbox', { name: /link to be copied/ })).toHaveProperty('value', url());
});
