/** Keeps a request within the named operators and collections. Changes nothing in it. */
import { bsonTypeOf } from './ejson.ts';
import { type Fields, fieldEntries, isFields } from './fields.ts';
import { PATTERN_CHARS_MAX, STAGES_MAX } from './limits.ts';
import { EXPRESSION_OPERATORS, QUERY_OPERATORS, STAGES, UPDATE_OPERATORS } from './operators.ts';
import { invalid, Refused } from './refusal.ts';

const NONE: ReadonlySet<string> = new Set();
/** Of a DBRef, which is data like any other. */
const REFERENCE_NAMES: ReadonlySet<string> = new Set(['$ref', '$id', '$db']);

/** @throws Refused naming the first operator that may not stand in a filter. */
export function checkFilter(filter: unknown): void {
  walk(filter, QUERY_OPERATORS, 'a filter');
}

/** Fields shown (1) or hidden (0), as the Data API describes them. */
export function checkProjection(projection: Fields): void {
  for (const [path, shown] of fieldEntries(projection)) {
    if (path.startsWith('$') || !['0', '1', 'true', 'false'].includes(String(shown))) {
      throw invalid(`projection of "${path}" must be 0 or 1`);
    }
  }
}

export function checkSort(sort: Fields): void {
  for (const [path, direction] of fieldEntries(sort)) {
    if (path.startsWith('$') || !['1', '-1'].includes(String(direction))) {
      throw invalid(`sort of "${path}" must be 1 or -1`);
    }
  }
}

/** @throws Refused where an update holds anything but allowed operators, each with its fields. */
export function checkUpdate(update: Fields): void {
  const entries = fieldEntries(update);
  if (entries.length === 0) throw invalid('update must not be empty');
  for (const [operator, fields] of entries) {
    const inside = UPDATE_OPERATORS.get(operator);
    if (inside === undefined) {
      const known = operator.startsWith('$') ? 'is not allowed' : 'is not an update operator';
      throw invalid(`"${operator}" ${known} in an update`);
    }
    if (!isFields(fields)) throw invalid(`"${operator}" must be an object of fields`);
    for (const [path, value] of fieldEntries(fields)) {
      if (path.startsWith('$')) throw invalid(`"${path}" is not a field's name`);
      walk(value, inside, operator);
    }
  }
}

/** A document to be kept: MongoDB would read its `$` and `.` as something else later on. */
export function checkDocument(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(checkDocument);
  if (!isFields(value)) return;
  const isReference = typeof value['$ref'] === 'string';
  for (const [key, part] of fieldEntries(value)) {
    if (isReference && REFERENCE_NAMES.has(key)) continue;
    if (key === '' || key.startsWith('$') || key.includes('.')) {
      throw invalid(`the field name "${key}" is empty, starts with "$" or holds a "."`);
    }
    checkDocument(part);
  }
}

/** @throws Refused for a stage, operator or collection that is not allowed. */
export function checkPipeline(pipeline: unknown[], collections: ReadonlySet<string>): void {
  let stages = 0;
  checkStages(pipeline);

  function checkStages(list: unknown): void {
    if (!Array.isArray(list)) throw invalid('a pipeline must be a list of stages');
    stages += list.length;
    if (stages > STAGES_MAX) throw invalid(`more than ${STAGES_MAX} stages`);
    list.forEach(checkStage);
  }

  function checkStage(stage: unknown): void {
    const [entry, ...more] = isFields(stage) ? fieldEntries(stage) : [];
    if (entry === undefined || more.length > 0) throw invalid('a stage must have one operator');
    const [name, value] = entry;
    if (!STAGES.has(name)) throw invalid(`the stage "${name}" is not allowed`);
    if (name === '$match') checkFilter(value);
    else if (name === '$facet') Object.values(fieldsOf(name, value)).forEach(checkStages);
    else if (name === '$lookup') checkLookup(fieldsOf(name, value));
    else if (name === '$unionWith') checkUnion(value);
    else if (name === '$graphLookup') checkGraph(fieldsOf(name, value));
    else walk(value, EXPRESSION_OPERATORS, name);
  }

  function checkUnion(value: unknown): void {
    const { coll, pipeline: inner, ...rest } = isFields(value) ? value : { coll: value };
    if (typeof coll !== 'string' || !collections.has(coll)) {
      throw invalid(`$unionWith may not read "${String(coll)}"`);
    }
    if (inner !== undefined) checkStages(inner);
    walk(rest, NONE, '$unionWith');
  }

  function checkGraph({ from, restrictSearchWithMatch, ...rest }: Fields): void {
    if (typeof from !== 'string' || !collections.has(from)) {
      throw invalid(`$graphLookup may not read "${String(from)}"`);
    }
    checkFilter(restrictSearchWithMatch);
    walk(rest, EXPRESSION_OPERATORS, '$graphLookup');
  }

  function checkLookup({ from, pipeline: inner, let: variables, ...rest }: Fields): void {
    if (typeof from !== 'string' || !collections.has(from)) {
      throw new Refused('NoMatchingRuleFound', `$lookup may not read "${String(from)}"`);
    }
    if (inner !== undefined) checkStages(inner);
    walk(variables, EXPRESSION_OPERATORS, '$lookup');
    walk(rest, NONE, '$lookup');
  }
}

function fieldsOf(name: string, value: unknown): Fields {
  if (!isFields(value)) throw invalid(`"${name}" must be an object`);
  return value;
}

function walk(value: unknown, allowed: ReadonlySet<string>, where: string): void {
  if (Array.isArray(value)) return value.forEach((part) => walk(part, allowed, where));
  if (bsonTypeOf(value) === 'BSONRegExp') return checkPattern(String((value as Fields)['pattern']));
  if (!isFields(value)) return;
  const isReference = typeof value['$ref'] === 'string';
  for (const [key, part] of fieldEntries(value)) {
    const isOperator = key.startsWith('$') && !(isReference && REFERENCE_NAMES.has(key));
    if (isOperator && !allowed.has(key)) {
      throw invalid(`the operator "${key}" is not allowed in ${where}`);
    }
    if (key === '$regex' && typeof part === 'string') checkPattern(part);
    // `$regexMatch` and its relatives.
    if (key.startsWith('$regex') && isFields(part)) checkPattern(String(part['regex']));
    if (key === '$expr' && allowed === QUERY_OPERATORS) walk(part, EXPRESSION_OPERATORS, key);
    else walk(part, allowed, where);
  }
}

function checkPattern(pattern: string): void {
  if (pattern.length > PATTERN_CHARS_MAX) {
    throw invalid(`a regular expression may have ${PATTERN_CHARS_MAX} characters`);
  }
}
