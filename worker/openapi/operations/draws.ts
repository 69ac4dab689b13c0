/** Draws that anybody can check. */
import * as z from 'zod';
import { drawAnswerSchema, drawEntriesQuerySchema } from '../../contract/draw.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { DRAW_EXAMPLES } from './draw-examples.ts';
import { EVENT_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const params = { id: { schema: eventIdSchema, example: EVENT_ID } };

export const DRAW_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/events/{id}/draw',
    operationId: 'getDraw',
    tag: 'Queue',
    summary: 'Read how an event’s draw is made and proven',
    description:
      'All that it takes to check the draw, as docs/fairness.md of the source describes it; the records are in /events/{id}/draw/entries. An event that has no draw is not found. One that somebody entered keeps its draw for good, also when it was closed, cancelled or unpublished. Statements and receipts are signed by the keys in /.well-known/jwks.json at the same host, a JWK set. At most two seconds old, the counts over time of a draw that is open at most 22; pages of any site may read it.',
    caller: 'anybody',
    params,
    revalidated: true,
    answers: {
      200: { description: 'The draw.', schema: drawAnswerSchema, example: DRAW_EXAMPLES.draw },
    },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/events/{id}/draw/entries',
    operationId: 'listDrawEntries',
    tag: 'Queue',
    summary: 'Read the records of an event’s draw',
    description:
      'One JSON object a line (schema DrawEntry), in the order of seq, each ended by a line feed; nobody can be recognised by them. Once it is drawn, with rank, outcome and reason. Streamed: an answer that breaks off is not whole, and can be gone on with by from. Has an ETag, and answers 304 to an If-None-Match that names it, except between the draw and the end of the sale, when the outcomes change.',
    caller: 'anybody',
    params,
    query: drawEntriesQuerySchema,
    answers: {
      200: {
        description: 'The records, as plain text where Accept asks for that.',
        schema: z.string(),
        mediaType: 'application/x-ndjson',
        // Generated clients that know no other text than text/* can read them too.
        plainType: 'text/plain',
        example: DRAW_EXAMPLES.entries,
      },
      304: { description: 'Not modified: the tag still holds.' },
    },
    problems: ['rate_limited', 'busy'],
  },
];
