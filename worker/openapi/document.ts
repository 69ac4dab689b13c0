/** The OpenAPI 3.1 document, made from the table of operations and the schemas that validate. */
import * as z from 'zod';
import { PICTURE_LIMITS } from '../contract/picture-uploads.ts';
import { PROBLEMS, type ProblemCode } from '../contract/problems.ts';
import { HEADERS, headersOf } from './headers.ts';
import { type Operation, problemCodesOf, type SuccessAnswer } from './operations/operation.ts';
import { OPERATIONS } from './operations/table.ts';
import { parametersOf } from './parameters.ts';
import { writeUnionPlainly } from './plain-unions.ts';
import { problemBodyOf, problemNameOf } from './problems.ts';
import { ADDED, ANSWER_SCHEMAS, INPUT_SCHEMAS } from './schemas.ts';

type Json = Record<string, unknown>;

const DESCRIPTION =
  'Sells a fixed number of units to far more people than there are units, fairly, without ever selling one twice. Times are RFC 3339 in UTC, money is in integer minor units, ids are opaque, lists are paged by cursor. Every refusal is a problem (RFC 9457) with a stable code; unknown members of a request are refused.';

const TAGS: Record<Operation['tag'], string> = {
  Events: 'What is on sale, as anyone may read it.',
  Purchase: 'A hold, and its two ends. Sending again with the same key is always safe.',
  Queue: 'A place for whoever cannot buy at once: a draw before the opening, a waitlist after it.',
  Accounts: 'Registering and signing in.',
  Profile: 'The caller’s own account and orders.',
  Reviews: 'Ratings of items and the discussion of events. Without them the shop still sells.',
  Administration: 'Running sales; for admins.',
  Service: 'The shop’s own state, and this description.',
};

const SECURITY: Record<Operation['caller'], Json[]> = {
  anybody: [],
  customer: [{ accessToken: [] }],
  admin: [{ accessToken: [] }],
  scraper: [{ metricsToken: [] }],
  mail_provider: [{ webhookSignature: [] }],
  payment_provider: [{ stripeSignature: [] }],
};

/** Whichever kind it says it is: the bytes decide. */
const PICTURE_BODY = {
  required: true,
  description: `At most ${PICTURE_LIMITS.bytesMax} bytes.`,
  content: Object.fromEntries(
    ['image/*', 'application/octet-stream'].map((type) => [
      type,
      { schema: { type: 'string', format: 'binary' } },
    ]),
  ),
};

let made: Json | undefined;

/** Made once per isolate, at the first request for it. */
export function openApiDocument(): Json {
  made ??= {
    openapi: '3.1.1',
    info: {
      title: 'SwiftDrop',
      version: '1.0.0',
      summary: 'Flash sales that never sell a unit twice and never lose one.',
      description: DESCRIPTION,
    },
    servers: [{ url: '/api/v1', description: 'This shop.' }],
    security: [],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: paths(),
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        metricsToken: { type: 'http', scheme: 'bearer' },
        webhookSignature: { type: 'apiKey', in: 'header', name: 'webhook-signature' },
        stripeSignature: { type: 'apiKey', in: 'header', name: 'Stripe-Signature' },
      },
      headers: usedHeaders(),
      schemas: componentSchemas(),
    },
  };
  return made;
}

function paths(): Json {
  const byPath: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    const { path, method } = operation;
    byPath[path] = { ...byPath[path], [method]: operationObject(operation) };
  }
  return byPath;
}

function operationObject(operation: Operation): Json {
  const { operationId, tag, summary, description, caller, body } = operation;
  const parameters = parametersOf(operation, schemaOf);
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: SECURITY[caller],
    ...(caller === 'admin' && { 'x-role': 'admin' }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: body.optional !== true,
        content: {
          'application/json': { schema: schemaOf(body.schema, 'input'), example: body.example },
          ...(operation.takesForm && {
            'application/x-www-form-urlencoded': { schema: { type: 'object' } },
          }),
        },
      },
    }),
    ...(operation.takesPicture && { requestBody: PICTURE_BODY }),
    responses: responses(operation),
  };
}

function responses(operation: Operation): Json {
  const successes = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    success(operation, Number(status), answer),
  ]);
  if (operation.revalidated) {
    const headers = headersOf(operation, { status: 304 });
    successes.push(['304', { description: 'Not modified: the tag still holds.', headers }]);
  }
  const byStatus = Map.groupBy(problemCodesOf(operation), (code) => PROBLEMS[code].status);
  const problems = [...byStatus].map(([status, codes]) => [
    String(status),
    problemAnswer(operation, status, codes),
  ]);
  return Object.fromEntries([...successes, ...problems]);
}

function success(operation: Operation, status: number, answer: SuccessAnswer): Json {
  const { description, schema, mediaType = 'application/json', plainType, example } = answer;
  const described = schema && {
    schema: schemaOf(schema, 'output'),
    ...(example !== undefined && { example }),
  };
  return {
    description,
    headers: headersOf(operation, { status, extra: answer.headers }),
    ...(described && {
      content: { [mediaType]: described, ...(plainType && { [plainType]: described }) },
    }),
  };
}

function problemAnswer(operation: Operation, status: number, codes: ProblemCode[]): Json {
  const refs = codes.map((code) => ({ $ref: referenceTo(problemNameOf(code)) }));
  const [only] = refs;
  const mapping = Object.fromEntries(codes.map((code) => [code, referenceTo(problemNameOf(code))]));
  return {
    description: `${codes.map((code) => PROBLEMS[code].title).join('; or: ')}.`,
    headers: headersOf(operation, { status, extra: operation.problemHeaders?.[status] }),
    content: {
      'application/problem+json': {
        schema:
          refs.length === 1
            ? only
            : { oneOf: refs, discriminator: { propertyName: 'code', mapping } },
      },
    },
  };
}

function usedHeaders(): Json {
  const used = JSON.stringify(paths());
  return Object.fromEntries(
    Object.entries(HEADERS).filter(([name]) => used.includes(`"#/components/headers/${name}"`)),
  );
}

function componentSchemas(): Json {
  const answers = named({ ...ANSWER_SCHEMAS, ...problemSchemas() }, 'output');
  return { ...answers, ...named(INPUT_SCHEMAS, 'input') };
}

function problemSchemas(): Record<string, z.ZodType> {
  const codes = new Set(OPERATIONS.flatMap(problemCodesOf));
  return Object.fromEntries([...codes].map((code) => [problemNameOf(code), problemBodyOf(code)]));
}

/** A reference where the schema has a name, else the schema itself. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const names = io === 'input' ? INPUT_SCHEMAS : ANSWER_SCHEMAS;
  const name = Object.keys(names).find((known) => names[known] === schema);
  if (name !== undefined) return { $ref: referenceTo(name) };
  return bare(z.toJSONSchema(schema, { io, override: added }));
}

function named(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: plain } = z.toJSONSchema(registry, { io, uri: referenceTo, override: added });
  return Object.fromEntries(Object.entries(plain).map(([id, schema]) => [id, bare(schema)]));
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

function added({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: object }): void {
  for (const [schema, members] of ADDED) {
    if (schema === zodSchema) Object.assign(jsonSchema, members);
  }
  writeUnionPlainly(jsonSchema);
}

/** Without what only a document of its own needs. */
function bare(schema: object): Json {
  const { $schema: _schema, $id: _id, id: _name, ...rest } = schema as Json;
  return rest;
}
