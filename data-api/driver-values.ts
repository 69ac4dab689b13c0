/**
 * Documents between this server's form and BSON, in the order of their fields. The driver's own way
 * would put integer-like names first.
 */
import * as BSON from 'bson';
import { type Fields, fieldsFrom, orderedForBson, setField } from './protocol/fields.ts';

const TYPE = { double: 1, string: 2, object: 3, array: 4, objectId: 7, bool: 8, date: 9 } as const;
const NULL = 10;
const INT = 16;
const LONG = 18;
/** MongoDB itself ends at 100. */
const NESTING_MAX = 200;

/** A filter, an update or a stage, for the driver. */
export function toDriver(fields: Fields): Fields {
  return orderedForBson(fields) as Fields;
}

/** With its `_id`, which the driver reads off it and would else not find in a Map. */
export function toDriverDocument(document: Fields): Fields {
  const { _id = new BSON.ObjectId(), ...fields } = document;
  const ordered = toDriver({ _id, ...fields });
  return ordered instanceof Map ? Object.assign(ordered, { _id }) : ordered;
}

/** @param bytes of one document, as the driver gives it where it is asked for raw ones. */
export function fromBson(bytes: Uint8Array): Fields {
  return readDocument(bytes, 0, 0);
}

function readDocument(bytes: Uint8Array, offset: number, depth: number): Fields {
  if (depth > NESTING_MAX) throw new BSON.BSONError(`it nests deeper than ${NESTING_MAX}`);
  const fields: Fields = {};
  for (const [type, nameAt, nameLength, at, length] of elementsIn(bytes, offset)) {
    const name = textIn(bytes, nameAt, nameLength);
    setField(fields, name, readValue(bytes, { type, at, length, depth }));
  }
  return fields;
}

interface Element {
  type: number;
  at: number;
  length: number;
  depth: number;
}

function readValue(bytes: Uint8Array, element: Element): unknown {
  const { type, at, length, depth } = element;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length);
  switch (type) {
    case TYPE.double:
      return new BSON.Double(view.getFloat64(0, true));
    case TYPE.string:
      return textIn(bytes, at + 4, length - 5);
    case TYPE.object:
      return readDocument(bytes, at, depth + 1);
    case TYPE.array:
      return elementsIn(bytes, at).map(([inner, , , start, size]) =>
        readValue(bytes, { type: inner, at: start, length: size, depth: depth + 1 }),
      );
    case TYPE.objectId:
      return new BSON.ObjectId(bytes.slice(at, at + length));
    case TYPE.bool:
      return view.getUint8(0) === 1;
    case TYPE.date:
      return new Date(Number(view.getBigInt64(0, true)));
    case NULL:
      return null;
    case INT:
      return new BSON.Int32(view.getInt32(0, true));
    case LONG:
      return BSON.Long.fromBigInt(view.getBigInt64(0, true));
    default:
      return readRare(bytes, element);
  }
}

/** As the only field of a document, which has no name. */
function readRare(bytes: Uint8Array, { type, at, length }: Element): unknown {
  const alone = new Uint8Array(length + 7);
  new DataView(alone.buffer).setInt32(0, alone.length, true);
  alone[4] = type;
  alone.set(bytes.subarray(at, at + length), 6);
  const value: unknown = BSON.deserialize(alone, {
    promoteValues: false,
    bsonRegExp: true,
  })[''];
  if (value instanceof BSON.DBRef)
    return fieldsFrom([
      ['$ref', value.collection],
      ['$id', value.oid],
    ]);
  return value ?? null;
}

type Elements = [type: number, nameAt: number, nameLength: number, at: number, length: number][];

function elementsIn(bytes: Uint8Array, offset: number): Elements {
  return [...BSON.onDemand.parseToElements(bytes, offset)] as Elements;
}

const decoder = new TextDecoder();

function textIn(bytes: Uint8Array, at: number, length: number): string {
  return decoder.decode(bytes.subarray(at, at + length));
}
