/** What both pipelines of app.ts are made of: a request's variables, its id, and its refusals. */
import type { Context, MiddlewareHandler } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import type { ProblemCode } from '../../contract/problems.ts';
import { type ProblemFields, problemResponse } from '../problem.ts';

export interface PipelineEnv {
  Variables: RequestIdVariables & {
    /** Why the request was refused, for the access log. */
    problem?: ProblemCode;
  };
}

/** Short and plain, so that it can stand in a log and in a header as it is. */
const REQUEST_ID = /^[\w.=-]{1,64}$/;
const SWITCHING_PROTOCOLS = 101;

/** The caller's own id for the request, or a new one. */
export function requestIdOf({ req }: Context): string {
  const given = req.raw.headers.get('X-Request-Id');
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** An answer that refuses, and that the access log names by its code. */
export function refuse(
  c: Context<PipelineEnv>,
  code: ProblemCode,
  fields?: ProblemFields,
): Response {
  c.set('problem', code);
  return problemResponse(code, { ...fields, requestId: c.get('requestId') });
}

/** Whether the answer is a WebSocket: its headers cannot be changed, and nobody keeps or shows it. */
export function isSocket({ res }: Context): boolean {
  return res.status === SWITCHING_PROTOCOLS;
}

const nothingMore = async () => {};

/** Middleware that only changes the headers of the answer, run once there is one that has them. */
export function onAnswer(...middleware: MiddlewareHandler[]): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (isSocket(c)) return;
    for (const change of middleware) await change(c, nothingMore);
  };
}
