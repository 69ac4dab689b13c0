/** Puts whole objects where an answer has their ids, as `expand[]` asks for. */
import { badParam } from './api-error.ts';
import type { Form } from './form.ts';
import { EXPANSIONS_MAX } from './limits.ts';
import type { World } from './world.ts';

type Json = Record<string, unknown>;

/** @returns the names that are asked for, and the other parameters. */
export function takeExpansions({ expand: asked, ...form }: Form): { paths: string[]; form: Form } {
  if (asked === undefined) return { paths: [], form };
  const paths = typeof asked === 'string' ? undefined : Object.values(asked);
  if (paths?.every((path) => typeof path === 'string') !== true) {
    throw badParam('expand', 'Invalid array');
  }
  if (paths.length > EXPANSIONS_MAX) throw badParam('expand', 'Too many properties to expand');
  return { paths, form };
}

/** @throws ApiError where there is no such property. */
export function expand(world: World, answer: object, paths: readonly string[]): object {
  const copy = structuredClone(answer) as Json;
  for (const path of paths) expandOne(world, copy, path.split('.'));
  return copy;
}

function expandOne(world: World, place: Json, [name = '', ...rest]: readonly string[]): void {
  const value = place[name];
  if (value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) expandOne(world, entry as Json, rest);
    return;
  }
  const found = typeof value === 'string' ? objectOf(world, name, value) : value;
  if (typeof found !== 'object' || found === null) {
    throw badParam('expand', `This property cannot be expanded (${name}).`);
  }
  place[name] = found;
  if (rest.length > 0) expandOne(world, found as Json, rest);
}

function objectOf({ state }: World, name: string, id: string): object | undefined {
  const maps: Record<string, Map<string, { object: object }>> = {
    payment_intent: state.intents,
    latest_charge: state.charges,
    charge: state.charges,
  };
  const found = maps[name]?.get(id)?.object;
  return found === undefined ? undefined : structuredClone(found);
}
