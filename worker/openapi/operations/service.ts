/** Whether the shop can sell, its metrics, and the description of its API. */
import * as z from 'zod';
import { instantSchema } from '../../contract/values.ts';
import { EXAMPLES } from './examples.ts';
import { METRICS_EXAMPLES } from './metrics-examples.ts';
import type { Operation } from './operation.ts';

export const SERVICE_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/health',
    operationId: 'getHealth',
    tag: 'Service',
    summary: 'Tell whether the shop can sell',
    caller: 'anybody',
    answers: {
      200: {
        description: 'The database answers and has every migration.',
        schema: z.object({ status: z.literal('ok'), serverNow: instantSchema }),
        example: EXAMPLES.health,
      },
    },
  },
  {
    method: 'get',
    path: '/metrics',
    operationId: 'getMetrics',
    tag: 'Service',
    summary: 'Give the shop’s metrics in OpenMetrics text',
    description:
      'For whoever has the token of the configuration; a shop without one has no such address. Of open events only the twenty newest are listed one by one.',
    caller: 'scraper',
    answers: {
      200: {
        description: 'OpenMetrics 1.0, as plain text where Accept asks for that.',
        schema: z.string(),
        mediaType: 'application/openmetrics-text',
        // Generated clients that know no other text than text/* can read the figures too.
        plainType: 'text/plain',
        example: METRICS_EXAMPLES.metrics,
      },
    },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenApiDocument',
    tag: 'Service',
    summary: 'This description',
    caller: 'anybody',
    revalidated: true,
    answers: {
      200: {
        description: 'An OpenAPI 3.1 document.',
        schema: z.looseObject({ openapi: z.string().regex(/^3\.1\./) }),
      },
    },
  },
  {
    method: 'get',
    path: '/docs',
    operationId: 'getDocsPage',
    tag: 'Service',
    summary: 'This description as a page',
    caller: 'anybody',
    revalidated: true,
    answers: {
      200: { description: 'A page without script.', schema: z.string(), mediaType: 'text/html' },
    },
  },
];
