/** The actions of the Data API: what each may be given, checked once and whole. */
import * as z from 'zod';
import {
  checkDocument,
  checkFilter,
  checkPipeline,
  checkProjection,
  checkSort,
  checkUpdate,
} from './check.ts';
import { bsonTypeOf, fromCanonical, toCanonical } from './ejson.ts';
import { type Fields, isFields } from './fields.ts';
import { FIND_LIMIT_DEFAULT, FIND_LIMIT_MAX, INSERT_DOCUMENTS_MAX, SKIP_MAX } from './limits.ts';
import { invalid, Refused } from './refusal.ts';

/** What requests may reach. */
export interface Reach {
  dataSource: string;
  database: string;
  collections: ReadonlySet<string>;
}

const fields = z.custom<Fields>(isFields, 'must be an object');
const namespace = { dataSource: z.string(), database: z.string(), collection: z.string() };
const filter = fields.default({});
const upsert = z.boolean().default(false);

const SCHEMAS = {
  findOne: z.strictObject({ ...namespace, filter, projection: fields.optional() }),
  find: z.strictObject({
    ...namespace,
    filter,
    projection: fields.optional(),
    sort: fields.optional(),
    limit: count(FIND_LIMIT_MAX)
      .transform((limit) => limit || FIND_LIMIT_MAX)
      .default(FIND_LIMIT_DEFAULT),
    skip: count(SKIP_MAX).default(0),
  }),
  insertOne: z.strictObject({ ...namespace, document: fields }),
  insertMany: z.strictObject({
    ...namespace,
    documents: z.array(fields).min(1).max(INSERT_DOCUMENTS_MAX),
  }),
  updateOne: z.strictObject({ ...namespace, filter: fields, update: fields, upsert }),
  updateMany: z.strictObject({ ...namespace, filter: fields, update: fields, upsert }),
  replaceOne: z.strictObject({ ...namespace, filter: fields, replacement: fields, upsert }),
  deleteOne: z.strictObject({ ...namespace, filter: fields }),
  deleteMany: z.strictObject({ ...namespace, filter: fields }),
  aggregate: z.strictObject({ ...namespace, pipeline: z.array(fields) }),
};

type Schemas = typeof SCHEMAS;
export type Action = keyof Schemas;

/** A checked request: an action and its fields, numbers and options filled in. */
export type Operation = {
  [A in Action]: { action: A } & Omit<z.output<Schemas[A]>, 'dataSource' | 'database'>;
}[Action];

export function isAction(name: string): name is Action {
  return Object.hasOwn(SCHEMAS, name);
}

/** @throws Refused where anything in it is unknown, malformed, not allowed or out of reach. */
export function readOperation(action: Action, body: unknown, reach: Reach): Operation {
  const parsed = SCHEMAS[action].safeParse(body);
  if (!parsed.success) throw invalid(describe(parsed.error));
  const { dataSource, database, ...rest } = parsed.data;
  if (dataSource !== reach.dataSource) {
    throw invalid(`there is no data source "${dataSource}"`);
  }
  if (database !== reach.database || !reach.collections.has(rest.collection)) {
    const name = `${database}.${rest.collection}`;
    throw new Refused('NoMatchingRuleFound', `no rule exists for namespace '${name}'`);
  }
  checkContent(rest, reach);
  return { action, ...rest } as Operation;
}

/** For RPC: BSON values lose their class between Workers, and canonical EJSON keeps their type. */
export function writeOperation(operation: Operation): string {
  return toCanonical(operation);
}

/** @param text what {@link writeOperation} made of a checked operation. */
export function reviveOperation(text: string): Operation {
  const operation = fromCanonical(text) as Operation;
  if (operation.action !== 'find') return operation;
  const { limit, skip } = operation;
  return { ...operation, limit: Number(String(limit)), skip: Number(String(skip)) };
}

/** The same checks for all actions: a field of one name has one meaning. */
function checkContent(given: Fields, { collections }: Reach): void {
  if (isFields(given['filter'])) checkFilter(given['filter']);
  if (isFields(given['projection'])) checkProjection(given['projection']);
  if (isFields(given['sort'])) checkSort(given['sort']);
  if (isFields(given['update'])) checkUpdate(given['update']);
  for (const name of ['document', 'documents', 'replacement']) checkDocument(given[name]);
  if (Array.isArray(given['pipeline'])) checkPipeline(given['pipeline'], collections);
}

/** A whole number from 0, which EJSON may have written as any of its number types. */
function count(max: number) {
  return z.preprocess((value) => {
    const type = bsonTypeOf(value);
    return type === 'Int32' || type === 'Long' || type === 'Double' ? Number(String(value)) : value;
  }, z.int().min(0).max(max));
}

function describe(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.').replaceAll('\0', '')}: ${message}`,
    )
    .join('; ');
}
