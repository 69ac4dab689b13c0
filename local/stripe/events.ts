/** Events, as they are read and listed. Delivers none. */
import * as z from 'zod';
import type { Form } from './form.ts';
import { createdSchema, type List, pageOf, pageSchema } from './lists.ts';
import type { ApiEvent } from './objects.ts';
import { list, readParams } from './params.ts';
import { find, type World } from './world.ts';

const TYPES_MAX = 20;

const listSchema = z.strictObject({
  ...pageSchema,
  ...createdSchema,
  type: z.string().optional(),
  types: list(z.string(), TYPES_MAX).optional(),
  delivery_success: z.enum(['true', 'false']).optional(),
});

export function readEvent({ state }: World, id: string): ApiEvent {
  return find(state.events, id, 'event');
}

export function listEvents({ state }: World, form: Form): List<ApiEvent> {
  const { type, types, delivery_success: success, ...page } = readParams(listSchema, form);
  const wanted = types ?? (type === undefined ? undefined : [type]);
  const events = [...state.events.values()]
    .filter((event) => wanted === undefined || wanted.includes(event.type))
    .filter(
      (event) => success === undefined || (event.pending_webhooks === 0) === (success === 'true'),
    );
  return pageOf(events, page, '/v1/events');
}
