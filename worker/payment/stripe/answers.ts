/** What several calls make of Stripe's answers. */
import type * as z from 'zod';
import { PaymentFault } from '../payment-fault.ts';
import type { Page, TimeRange } from '../provider.ts';
import { type Answer, type Refused, read } from './call.ts';
import type { Params } from './form.ts';

export const PAGE_ENTRIES_MAX = 100;

export function done<Value>(value: Value): { kind: 'done'; value: Value } {
  return { kind: 'done', value };
}

export function refused<Code extends string>(code: Code): { kind: 'refused'; code: Code } {
  return { kind: 'refused', code };
}

/** For a refusal that says nothing about an object: the request is wrong. */
export function rejected({ status, code, param }: Refused): PaymentFault {
  return new PaymentFault('rejected', { cause: `status ${status} ${code ?? ''} ${param ?? ''}` });
}

/** @returns undefined where Stripe has no such object. */
export function foundIn<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> | undefined {
  return answer.refused?.status === 404 ? undefined : valueIn(schema, answer);
}

/** Of what only reads, and so cannot be refused. */
export function valueIn<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  if (answer.refused !== undefined) throw rejected(answer.refused);
  return read(schema, answer.json);
}

export function pathOf(collection: string, id: string, action?: string): string {
  const path = `${collection}/${encodeURIComponent(id)}`;
  return action === undefined ? path : `${path}/${action}`;
}

/** Stripe knows whole seconds; rounded alike, ranges that follow each other miss and repeat nothing. */
export function rangeParams({ fromMs, toMs, after }: TimeRange): Params {
  return {
    created: { gte: Math.ceil(fromMs / 1_000), lt: Math.ceil(toMs / 1_000) },
    limit: PAGE_ENTRIES_MAX,
    starting_after: after,
  };
}

export function pageOf<Entry extends { id: string }, Value>(
  { data, has_more: more }: { data: Entry[]; has_more: boolean },
  valueOf: (entry: Entry) => Value,
): Page<Value> {
  return { entries: data.map(valueOf), next: more ? data.at(-1)?.id : undefined };
}
