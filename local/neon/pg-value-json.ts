// Owns turning Postgres text into JSON values, for requests that do not ask for raw text, by
// the rules of Neon's proxy. Throws SyntaxError on text that Postgres would not write.

import type { PgText } from './sql-backend.ts';

const OID = {
  bool: 16,
  int2: 21,
  int4: 23,
  json: 114,
  float4: 700,
  float8: 701,
  jsonb: 3802,
} as const;

const TEXT_OID = 25;

/** Array type to the type of its elements. Only types whose elements are read differently here. */
const ELEMENT_OID = new Map<number, number>([
  [1000, OID.bool],
  [1005, OID.int2],
  [1007, OID.int4],
  [199, OID.json],
  [1021, OID.float4],
  [1022, OID.float8],
  [3807, OID.jsonb],
]);

/** Arrays of values that stay text: bytea name int8 text bpchar varchar timestamp date time
 * timestamptz interval numeric inet uuid. */
const TEXT_ARRAY_OIDS = new Set([
  1001, 1003, 1016, 1009, 1014, 1015, 1115, 1182, 1183, 1185, 1187, 1231, 1041, 2951,
]);

/** int8, numeric and times stay strings, because JSON numbers cannot hold them. */
export function pgTextToJson(text: PgText, oid: number): unknown {
  if (text === null) return null;
  const elementOid = ELEMENT_OID.get(oid) ?? (TEXT_ARRAY_OIDS.has(oid) ? TEXT_OID : null);
  if (elementOid !== null) return parseArray(text, elementOid);
  switch (oid) {
    case OID.bool:
      return text === 't';
    case OID.int2:
    case OID.int4:
      return Number.parseInt(text, 10);
    case OID.float4:
    case OID.float8: {
      const value = Number(text);
      // NaN and the infinities have no JSON number.
      return Number.isFinite(value) ? value : text;
    }
    case OID.json:
    case OID.jsonb:
      return JSON.parse(text);
    default:
      return text;
  }
}

/** Delimiters, a quoted element, or an unquoted one with the blanks around it. */
const ARRAY_TOKEN = /\s*([{},]|"(?:[^"\\]|\\[^])*"|[^{},"\s](?:[^{},"]*[^{},"\s])?)\s*/y;

function parseArray(text: string, elementOid: number): unknown[] {
  const root: unknown[] = [];
  const open = [root];
  // Bounds such as [0:1]= come first and have no place in JSON.
  ARRAY_TOKEN.lastIndex = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  while (ARRAY_TOKEN.lastIndex < text.length) {
    const token = ARRAY_TOKEN.exec(text)?.[1];
    const current = open.at(-1);
    if (token === undefined || current === undefined) throw badArray(text);
    if (token === '{') {
      const nested: unknown[] = [];
      current.push(nested);
      open.push(nested);
    } else if (token === '}') {
      open.pop();
    } else if (token !== ',') {
      current.push(element(token, elementOid));
    }
  }
  const [array] = root;
  if (open.length !== 1 || !Array.isArray(array)) throw badArray(text);
  return array;
}

function element(token: string, elementOid: number): unknown {
  if (token.startsWith('"')) {
    return pgTextToJson(token.slice(1, -1).replace(/\\([^])/g, '$1'), elementOid);
  }
  return token === 'NULL' ? null : pgTextToJson(token, elementOid);
}

function badArray(text: string): SyntaxError {
  return new SyntaxError(`not a Postgres array: ${text.slice(0, 40)}`);
}
