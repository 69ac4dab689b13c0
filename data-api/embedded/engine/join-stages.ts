/** Stages that read a second collection. Which ones they may is checked before. */
import { BSONRegExp } from 'bson';
import { type Fields, isFields } from '../../protocol/fields.ts';
import { identityOf } from './compare.ts';
import { compile } from './expression.ts';
import { compileVariables } from './logic-operators.ts';
import { namedParts } from './operator.ts';
import { valuesAt } from './paths.ts';
import { createContext, type Run, type StageContext } from './stage.ts';
import { withValue } from './unwind.ts';
import { isNullish, mongoError } from './values.ts';

interface JoinContext extends StageContext {
  compilePipeline(stages: unknown, context: StageContext): Run;
}

/** @param name of the stage, `$lookup` or `$unionWith`. */
export function joinStage(name: string, spec: unknown, context: JoinContext): Run {
  return name === '$lookup' ? lookup(spec, context) : unionWith(spec, context);
}

function unionWith(spec: unknown, context: JoinContext): Run {
  const named = typeof spec === 'string' ? { coll: spec } : spec;
  const parts = Object.fromEntries(namedParts(['$unionWith', 'coll', 'pipeline?'], named));
  const run = context.compilePipeline(parts['pipeline'] ?? [], context);
  return (documents) => [...documents, ...run(context.collection(textOf('coll', parts['coll'])))];
}

function lookup(spec: unknown, context: JoinContext): Run {
  const names = ['from', 'localField?', 'foreignField?', 'let?', 'pipeline?', 'as'];
  const parts = Object.fromEntries(namedParts(['$lookup', ...names], spec));
  const as = textOf('as', parts['as']).split('.');
  const from = textOf('from', parts['from']);
  const { localField, foreignField, pipeline } = parts;
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw mongoError(
      'FailedToParse',
      '$lookup requires both or neither of localField and foreignField',
    );
  }
  if (localField === undefined && pipeline === undefined) {
    throw mongoError('FailedToParse', '$lookup requires a pipeline or two fields');
  }
  const local = localField === undefined ? undefined : textOf('localField', localField).split('.');
  const foreign = foreignField === undefined ? [] : textOf('foreignField', foreignField).split('.');
  const named = isFields(parts['let']) ? parts['let'] : {};
  const variables = compileVariables(named, compile);
  // Where there are no documents to join it is refused all the same.
  if (pipeline !== undefined) pipelineWith(pipeline, context, named);
  return (documents) => {
    const all = context.collection(from);
    const byValue = local === undefined ? undefined : indexBy(all, foreign);
    return documents.map((document) => {
      const joined =
        byValue === undefined || local === undefined ? all : found(byValue, document, local);
      const scope = context.scopeOf(document);
      const inner = { ...scope.variables, ...variables(scope) };
      const run = pipeline === undefined ? undefined : pipelineWith(pipeline, context, inner);
      return withValue(document, as, run === undefined ? joined : run(joined));
    });
  };
}

function pipelineWith(stages: unknown, context: JoinContext, variables: Fields): Run {
  return context.compilePipeline(stages, createContext(context.collection, variables));
}

type Index = Map<string, Fields[]>;

/** Every value that a field has, or has an element of, to its documents. */
function indexBy(documents: Fields[], path: string[]): Index {
  const index: Index = new Map();
  for (const document of documents) {
    const identities = new Set(
      valuesAt(document, path)
        .flatMap((value) => (Array.isArray(value) ? [value, ...(value as unknown[])] : [value]))
        .map((value) => identityOf(value ?? null)),
    );
    for (const identity of identities) {
      const known = index.get(identity);
      if (known === undefined) index.set(identity, [document]);
      else known.push(document);
    }
  }
  return index;
}

/** In the order of their collection, each once. */
function found(index: Index, document: Fields, path: string[]): Fields[] {
  const values = valuesAt(document, path).flatMap((value) =>
    Array.isArray(value) ? value : [value],
  );
  if (values.some((value) => value instanceof BSONRegExp)) return [];
  const wanted = values.length === 0 ? [null] : values;
  const joined = wanted.flatMap(
    (value) => index.get(identityOf(isNullish(value) ? null : value)) ?? [],
  );
  return [...new Set(joined)];
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw mongoError('FailedToParse', `'${name}' must be a text that is not empty`);
}
