/** What an operation may cost, read off it before it runs. */
import { BSONRegExp } from 'bson';
import { isFields } from '../protocol/fields.ts';
import type { Operation } from '../protocol/operation.ts';
import { identityOf } from './engine/compare.ts';
import { typeOf } from './engine/values.ts';

const PATTERN_OPERATORS = new Set(['$regex', '$regexMatch', '$regexFind', '$regexFindAll']);
/** Documents that are written hold no operators. */
const FREE_OF_OPERATORS = new Set(['document', 'documents', 'replacement']);

/** Whether a regular expression stands anywhere in it. */
export function hasPattern(operation: Operation): boolean {
  return Object.entries(operation).some(
    ([name, part]) => !FREE_OF_OPERATORS.has(name) && holdsPattern(part),
  );
}

/** The identity of the one `_id` that its filter asks for, if that is so. */
export function namedId(operation: Operation): string | undefined {
  if (operation.action === 'insertOne' || operation.action === 'insertMany') return '';
  return 'filter' in operation ? idIn(operation.filter) : undefined;
}

/** Undefined where a filter asks for none or for several. */
export function idIn(filter: Record<string, unknown>): string | undefined {
  const id = isFields(filter['_id']) ? equalTo(filter['_id']) : filter['_id'];
  if (id === undefined || id === null || ['array', 'regex'].includes(typeOf(id))) return undefined;
  return identityOf(id);
}

function equalTo(condition: Record<string, unknown>): unknown {
  const keys = Object.keys(condition);
  if (!keys.some((key) => key.startsWith('$'))) return condition;
  return keys.length === 1 ? condition['$eq'] : undefined;
}

function holdsPattern(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsPattern);
  if (value instanceof BSONRegExp) return true;
  if (!isFields(value)) return false;
  return Object.entries(value).some(
    ([key, part]) => PATTERN_OPERATORS.has(key) || holdsPattern(part),
  );
}
