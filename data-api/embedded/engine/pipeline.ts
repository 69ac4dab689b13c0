/** Pipelines: each stage is compiled once and turns documents into documents, all in memory. */
import { type Fields, fieldEntries, isFields } from '../../protocol/fields.ts';
import { compile } from './expression.ts';
import { GROUPING_STAGES } from './grouping-stages.ts';
import { joinStage } from './join-stages.ts';
import { toWhole } from './numbers.ts';
import { compileAddition, compileProjection, compileRemoval, type Project } from './projection.ts';
import { compileFilter } from './query.ts';
import { sorted } from './sorting.ts';
import type { Run, Stage, StageContext } from './stage.ts';
import { compileUnwind } from './unwind.ts';
import { copyOf, mongoError } from './values.ts';

const STAGES: Readonly<Record<string, Stage>> = {
  ...GROUPING_STAGES,
  $match: (spec, { scopeOf }) => {
    const matches = compileFilter(spec);
    return (documents) => documents.filter((one) => matches(one, scopeOf(one).variables));
  },
  $project: (spec, context) => {
    if (isFields(spec) && Object.keys(spec).length === 0) {
      throw mongoError('Location51272', '$project specification must have at least one field');
    }
    return projecting(compileProjection(spec), context);
  },
  $addFields: (spec, context) => projecting(compileAddition(spec), context),
  $set: (spec, context) => projecting(compileAddition(spec), context),
  $unset: (spec, context) => projecting(compileRemoval(spec), context),
  $sort: (spec) => {
    sorted([], spec);
    return (documents) => sorted(documents, spec);
  },
  $limit: (spec) => {
    const count = countOf('$limit', spec, 1);
    return (documents) => documents.slice(0, count);
  },
  $skip: (spec) => {
    const count = countOf('$skip', spec, 0);
    return (documents) => documents.slice(count);
  },
  $sample: (spec) => {
    const size = countOf('$sample', isFields(spec) ? spec['size'] : undefined, 0);
    return (documents) => sample(documents, size);
  },
  $unwind: compileUnwind,
  $replaceRoot: (spec, context) => {
    if (!isFields(spec) || !Object.hasOwn(spec, 'newRoot')) {
      throw mongoError('Location40231', 'no newRoot specified for the $replaceRoot stage');
    }
    return replacing(spec['newRoot'], context);
  },
  $replaceWith: replacing,
  $redact: redacting,
  $facet: (spec, context) => {
    const parts = fieldEntries(isFields(spec) ? spec : {}).map(
      ([name, stages]) => [name, compilePipeline(stages, context)] as const,
    );
    if (parts.length === 0)
      throw mongoError('Location40169', '$facet must have at least one field');
    return (documents) => {
      const result: Fields = {};
      for (const [name, run] of parts) result[name] = run(documents);
      return [result];
    };
  },
  $lookup: (spec, context) => joinStage('$lookup', spec, { ...context, compilePipeline }),
  $unionWith: (spec, context) => joinStage('$unionWith', spec, { ...context, compilePipeline }),
};

/** @throws Refused where MongoDB would not understand it, or this store does not have the stage. */
export function compilePipeline(stages: unknown, context: StageContext): Run {
  if (!Array.isArray(stages)) throw mongoError('TypeMismatch', 'a pipeline must be an array');
  const runs = stages.map((stage): Run => {
    const [[name, spec] = ['', undefined]] = isFields(stage) ? fieldEntries(stage) : [];
    const known = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (known === undefined) {
      throw mongoError('Location40324', `the embedded store has no stage ${name}`);
    }
    return known(spec, context);
  });
  return (documents) => runs.reduce((found, run) => context.bounded(run(found)), documents);
}

function projecting(project: Project, { scopeOf }: StageContext): Run {
  return (documents) => documents.map((document) => project(document, scopeOf(document)));
}

function replacing(expression: unknown, { scopeOf }: StageContext): Run {
  const evaluate = compile(expression);
  return (documents) =>
    documents.map((document) => {
      const root = evaluate(scopeOf(document));
      if (isFields(root)) return copyOf(root);
      throw mongoError('Location40228', "'newRoot' expression must evaluate to an object");
    });
}

function redacting(expression: unknown, { scopeOf }: StageContext): Run {
  const evaluate = compile(expression);
  const marks = { DESCEND: '$descend', PRUNE: '$prune', KEEP: '$keep' };
  return (documents) =>
    documents.flatMap((document) => {
      const scope = scopeOf(document);
      const redact = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(redact).filter((one) => one !== undefined);
        if (!isFields(value)) return value;
        const variables = { ...scope.variables, ...marks, CURRENT: value };
        const mark = evaluate({ root: document, variables });
        if (mark === marks.KEEP) return value;
        if (mark === marks.PRUNE) return undefined;
        if (mark !== marks.DESCEND) throw mongoError('Location17053', '$redact must give a mark');
        const entries = Object.entries(value).map(([key, part]) => [key, redact(part)] as const);
        return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
      };
      const result = redact(document);
      return isFields(result) ? [result] : [];
    });
}

function countOf(name: string, value: unknown, min: number): number {
  const count = toWhole(value);
  if (count !== undefined && count >= BigInt(min)) return Number(count);
  throw mongoError('Location15957', `the ${name} must be a whole number from ${min}`);
}

/** Each at most once, in random order. */
function sample(documents: Fields[], size: number): Fields[] {
  const left = documents.slice();
  const count = Math.min(size, left.length);
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(Math.random() * (left.length - at));
    const [a, b] = [left[at], left[other]];
    if (a !== undefined && b !== undefined) [left[at], left[other]] = [b, a];
  }
  return left.slice(0, count);
}
