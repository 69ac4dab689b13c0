/** What became of a call, whatever was called. Types and one schema. */
import * as z from 'zod';
import { instantSchema } from '../../worker/contract/values.ts';

export const refusalSchema = z.looseObject({
  code: z.string(),
  nextReleaseAt: instantSchema.nullish(),
  opensAt: instantSchema.nullish(),
  serverNow: instantSchema.nullish(),
});
export type Refusal = z.infer<typeof refusalSchema>;

export type ApiResult<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'gave_up'; reason: string }
  /** Neither the expected answer nor a problem with a code. */
  | { kind: 'malformed'; detail: string };
