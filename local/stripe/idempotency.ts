/** Idempotency keys: a request that comes again is given the answer of the first one. */
import { createHash } from 'node:crypto';
import { ApiError } from './api-error.ts';
import {
  IDEMPOTENCY_KEY_CHARACTERS_MAX,
  IDEMPOTENCY_KEYS_MAX,
  IDEMPOTENCY_MS_MAX,
} from './limits.ts';
import type { KeptAnswer } from './state.ts';
import type { World } from './world.ts';

export interface Keyed {
  key: string;
  /** Stands for the method, the path and the parameters. */
  request: string;
}

/** @param key undefined for a request that was sent without one. */
export function keyed(
  key: string | undefined,
  { method, path, body }: { method: string; path: string; body: string },
): Keyed | undefined {
  if (key === undefined || method !== 'POST') return undefined;
  if (key === '' || key.length > IDEMPOTENCY_KEY_CHARACTERS_MAX) {
    throw idempotencyError(
      `Idempotency keys must have 1 to ${IDEMPOTENCY_KEY_CHARACTERS_MAX} characters.`,
    );
  }
  const params = [...new URLSearchParams(body)].map((pair) => JSON.stringify(pair)).toSorted();
  const text = JSON.stringify([path, params]);
  return { key, request: createHash('sha256').update(text).digest('base64url') };
}

/** @throws ApiError where the key was used for something else. */
export function keptAnswer(
  { state, nowMs }: World,
  { key, request }: Keyed,
): KeptAnswer | undefined {
  const kept = state.keys.get(key);
  if (kept === undefined) return undefined;
  if (kept.atMs + IDEMPOTENCY_MS_MAX <= nowMs()) {
    state.keys.delete(key);
    return undefined;
  }
  if (kept.request === request) return kept;
  throw idempotencyError(
    `Keys for idempotent requests can only be used with the same parameters and for the same endpoint they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  );
}

export function keepAnswer(
  { state, nowMs }: World,
  { key, request }: Keyed,
  { status, body }: { status: number; body: string },
): void {
  state.keys.set(key, { request, status, body, atMs: nowMs() });
  for (const oldest of state.keys.keys()) {
    if (state.keys.size <= IDEMPOTENCY_KEYS_MAX) return;
    state.keys.delete(oldest);
  }
}

function idempotencyError(message: string): ApiError {
  return new ApiError(400, { type: 'idempotency_error', message }, { isBeforeWork: true });
}
