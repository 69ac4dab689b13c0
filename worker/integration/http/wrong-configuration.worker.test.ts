/**
 * A shop whose configuration is wrong, on the real Worker: each variable of the table is taken away
 * and malformed in turn, so that one which is added there is tried here without another word.
 */
import { createExecutionContext, createScheduledController } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Variable } from '../../../data-api/environment.ts';
import { VARIABLES } from '../../config/variables.ts';
import { problemSchema } from '../../contract/problems.ts';
import { createEntrypoint } from '../../entrypoint.ts';
import { expectDescribed } from '../../testing/answers.ts';
import { shopEnv } from '../../testing/shop.ts';

/** No variable takes it: a line break fits none of them. */
const MALFORMED = 'no such\nvalue';
const BINDINGS = ['SALES', 'LIVE', 'HASHERS', 'OUTBOX', 'BEACONS'];

type Changes = Record<string, string | undefined>;

/** The tests' shop sends no mail; this one does, by whatever adapter, and takes money. */
const COMPLETE: Changes = {
  MAIL_VIA: 'folder',
  MAIL_FROM: 'Shop <shop@shop.example>',
  MAIL_API_KEY: 're_key',
  MAIL_FOLDER_URL: 'http://127.0.0.1:1/',
  PAYMENT_VIA: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_12345678',
  STRIPE_WEBHOOK_SECRET: 'whsec_1234567812345678',
};

/** With what a variable is needed. */
function neededWith({ needed }: Variable): Changes {
  const isOfOneValue = typeof needed === 'object' && 'being' in needed;
  return isOfOneValue ? { ...COMPLETE, [needed.with]: needed.being } : COMPLETE;
}

const variables: [string, Variable][] = Object.entries(VARIABLES);
const needed = variables.filter(([, variable]) => variable.needed !== 'never');
const optional = variables.filter(([, variable]) => variable.needed === 'never');

async function ask(
  path: string,
  changes: Changes,
  origin = 'https://shop.example',
): Promise<Response> {
  const entrypoint = createEntrypoint();
  const request = new Request<unknown, IncomingRequestCfProperties>(`${origin}/api/v1${path}`);
  const answer = await entrypoint.fetch(
    request,
    { ...shopEnv, ...changes },
    createExecutionContext(),
  );
  await expectDescribed({ method: 'GET', path }, answer);
  return answer;
}

/** Health names the variable and not its value; any other route names nothing; nothing goes on. */
async function expectClosed(changes: Changes, fault: { path: string; message: string }) {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const health = await ask('/health', changes);
    expect(health.status).toBe(503);
    const healthText = await health.text();
    const { code, detail, errors } = problemSchema.parse(JSON.parse(healthText));
    expect({ code, errors }).toEqual({
      code: 'unavailable',
      errors: [{ path: fault.path, message: expect.stringContaining(fault.message) }],
    });
    expect(detail).toBe(`Configuration: ${fault.path} ${fault.message}.`);
    expect(logged.mock.calls.join('\n')).toContain(`"${fault.path}"`);
    const secrets = [MALFORMED.split('\n')[1], shopEnv.JWT_SECRET, shopEnv.DATABASE_URL];
    for (const value of secrets) {
      expect(`${healthText} ${logged.mock.calls.join('\n')}`).not.toContain(value);
    }
    for (const path of ['/events', '/profile', '/openapi.json']) {
      const other = await ask(path, changes);
      expect(other.status).toBe(503);
      expect(Number(other.headers.get('Retry-After'))).toBeGreaterThan(1);
      const text = await other.text();
      expect(JSON.parse(text)).toMatchObject({ code: 'unavailable' });
      expect(text).not.toContain(fault.path);
    }
    const entrypoint = createEntrypoint();
    const cron = entrypoint.scheduled(createScheduledController(), { ...shopEnv, ...changes });
    await expect(cron).rejects.toThrow(fault.path);
  } finally {
    logged.mockRestore();
  }
}

describe('a shop stays closed and says why', () => {
  it.each(variables)('where %s is malformed', async (name) => {
    const changes = { ...COMPLETE, [name]: MALFORMED };
    await expectClosed(changes, { path: name, message: 'is malformed' });
  });

  it.each(needed)('where %s is missing', async (name, variable) => {
    for (const nothing of ['', undefined]) {
      const changes = { ...neededWith(variable), [name]: nothing };
      await expectClosed(changes, { path: name, message: 'is missing' });
    }
  });

  it.each(BINDINGS)('where the binding %s is missing', async (name) => {
    await expectClosed({ [name]: undefined }, { path: name, message: 'is missing' });
  });

  it('where Cloudflare is to send mails and its binding is missing', async () => {
    const changes = { ...COMPLETE, MAIL_VIA: 'cloudflare' };
    await expectClosed(changes, { path: 'EMAIL', message: 'is missing' });
  });

  it('says to a developer who started it without a database how to get one', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const changes = { DATABASE_URL: '', JWT_SECRET: '' };
    for (const host of ['localhost:8787', '127.0.0.1:1', '[::1]:8787']) {
      const [health, events] = await Promise.all(
        ['/health', '/events'].map(async (path) => {
          const answer = await ask(path, changes, `http://${host}`);
          return problemSchema.parse(await answer.json()).detail ?? '';
        }),
      );
      expect(health).toContain('Configuration: DATABASE_URL is missing, JWT_SECRET is missing.');
      for (const detail of [health, events]) expect(detail).toContain('`npm run services`');
    }
    expect(logged.mock.calls.join('\n')).toContain('npm run services');
  });

  it('names all that is wrong at once, and logs it once for all requests', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const entrypoint = createEntrypoint();
    const env = { ...shopEnv, JWT_SECRET: 'short', DATABASE_URL: '', PURCHASES_PER_ADDRESS: '' };
    for (let n = 0; n < 3; n++) {
      const request = new Request<unknown, IncomingRequestCfProperties>(
        'https://shop.example/api/v1/health',
      );
      const answer = await entrypoint.fetch(request, env as never, createExecutionContext());
      expect(await answer.json()).toMatchObject({
        detail: 'Configuration: DATABASE_URL is missing, JWT_SECRET is malformed.',
      });
    }
    expect(logged).toHaveBeenCalledTimes(1);
  });
});

describe('a shop is open', () => {
  it.each(optional)('without %s', async (name) => {
    for (const nothing of ['', undefined]) {
      expect((await ask('/health', { [name]: nothing })).status).toBe(200);
    }
  });

  it('with mails, and without an address of its own and a sender where it sends none', async () => {
    expect((await ask('/health', COMPLETE)).status).toBe(200);
    const none = { PUBLIC_URL: '', MAIL_VIA: '', MAIL_FROM: '' };
    expect((await ask('/health', none)).status).toBe(200);
  });

  it('without a key where there is no Data API', async () => {
    const changes = { DATA_API_URL: '', DATA_API_KEY: '' };
    expect((await ask('/health', changes)).status).toBe(200);
  });
});
