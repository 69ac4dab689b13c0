import { describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Deps } from '../deps/deps.ts';
import { schemaFaults } from '../testing/answers.ts';
import { openApiDocument } from './document.ts';
import { OPERATIONS } from './operations/table.ts';
import { docsPage } from './page.ts';

interface Media {
  schema: object;
  example?: unknown;
}

interface Described {
  parameters?: { schema: object; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

const { paths, components } = openApiDocument() as {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, object> };
};
const { schemas } = components;
const SCHEMA_REFERENCE = /"#\/components\/schemas\/(\w+)"/g;
/** What the generators of .ci/clients have in common. */
const READABLE_TYPE = /^(text\/.+|application\/(.+\+)?json)$/;
const described = Object.values(paths).flatMap((byMethod) => Object.values(byMethod));

/** Routes are made without being asked anything of the world. */
const noDeps = new Proxy(
  {},
  {
    get: () => ({
      metricsToken: 'a token',
      mailWebhookSecret: 'a secret',
      webhookSecret: 'a secret',
    }),
  },
) as Deps;

function routedOperations(): string[] {
  return createApp(noDeps)
    .routes()
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, '{}')}`);
}

/** The names of all schemas that one refers to, itself or through others. */
function reachedFrom(start: string): Set<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const [, next = ''] of JSON.stringify(schemas[name]).matchAll(SCHEMA_REFERENCE)) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return reached;
}

describe('the description', () => {
  it('has an entry for every route and a route for every entry', () => {
    const listed = OPERATIONS.map(
      ({ method, path }) => `${method.toUpperCase()} /api/v1${path.replaceAll(/\{\w+\}/g, '{}')}`,
    );
    expect(new Set(listed)).toEqual(new Set(routedOperations()));
    expect(listed).toHaveLength(new Set(listed).size);
  });

  it('names each operation once, and each parameter of its path', () => {
    const ids = OPERATIONS.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, params = {} } of OPERATIONS) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(params)).toEqual(inPath);
    }
  });

  it('gives examples that its own schemas allow', () => {
    const media = described.flatMap(({ requestBody, responses, parameters = [] }) => [
      ...parameters,
      ...Object.values(requestBody?.content ?? {}),
      ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content)),
    ]);
    const examples = media.filter(({ example }) => example !== undefined);
    expect(examples.length).toBeGreaterThan(OPERATIONS.length);
    for (const { schema, example } of examples) expect(schemaFaults(schema, example)).toEqual([]);
  });

  it('refuses in an answer what it does not describe', () => {
    const order = { $ref: '#/components/schemas/Stock' };
    const stock = { total: 1, remaining: 1, held: 0, sold: 0 };
    expect(schemaFaults(order, stock)).toEqual([]);
    expect(schemaFaults(order, { ...stock, lost: 0 })).not.toEqual([]);
    expect(schemaFaults(order, { ...stock, held: -1 })).not.toEqual([]);
    expect(schemaFaults(order, { total: 1 })).not.toEqual([]);
  });

  it('has no schema that contains itself, which generators leave out with all that needs it', () => {
    for (const name of Object.keys(schemas)) expect(reachedFrom(name), name).not.toContain(name);
    // Where Zod puts the parts of a schema that contains itself and has no name.
    expect(JSON.stringify(openApiDocument())).not.toContain('"$defs"');
  });

  it('has for every answer with a body a type that generators can read', () => {
    const answers = described.flatMap(({ responses }) => Object.values(responses));
    for (const { content } of answers) {
      if (content === undefined) continue;
      const types = Object.keys(content);
      expect(
        types.some((type) => READABLE_TYPE.test(type)),
        types.join(),
      ).toBe(true);
    }
  });

  it('is a page too, without script or style of its own, on which every link leads somewhere', async () => {
    const page = String(await docsPage());
    // An address in an example is no link.
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|="?https?:\/\//);
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(OPERATIONS.length);
    expect(targets.filter((id) => !ids.has(id))).toEqual([]);
    for (const { operationId } of OPERATIONS) expect(ids).toContain(operationId);
  });
});
