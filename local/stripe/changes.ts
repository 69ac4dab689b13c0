/**
 * What changed in the state since one last looked, as a line of text, and the state with such lines applied.
 * Writes nothing.
 */
import * as z from 'zod';
import type { State } from './state.ts';

const MAPS = [
  'sessions',
  'intents',
  'charges',
  'refunds',
  'disputes',
  'events',
  'keys',
  'timers',
  'deliveries',
] as const;

/** An entry that is gone is null. */
type Entry = [id: string, value: unknown];
const changesSchema = z.strictObject({
  ...Object.fromEntries(
    MAPS.map((name) => [name, z.array(z.tuple([z.string(), z.unknown()])).optional()]),
  ),
  clockAheadMs: z.number().optional(),
});

/** Knows which entries may have changed: whoever changes one has taken it out or put it in. */
class WatchedMap extends Map<string, unknown> {
  readonly touched = new Set<string>();

  override get(id: string): unknown {
    this.touched.add(id);
    return super.get(id);
  }

  override set(id: string, value: unknown): this {
    this.touched.add(id);
    return super.set(id, value);
  }

  override delete(id: string): boolean {
    this.touched.add(id);
    return super.delete(id);
  }
}

export interface WatchedState {
  state: State;
  /** Those since the last call, as one line without its end; undefined where nothing changed. */
  takeChanges(): string | undefined;
}

/** @param given is not to be used beside it any more. */
export function watch(given: State): WatchedState {
  const watched = MAPS.map((name) => {
    const map = new WatchedMap();
    const texts = new Map<string, string>();
    for (const [id, value] of given[name]) {
      map.set(id, value);
      texts.set(id, JSON.stringify(value));
    }
    map.touched.clear();
    return { name, map, texts };
  });
  const maps = Object.fromEntries(watched.map(({ name, map }) => [name, map]));
  const state = { ...given, ...maps };
  let { clockAheadMs } = state;
  return {
    state,
    takeChanges() {
      const parts = watched.flatMap(({ name, map, texts }) => {
        const entries = changedEntries(map, texts);
        return entries.length === 0 ? [] : [`"${name}":[${entries.join()}]`];
      });
      if (state.clockAheadMs !== clockAheadMs) {
        clockAheadMs = state.clockAheadMs;
        parts.push(`"clockAheadMs":${clockAheadMs}`);
      }
      return parts.length === 0 ? undefined : `{${parts.join()}}`;
    },
  };
}

/** @param texts of the entries when they were looked at last. */
function changedEntries(map: WatchedMap, texts: Map<string, string>): string[] {
  const changed: string[] = [];
  for (const id of map.touched) {
    const value = map.get(id);
    const text = value === undefined ? undefined : JSON.stringify(value);
    if (text === texts.get(id)) continue;
    if (text === undefined) texts.delete(id);
    else texts.set(id, text);
    changed.push(`[${JSON.stringify(id)},${text ?? null}]`);
  }
  map.touched.clear();
  return changed;
}

/** May be applied again to a state that has it already, if all later ones are, too. @throws where it is damaged. */
export function applyChanges(state: State, line: string): void {
  const { clockAheadMs = state.clockAheadMs, ...changes } = changesSchema.parse(JSON.parse(line));
  for (const name of MAPS) {
    const map: Map<string, unknown> = state[name];
    for (const [id, value] of (changes as Partial<Record<typeof name, Entry[]>>)[name] ?? []) {
      if (value === null) map.delete(id);
      else map.set(id, value);
    }
  }
  state.clockAheadMs = clockAheadMs;
}
