/** The catalogue's items, over HTTP. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { type ItemList, itemListQuerySchema } from '../../contract/administration.ts';
import { type Item, type ItemInput, itemInputSchema } from '../../contract/catalogue.ts';
import {
  type ItemId,
  itemIdSchema,
  makeItemId,
  makeVariantId,
  type VariantId,
} from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { ifMatchOf } from '../../http/preconditions.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import {
  deleteItem,
  findItem,
  insertItem,
  listItems,
  updateItem,
  type WrittenItem,
} from '../../stores/postgres/catalogue.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import { findVersionedItem, isItemAt, readItemState } from '../../stores/postgres/versions.ts';
import { createOnce } from './creating.ts';
import { PICTURE_FAULT } from './pictures.ts';
import { changedMeanwhile, tagOf } from './versions.ts';

const itemParam = valid('param', z.object({ id: itemIdSchema }));

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' | 'fillRandom' }>;

export function itemRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs, fillRandom } = deps.platform;
  async function answer(c: Context<CallerEnv>, id: ItemId) {
    const found = await findVersionedItem(db, id);
    if (found === undefined) throw new HttpProblem('not_found');
    return c.json(found.item, 200, tagOf(found.version));
  }
  return new Hono<CallerEnv>()
    .get('/', valid('query', itemListQuerySchema), async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const rows = await listItems(db, { ...filter, after: pageStart(cursor), limit });
      const { page, nextCursor } = paged(rows, limit, ({ item, createdAtMs }) => ({
        atMs: createdAtMs,
        id: item.id,
      }));
      const items = page.map(({ item }) => item);
      const list: ItemList = { items, nextCursor, serverNow: new Date(nowMs()).toISOString() };
      return c.json(list, 200);
    })
    .post('/', valid('json', itemInputSchema), async (c) => {
      const id = makeItemId(nowMs(), fillRandom);
      const input = c.req.valid('json');
      const unknown = input.variants?.flatMap((variant) => variant.id ?? []) ?? [];
      if (unknown.length > 0) throw unknownVariants(input, unknown);
      const item = writtenItem(deps, id, input);
      const { body, headers } = await createOnce<Item>(c, deps, {
        operation: 'createItem',
        input,
        id,
        make: async (call) => {
          const made = await insertItem(db, item, { actor: c.get('caller').userId, call });
          if (typeof made !== 'string') throw unknownPictures(input, made.urls);
          return made;
        },
        read: (made) => readItem(deps, made as ItemId),
      });
      return c.json(body, 201, headers);
    })
    .get('/:id', itemParam, async (c) => {
      return answer(c, c.req.valid('param').id);
    })
    .put('/:id', itemParam, valid('json', itemInputSchema), async (c) => {
      const input = c.req.valid('json');
      const { id } = c.req.valid('param');
      const act = { actor: c.get('caller').userId, condition: isItemAt(id, ifMatchOf(c)) };
      const updated = await updateItem(db, writtenItem(deps, id, input), act);
      if (updated.outcome === 'not_found') throw new HttpProblem('not_found');
      if (updated.outcome === 'changed') throw changedMeanwhile(await readItemState(db, id), input);
      if (updated.outcome === 'unknown_variants') throw unknownVariants(input, updated.variantIds);
      if (updated.outcome === 'unknown_pictures') throw unknownPictures(input, updated.urls);
      if (updated.outcome === 'variant_in_use') throw new HttpProblem('variant_in_use');
      return answer(c, id);
    })
    .delete('/:id', itemParam, async (c) => {
      const { id } = c.req.valid('param');
      const condition = isItemAt(id, ifMatchOf(c));
      const outcome = await deleteItem(db, id, { actor: c.get('caller').userId, condition });
      if (outcome === 'not_found') throw new HttpProblem('not_found');
      if (outcome === 'changed') throw changedMeanwhile(await readItemState(db, id));
      if (outcome === 'in_use') throw new HttpProblem('item_in_use');
      return c.body(null, 204);
    });
}

function unknownPictures({ pictures }: ItemInput, urls: string[]): HttpProblem {
  const errors = urls.map((url) => ({
    path: pictures === undefined ? 'imageUrl' : `pictures.${pictures.indexOf(url)}`,
    message: PICTURE_FAULT,
  }));
  return new HttpProblem('malformed', { errors });
}

async function readItem({ stores }: Needs<{ stores: 'db' }>, id: ItemId): Promise<Item> {
  const item = await findItem(stores.db, id);
  if (item === undefined) throw new HttpProblem('not_found');
  return item;
}

/** Gives each new variant its id. */
function writtenItem({ platform }: Needed, id: ItemId, input: ItemInput): WrittenItem {
  const { nowMs, fillRandom } = platform;
  const variants = input.variants?.map((variant) => ({
    id: variant.id ?? makeVariantId(nowMs(), fillRandom),
    label: variant.label,
    isNew: variant.id === undefined,
  }));
  return { ...input, id, variants };
}

function unknownVariants({ variants = [] }: ItemInput, variantIds: VariantId[]): HttpProblem {
  const errors = variants.flatMap(({ id }, n) =>
    id !== undefined && variantIds.includes(id)
      ? { path: `variants.${n}.id`, message: 'is not a variant of this item' }
      : [],
  );
  return new HttpProblem('malformed', { errors });
}
