/** What pages say of uploaded pictures before any script runs: to previews, to search engines and to the browser. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sourcesOf } from '../../contract/pictures.ts';
import { updateItem } from '../../stores/postgres/catalogue.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { elementsOf, pagesWith } from '../../testing/pages.ts';
import { anew, pictureNamed, uploaded } from '../../testing/pictures.ts';
import { deps, makeEvent } from '../../testing/shop.ts';

let cover: string;
let front: string;
let back: string;

beforeAll(async () => {
  const admin = await makeAdmin();
  const picture = async (name: string) => (await uploaded(admin, anew(pictureNamed(name)))).url;
  [cover, front, back] = [await picture('large'), await picture('png'), await picture('gif')];
});

async function aSale(coverUrl: string | null) {
  const made = await makeEvent({ coverUrl });
  const texts = { name: 'Lamp', description: '', category: 'other', imageUrl: null };
  const item = { id: made.itemId, ...texts, pictures: [front, back] };
  expect(await updateItem(deps.stores.db, item, 'a test')).toEqual({ outcome: 'written' });
  return made;
}

async function headOf(path: string) {
  const html = await (await pagesWith()(path)).text();
  const [preload] = await elementsOf(html, 'link[rel="preload"][as="image"]');
  const meta = async (property: string) => {
    const [found] = await elementsOf(html, `meta[property="${property}"]`);
    return found?.attributes['content'];
  };
  return {
    preload: preload?.attributes,
    image: await meta('og:image'),
    size: [await meta('og:image:width'), await meta('og:image:height')],
    html,
  };
}

describe('the page of an event', () => {
  it('with a cover shows it to previews, and fetches the size of it that is drawn', async () => {
    const { eventId } = await aSale(cover);
    const { preload, image, size, html } = await headOf(`/events/${eventId}`);
    expect(image).toBe(`https://shop.example${cover}`);
    expect(size).toEqual(['1000', '750']);
    const { srcset } = sourcesOf(cover);
    expect(preload).toMatchObject({ href: cover, imagesrcset: srcset });
    const [drawn] = await elementsOf(html, `img[src="${cover}"]`);
    expect(drawn?.attributes).toMatchObject({ srcset, sizes: preload?.['imagesizes'] });
  });

  it('without one shows the first picture of its items', async () => {
    const { eventId } = await aSale(null);
    const { preload, image, html } = await headOf(`/events/${eventId}`);
    expect(image).toBe(`https://shop.example${front}`);
    const [drawn] = await elementsOf(html, `img[src="${front}"]`);
    expect(drawn?.attributes).toMatchObject({
      srcset: preload?.['imagesrcset'],
      sizes: preload?.['imagesizes'],
    });
  });
});

it('the page of an item has its pictures, whatever the event’s cover is', async () => {
  const { eventId, eventItemId } = await aSale(cover);
  const { preload, image, html } = await headOf(`/events/${eventId}/items/${eventItemId}`);
  expect(image).toBe(`https://shop.example${front}`);
  expect(preload).toMatchObject({ href: front });
  const [drawn] = await elementsOf(html, `img[src="${front}"]`);
  expect(drawn?.attributes).toMatchObject({ sizes: preload?.['imagesizes'] });
  const products = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(products).toContain(
    `"image":["https://shop.example${front}","https://shop.example${back}"]`,
  );
});
