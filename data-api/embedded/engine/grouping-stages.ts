/** Stages that make one document out of many. */
import {
  type Fields,
  fieldEntries,
  fieldsFrom,
  isFields,
  keyOfField,
} from '../../protocol/fields.ts';
import { compileAccumulator } from './accumulators.ts';
import { compare, identityOf } from './compare.ts';
import { compile } from './expression.ts';
import { int, toIndex, whole } from './numbers.ts';
import { namedParts, type Scope } from './operator.ts';
import { sorted } from './sorting.ts';
import type { Run, Stage, StageContext } from './stage.ts';
import { mongoError, orderOf } from './values.ts';

export const GROUPING_STAGES: Readonly<Record<string, Stage>> = {
  $group: group,
  $count: (name) => {
    if (typeof name !== 'string' || name === '' || /^\$|\./.test(name)) {
      throw mongoError(
        'Location40156',
        'the count field must be a non-empty string without $ and .',
      );
    }
    return (documents) =>
      documents.length === 0 ? [] : [fieldsFrom([[name, whole(documents.length)]])];
  },
  $sortByCount: (expression, context) => {
    const run = group({ _id: expression, count: { $sum: int(1) } }, context);
    return (documents) => sorted(run(documents), { count: int(-1) });
  },
  $bucket: bucket,
  $bucketAuto: bucketAuto,
};

type Accumulators = (group: Scope[]) => Fields;

function group(spec: unknown, { scopeOf }: StageContext): Run {
  if (!isFields(spec)) throw mongoError('Location15947', 'a group specification must be an object');
  if (!Object.hasOwn(spec, '_id')) {
    throw mongoError('Location15955', 'a group specification must include an _id');
  }
  const { _id, ...outputs } = spec;
  const [idOf, accumulate] = [compile(_id), compileOutputs(outputs)];
  return (documents) => {
    const groups = new Map<string, { id: unknown; scopes: Scope[] }>();
    for (const document of documents) {
      const scope = scopeOf(document);
      const id = idOf(scope) ?? null;
      const identity = identityOf(id);
      const known = groups.get(identity);
      if (known === undefined) groups.set(identity, { id, scopes: [scope] });
      else known.scopes.push(scope);
    }
    return [...groups.values()].map(({ id, scopes }) => ({ _id: id, ...accumulate(scopes) }));
  };
}

function compileOutputs(outputs: Fields): Accumulators {
  const parts = fieldEntries(outputs).map(([name, spec]) => {
    if (name.includes('.')) {
      throw mongoError('Location40235', `The field name '${name}' cannot contain '.'`);
    }
    return [keyOfField(name), compileAccumulator(spec, compile)] as const;
  });
  return (scopes) =>
    Object.fromEntries(parts.map(([key, accumulate]) => [key, accumulate(scopes)]));
}

const COUNT_OUTPUT: Fields = { count: { $sum: int(1) } };

function bucket(spec: unknown, { scopeOf }: StageContext): Run {
  const names = ['groupBy', 'boundaries', 'default?', 'output?'];
  const parts = Object.fromEntries(namedParts(['$bucket', ...names], spec));
  const boundaries = boundariesOf(parts['boundaries']);
  const hasDefault = Object.hasOwn(parts, 'default');
  const [keyOf, accumulate] = [
    compile(parts['groupBy']),
    compileOutputs(outputOf(parts['output'])),
  ];

  function boundOf(value: unknown): unknown {
    const at = boundaries.findLastIndex((bound: unknown) => compare(value, bound) >= 0);
    const isInside =
      at >= 0 && at < boundaries.length - 1 && orderOf(value) === orderOf(boundaries[0]);
    if (isInside) return boundaries[at];
    if (hasDefault) return parts['default'];
    throw mongoError(
      'Location40066',
      '$bucket could not find a matching branch, and has no default',
    );
  }

  return (documents) => {
    const buckets = new Map<string, { id: unknown; scopes: Scope[] }>();
    for (const document of documents) {
      const scope = scopeOf(document);
      const id = boundOf(keyOf(scope) ?? null);
      const known = buckets.get(identityOf(id)) ?? { id, scopes: [] };
      known.scopes.push(scope);
      buckets.set(identityOf(id), known);
    }
    return [...buckets.values()]
      .toSorted((a, b) => compare(a.id, b.id))
      .map(({ id, scopes }) => ({ _id: id, ...accumulate(scopes) }));
  };
}

/** @throws Refused where they are not of one type and in order. */
function boundariesOf(boundaries: unknown): unknown[] {
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw mongoError('Location40191', "$bucket 'boundaries' must be an array of at least 2 values");
  }
  for (const [at, bound] of boundaries.entries()) {
    if (at === 0) continue;
    const before: unknown = boundaries[at - 1];
    if (orderOf(bound) !== orderOf(before)) {
      throw mongoError('Location40193', "$bucket 'boundaries' must all be of one type");
    }
    if (compare(before, bound) >= 0) {
      throw mongoError('Location40194', "$bucket 'boundaries' must be in ascending order");
    }
  }
  return boundaries;
}

function bucketAuto(spec: unknown, { scopeOf }: StageContext): Run {
  const names = ['groupBy', 'buckets', 'output?', 'granularity?'];
  const parts = Object.fromEntries(namedParts(['$bucketAuto', ...names], spec));
  const count = toIndex(parts['buckets']);
  if (count === undefined || count <= 0) {
    throw mongoError('Location40243', "$bucketAuto 'buckets' must be a whole number above 0");
  }
  if (parts['granularity'] !== undefined) {
    throw mongoError('Location40257', 'the embedded store has no granularity of $bucketAuto');
  }
  const [keyOf, accumulate] = [
    compile(parts['groupBy']),
    compileOutputs(outputOf(parts['output'])),
  ];
  return (documents) => {
    const keyed = documents
      .map((document) => scopeOf(document))
      .map((scope) => ({ key: keyOf(scope) ?? null, scope }))
      .toSorted((a, b) => compare(a.key, b.key));
    const size = Math.max(1, Math.round(keyed.length / count));
    const buckets: Fields[] = [];
    for (let at = 0; at < keyed.length; ) {
      const isLast = buckets.length === count - 1;
      let end = isLast ? keyed.length : Math.min(keyed.length, at + size);
      // Equal values stay together.
      while (end < keyed.length && compare(keyed[end - 1]?.key, keyed[end]?.key) === 0) end++;
      const max = (end < keyed.length ? keyed[end] : keyed[end - 1])?.key;
      const scopes = keyed.slice(at, end).map(({ scope }) => scope);
      buckets.push({ _id: { min: keyed[at]?.key, max }, ...accumulate(scopes) });
      at = end;
    }
    return buckets;
  };
}

function outputOf(output: unknown): Fields {
  if (output === undefined) return COUNT_OUTPUT;
  if (isFields(output)) return output;
  throw mongoError('Location40196', "'output' must be an object");
}
