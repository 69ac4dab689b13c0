/** Refusals outside the pipelines of app.ts, with the headers that every other answer has. */
import { Hono } from 'hono';
import { requestId } from 'hono/request-id';
import type { ProblemCode } from '../../contract/problems.ts';
import type { ProblemFields } from '../problem.ts';
import { answerHeaders } from './answer-headers.ts';
import { onAnswer, type PipelineEnv, refuse } from './pipeline.ts';
import { securityHeaders } from './security-headers.ts';

export async function refusal(code: ProblemCode, fields: ProblemFields): Promise<Response> {
  const app = new Hono<PipelineEnv>()
    .use(requestId(), onAnswer(securityHeaders, answerHeaders(Date.now)))
    .get('/', (c) => refuse(c, code, fields));
  return app.request('/');
}
