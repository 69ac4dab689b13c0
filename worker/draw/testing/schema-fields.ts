/** The fields of the contract's schemas, as tests name them: `draw.start.items[].stock`. */
import * as z from 'zod';

/** What has no fields of its own. */
const LEAVES: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'literal', 'enum']);

/** @returns the paths of all values that are no objects and no lists; of a list, those of its members. */
export function fieldsOf(schema: z.core.$ZodType, path: string): string[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, inner]) =>
      fieldsOf(inner as z.core.$ZodType, `${path}.${name}`),
    );
  }
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, `${path}[]`);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return fieldsOf(schema.unwrap(), path);
  }
  const type = schema instanceof z.ZodType ? schema.type : 'schema';
  if (!LEAVES.has(type)) throw new Error(`the fields of a ${type} are not known: ${path}`);
  return [path];
}
