import { expect, it } from 'vitest';
import { compressed, plain } from './compressed-text.ts';

it('keeps a text as it is, in less room', async () => {
  const text = '{"seq":1,"entryId":"ä€😀"}\n'.repeat(1_000);
  const bytes = await compressed(text);
  expect(bytes.length).toBeLessThan(text.length / 5);
  expect(await plain(bytes)).toBe(text);
  expect(await plain(await compressed(''))).toBe('');
});
