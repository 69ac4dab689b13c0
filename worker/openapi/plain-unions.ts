/**
 * Unions in a form that every generator takes. Zod writes each union as `anyOf`; some generators have
 * no type for one of several strings, or none for null beside a format.
 */

interface Schema {
  type?: unknown;
  pattern?: unknown;
  anyOf?: Schema[];
}

/** Changes a schema in place; it allows the same values as before. */
export function writeUnionPlainly(schema: Schema): void {
  const { anyOf } = schema;
  if (anyOf === undefined) return;
  if (anyOf.every(isPattern)) {
    delete schema.anyOf;
    Object.assign(schema, {
      type: 'string',
      pattern: anyOf.map(({ pattern }) => pattern).join('|'),
    });
    return;
  }
  const [choice, nothing] = anyOf;
  if (anyOf.length !== 2 || nothing?.type !== 'null' || !isPrimitive(choice)) return;
  delete schema.anyOf;
  const { type, ...limits } = choice;
  // What describes the union goes before what describes its choice.
  Object.assign(schema, { type: [type, 'null'], ...limits, ...schema });
}

/** A string of which nothing but its pattern is asked. */
function isPattern(schema: Schema): boolean {
  const { type, pattern, ...others } = schema;
  return type === 'string' && pattern !== undefined && Object.keys(others).length === 0;
}

/** Its limits ask nothing of null. An `enum` or a `const` would refuse it. */
function isPrimitive(schema: Schema | undefined): schema is Schema & { type: string } {
  if (schema === undefined || 'enum' in schema || 'const' in schema) return false;
  return ['string', 'number', 'integer', 'boolean'].includes(String(schema.type));
}
