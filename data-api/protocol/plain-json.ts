/**
 * Plain JSON, as App Services answers `Accept: application/json`: types that JSON does not have
 * become texts or small objects. Source of the forms: "Data Formats" of MongoDB's Data API.
 */
import {
  type Binary,
  type BSONRegExp,
  type BSONSymbol,
  type Code,
  type Decimal128,
  type Double,
  type Int32,
  type Long,
  type ObjectId,
  type Timestamp,
} from 'bson';
import { writeFields } from './ejson.ts';
import { isFields } from './fields.ts';

type Typed =
  | Binary
  | BSONRegExp
  | BSONSymbol
  | Code
  | Decimal128
  | Double
  | Int32
  | Long
  | ObjectId
  | Timestamp;

export function toPlainJson(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) return `[${value.map(toPlainJson).join(',')}]`;
  if (isFields(value)) return writeFields(value, toPlainJson);
  return plainTyped(value as Typed);
}

/** Beyond what JavaScript writes, no date has a form in RFC 3339. */
function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'null' : JSON.stringify(date.toISOString());
}

function plainTyped(value: Typed): string {
  // oxlint-disable-next-line no-underscore-dangle -- the name of a BSON value's type
  switch (value._bsontype) {
    case 'Int32':
      return String(value.value);
    case 'Double':
      // JSON has no NaN and no infinity.
      return JSON.stringify(value.value);
    case 'Long':
      return value.toString();
    case 'ObjectId':
      return JSON.stringify(value.toHexString());
    case 'Decimal128':
      return JSON.stringify(value.toString());
    case 'Binary':
      return JSON.stringify({ Subtype: value.sub_type, Data: value.toString('base64') });
    case 'BSONRegExp':
      return JSON.stringify({ Pattern: value.pattern, Options: value.options });
    case 'Timestamp':
      return JSON.stringify({ T: value.t, I: value.i });
    case 'BSONSymbol':
      return JSON.stringify(value.value);
    case 'Code':
      return plainCode(value);
    default:
      // MinKey and MaxKey have no equivalent.
      return '{}';
  }
}

function plainCode({ code, scope }: Code): string {
  const text = JSON.stringify(code);
  return scope === null ? text : `{"Code":${text},"Scope":${toPlainJson({ ...scope })}}`;
}
