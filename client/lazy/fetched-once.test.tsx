import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchedOnce } from './fetched-once.ts';

const STYLES = '/assets/lazy.css';

/** The links in the page's head, which fetch nothing here: a test says what became of them. */
let links: HTMLLinkElement[] = [];

beforeEach(() => {
  links = [];
  vi.spyOn(document.head, 'append').mockImplementation((link) => {
    const fetching = link as HTMLLinkElement;
    fetching.remove = () => {
      links = links.filter((other) => other !== fetching);
    };
    links.push(fetching);
  });
});
afterEach(() => void vi.restoreAllMocks());

function tell(type: 'load' | 'error') {
  for (const link of links) link.dispatchEvent(new Event(type));
}

test('all who ask are given the same, once its styles are there', async () => {
  const open = vi.fn<() => Promise<string>>(async () => 'part');
  const fetchPart = fetchedOnce(STYLES, open);
  const given = vi.fn<(part: string) => void>();
  const first = fetchPart().then(given);
  const second = fetchPart().then(given);
  await Promise.resolve();
  expect(links.map(({ rel, href }) => [rel, new URL(href).pathname])).toEqual([
    ['stylesheet', STYLES],
  ]);
  expect(given).not.toHaveBeenCalled();
  tell('load');
  await Promise.all([first, second]);
  expect(await fetchPart()).toBe('part');
  expect(given.mock.calls).toEqual([['part'], ['part']]);
  expect(open).toHaveBeenCalledTimes(1);
});

test.each(['code', 'styles'])('%s that cannot be fetched are asked for anew', async (missing) => {
  const open = vi.fn<() => Promise<string>>(async () => 'part');
  if (missing === 'code') open.mockRejectedValueOnce(new TypeError('no network'));
  const fetchPart = fetchedOnce(STYLES, open);
  const failing = fetchPart();
  tell(missing === 'styles' ? 'error' : 'load');
  await expect(failing).rejects.toThrow(/no network|cannot be fetched/);
  const again = fetchPart();
  tell('load');
  expect(await again).toBe('part');
  expect(open).toHaveBeenCalledTimes(2);
});
