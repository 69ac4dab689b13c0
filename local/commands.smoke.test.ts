/** The commands that work on a Postgres of one's own: each as it is typed, on a real server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealPostgres, startRealPostgres } from './neon/real-postgres.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const EMAIL = 'boss@example.com';
const PASSWORD = 'a password that is long enough';

let server: RealPostgres;

beforeAll(async () => {
  server = await startRealPostgres();
}, 60_000);

afterAll(() => server?.stop());

/** `npm run NAME -- ARGS`, with what it reads on standard input. */
async function run(
  name: string,
  args: string[] = [],
  { stdin = '', databaseUrl = server.connectionString } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn('npm', ['run', '--silent', name, '--', ...args], {
    cwd: PROJECT,
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  child.stdin.end(stdin);
  const [code] = await once(child, 'close');
  return { code, output };
}

async function query(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(server.connectionString);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a Postgres of one’s own', () => {
  it('is found to lack migrations, gets them once, and has none pending then', async () => {
    const early = await run('admin:create', [EMAIL], { stdin: `${PASSWORD}\n` });
    expect(early).toMatchObject({ code: 1, output: expect.stringContaining('db:migrate') });
    expect((await run('db:migrate')).code).toBe(0);
    const [before] = await query('SELECT count(*) AS n FROM drizzle.__drizzle_migrations');
    expect((await run('db:migrate')).code).toBe(0);
    const [after] = await query('SELECT count(*) AS n FROM drizzle.__drizzle_migrations');
    expect(after).toEqual(before);
  });

  it('is given an admin, whose password is nowhere to be seen, and no second one', async () => {
    const made = await run('admin:create', [EMAIL, 'The boss'], { stdin: `${PASSWORD}\n` });
    expect(made.code).toBe(0);
    expect(made.output).not.toContain(PASSWORD);
    const rows = await query(
      `SELECT email, display_name, role, password_hash, email_verified_at IS NOT NULL AS verified
         FROM users`,
    );
    const boss = { email: EMAIL, display_name: 'The boss', role: 'admin', verified: true };
    expect(rows).toMatchObject([boss]);
    expect(rows[0]?.['password_hash']).not.toContain(PASSWORD);
    const again = await run('admin:create', [EMAIL], { stdin: `${PASSWORD}\n` });
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('already') });
    const [trace, ...more] = await query('SELECT actor, action, before, after FROM audit_log');
    const entry = { actor: 'npm run admin:create', action: 'user.create', before: null };
    expect([trace, more]).toEqual([{ ...entry, after: { role: 'admin' } }, []]);
  });

  it('says which one it was, as often as its address says more than where it is', async () => {
    // What Neon adds to an address; a server of one's own has no certificate to require.
    const url = new URL(server.connectionString);
    url.search = '?sslmode=disable&channel_binding=prefer&application_name=somebody';
    const made = await run('admin:create', ['chief@example.com'], {
      stdin: `${PASSWORD}\n`,
      databaseUrl: url.href,
    });
    expect(made).toMatchObject({
      code: 0,
      output: expect.stringContaining(`is an admin now, in ${url.host}${url.pathname}`),
    });
    expect(made.output).not.toContain('sslmode');
  });

  it.each([
    ['no address', []],
    ['a name in two words', [EMAIL, 'The', 'boss']],
    ['a flag', ['--email', EMAIL]],
  ])('is given no admin by %s', async (_what, args) => {
    const { code, output } = await run('admin:create', args, { stdin: `${PASSWORD}\n` });
    expect(code).toBe(1);
    expect(output).toContain('Usage:');
  });

  it('is not asked without encryption where its address requires it', async () => {
    const url = new URL(server.connectionString);
    url.search = '?sslmode=require&channel_binding=require';
    const made = await run('admin:create', ['chief@example.com'], {
      stdin: `${PASSWORD}\n`,
      databaseUrl: url.href,
    });
    expect(made).toMatchObject({ code: 1, output: expect.stringContaining('cannot be reached') });
    expect(made.output).not.toContain('Warning');
  });

  it.each(['Password1', 'SwiftDrop1', 'abcdefgh', 'Chief-2026'])(
    'is given no admin with a weak password like %s',
    async (weak) => {
      const made = await run('admin:create', ['chief@example.com'], { stdin: `${weak}\n` });
      expect(made).toMatchObject({ code: 1, output: expect.stringContaining('password: is ') });
    },
  );

  it('says which field of an admin is at fault', async () => {
    const { code, output } = await run('admin:create', ['nobody'], { stdin: 'short\n' });
    expect(code).toBe(1);
    expect(output).toContain('email');
    expect(output).toContain('password');
  });

  it('is recounted, and repaired with an entry in the audit log when asked to', async () => {
    expect((await run('reconcile')).code).toBe(0);
    await query(`
      INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds)
      VALUES ('evt_000000000000', 'Sale', 'EUR', now(), now() + interval '1 hour', 60);
      INSERT INTO item_catalog (id, name, category) VALUES ('itm_1', 'Lamp', 'x');
      INSERT INTO event_items (id, event_id, item_id, position, price_cents, stock_total,
                               stock_remaining, stock_sold)
      VALUES ('evi_000000000000_1', 'evt_000000000000', 'itm_1', 1, 100, 5, 3, 2)`);
    const found = await run('reconcile');
    expect(found.code).not.toBe(0);
    expect(found.output).toContain('evi_000000000000_1');
    expect((await run('reconcile', ['--repair'])).code).toBe(0);
    expect(await query('SELECT stock_remaining, stock_sold FROM event_items')).toEqual([
      { stock_remaining: 5, stock_sold: 0 },
    ]);
    const repairs = await query("SELECT subject FROM audit_log WHERE actor = 'npm run reconcile'");
    expect(repairs).toEqual([{ subject: 'evi_000000000000_1' }]);
    expect((await run('reconcile')).code).toBe(0);
  });
});
