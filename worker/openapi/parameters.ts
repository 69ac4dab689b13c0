/** Path, query and request header parameters of an operation, in the OpenAPI document. */
import type { ZodType } from 'zod';
import { LIMITS } from '../contract/values.ts';
import type { Operation } from './operations/operation.ts';

type Json = Record<string, unknown>;
type SchemaOf = (schema: ZodType, io: 'input') => Json;

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Names one intent: the same key with the same request is answered the same. A quoted string, or a bare one, of up to 255 printable ASCII characters.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 2 * LIMITS.idempotencyKeyCharsMax + 2,
    pattern: '^("([ !#-\\[\\]-~]|\\\\["\\\\]){1,255}"|[!#-~]{1,255})$',
  },
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
};

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'Entity tags of what the caller has; answered 304 if one of them still holds.',
  schema: { type: 'string' },
  example: 'W/"5c1f"',
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description:
    'Entity tags of what the caller has seen; refused if none of them is there any more. Compared strongly, and * is always there.',
  schema: { type: 'string', maxLength: 1_000 },
  example: '"5c1f"',
};

const REFRESH_COOKIE = {
  name: 'swiftdrop_refresh',
  in: 'cookie',
  description: 'As the last answer that signed in or refreshed set it; each refresh replaces it.',
  schema: { type: 'string' },
};

export function parametersOf(operation: Operation, schemaOf: SchemaOf): Json[] {
  const { params = {}, query, idempotent, revalidated, refreshCookie } = operation;
  const takesVersion = operation.versioned && operation.method !== 'get';
  const inPath = Object.entries(params).map(([name, { schema, example }]) => ({
    name,
    in: 'path',
    required: true,
    schema: schemaOf(schema, 'input'),
    example,
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: schemaOf(schema as ZodType, 'input'),
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(idempotent ? [IDEMPOTENCY_KEY] : []),
    ...(revalidated ? [IF_NONE_MATCH] : []),
    ...(takesVersion ? [IF_MATCH] : []),
    ...(refreshCookie ? [REFRESH_COOKIE] : []),
  ];
}
