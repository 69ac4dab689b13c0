/** The gateway with each of its variables taken away and malformed in turn, in the real runtime. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import type { Variable } from './environment.ts';
import { VARIABLES } from './variables.ts';

const CONFIG = fileURLToPath(new URL('./wrangler.toml', import.meta.url));
const SECRETS = { MONGODB_URI: 'mongodb://127.0.0.1:1/', DATA_API_KEY: 'k'.repeat(32) };
const ASK = '/app/shop/endpoint/data/v1/action/findOne';
/** No variable takes it: a line break fits none of them. */
const MALFORMED = 'no such\nvalue';

const variables: [string, Variable][] = Object.entries(VARIABLES);
const needed = variables.filter(([, variable]) => variable.needed === 'always');

let server: ReturnType<typeof createTestHarness>;

beforeAll(async () => {
  server = createTestHarness(withChange({}));
  await server.listen();
});

afterAll(() => server?.close());

function withChange(change: Record<string, string>) {
  const [[name, value] = ['', '']] = Object.entries(change);
  const isSecret = name in SECRETS;
  return {
    workers: [
      {
        configPath: CONFIG,
        vars: isSecret || name === '' ? {} : { [name]: value },
        secrets: isSecret ? { ...SECRETS, [name]: value } : SECRETS,
      },
    ],
  };
}

async function expectClosed(name: string, value: string, fault: string): Promise<void> {
  await server.update(withChange({ [name]: value }));
  const answer = await server.fetch(ASK, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(503);
  const { error, error_code } = (await answer.json()) as Record<string, string>;
  expect(error_code).toBe('ServiceUnavailable');
  expect(error).toMatch(new RegExp(`^Configuration: ${name} is ${fault}; it must be [^;]+$`));
  expect(error).not.toContain('no such');
}

it('asks for a key where nothing is wrong', async () => {
  const answer = await server.fetch(ASK, { method: 'POST', body: '{}' });
  expect(answer.status).toBeLessThan(500);
});

it.each(variables)('names %s where it is malformed', async (name) => {
  await expectClosed(name, MALFORMED, 'malformed');
});

it.each(needed)('names %s where it is missing', async (name) => {
  await expectClosed(name, '', 'missing');
});
