/** The page of the list where its address says what is sought. */
import { describe, expect, it } from 'vitest';
import { dataOf, elementsOf, pagesWith } from '../../testing/pages.ts';
import { makeEvent } from '../../testing/shop.ts';

const HOSTILE = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> $& <!--`;

async function pageOf(path: string): Promise<string> {
  return (await pagesWith()(path)).text();
}

describe('the list that its address narrows', () => {
  it('is drawn as narrowed, with what was typed', async () => {
    const title = `Sought ${crypto.randomUUID()}`;
    const { eventId } = await makeEvent({ title });
    await makeEvent({ title: 'Not sought' });
    const html = await pageOf(`/?q=${encodeURIComponent(` ${title.toUpperCase()} `)}`);
    const data = await dataOf(html);
    if (data.kind !== 'events') throw new Error(`it is a page of ${data.kind}`);
    expect(data.list.events).toMatchObject([{ id: eventId }]);
    const [field] = await elementsOf(html, 'input[type=search]');
    expect(field?.attributes['value']).toBe(title.toUpperCase());
    expect(html).not.toContain('Not sought');
  });

  it('shows nothing that was typed as anything but text', async () => {
    const q = encodeURIComponent(`${HOSTILE} ${crypto.randomUUID()}`);
    const html = await pageOf(`/?q=${q}&category=x"><b>`);
    expect(html).toContain('Nothing found');
    expect(await elementsOf(html, 'img[onerror], b')).toEqual([]);
  });

  it('is the whole list where nothing can be sought', async () => {
    const data = await dataOf(await pageOf(`/?q=%20&category=${'x'.repeat(200)}`));
    expect(data).toMatchObject({ kind: 'events', sought: {} });
  });
});
