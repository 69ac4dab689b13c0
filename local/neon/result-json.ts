// Owns the shape of a result in Neon's protocol. Knows nothing of HTTP or databases.

import { pgTextToJson } from './pg-value-json.ts';
import type { PgText, SqlField, SqlResult } from './sql-backend.ts';

export interface ResultShape {
  rawText: boolean;
  arrayMode: boolean;
}

export function resultToJson(result: SqlResult, shape: ResultShape): unknown {
  return {
    fields: result.fields.map(fieldToJson),
    rows: result.rows.map((row) => rowToJson(row, result.fields, shape)),
    command: result.command,
    rowCount: result.rowCount,
    rowAsArray: shape.arrayMode,
  };
}

function fieldToJson(field: SqlField): unknown {
  const { name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier } = field;
  return { name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier, format: 'text' };
}

function rowToJson(row: PgText[], fields: SqlField[], shape: ResultShape): unknown {
  const values = shape.rawText
    ? row
    : row.map((text, i) => pgTextToJson(text, fields[i]?.dataTypeID ?? 0));
  if (shape.arrayMode) return values;
  // fromEntries makes own properties of names such as __proto__, too.
  return Object.fromEntries(fields.map((field, i) => [field.name, values[i]]));
}
