import { beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from '../migrations.ts';
import { UserError } from '../user-error.ts';
import { type DeployPorts, deploy, rehearseDeployment } from './deployment.ts';
import { parseDeployOptions } from './options.ts';

const DATABASE_URL = 'postgres://user:password@host.example/shop';
const secrets = { DATABASE_URL, JWT_SECRET: 's'.repeat(32) };
const given = { secrets, databaseUrl: DATABASE_URL };

let done: string[];
let printed: string[];

beforeEach(() => {
  done = [];
  printed = [];
});

function migration(madeAtMs: number, statement: string): Migration {
  return { tag: `000${madeAtMs}_test`, madeAtMs, hash: 'hash', statements: [statement] };
}

/** Ports that succeed unless a test replaces one, and that record what is called. */
function fakePorts(
  changes: Partial<DeployPorts> & { applied?: number[]; hasBucket?: boolean } = {},
): DeployPorts {
  const { applied = [1], hasBucket = true, ...ports } = changes;
  return {
    print: (line) => printed.push(line),
    async run(command) {
      done.push(command.join(' '));
      return { ok: true, output: command.includes('rev-parse') ? 'abc1234\n' : '' };
    },
    async wrangler(args, sent = {}) {
      if (args[0] === 'secret') {
        done.push(`list the secrets of ${args.at(-1)}`);
        return { ok: true, output: '[{"name":"JWT_SECRET","type":"secret_text"}]', targets: [] };
      }
      if (args[0] === 'r2') {
        const [, , verb = '', name = ''] = args;
        done.push(`${verb} of the bucket ${name}`);
        return { ok: verb !== 'info' || hasBucket, output: '', targets: [] };
      }
      const isDry = args.includes('--dry-run');
      done.push(isDry ? 'build' : `upload with ${Object.keys(sent).join(' ') || 'no secret'}`);
      return { ok: true, output: 'Total Upload: 1 KiB', targets: ['https://shop.example.dev'] };
    },
    migrations: [migration(1, 'CREATE TABLE a (id int)')],
    async takeLock() {
      done.push('lock');
      return async () => void done.push('unlock');
    },
    open: () => ({
      async run(statements) {
        if (statements.at(-1)?.startsWith('SELECT')) return applied.map(String);
        done.push(`apply ${statements.at(-1)}`);
        return [];
      },
      async close() {},
    }),
    async verifyDeployment(origin) {
      done.push(`verify ${origin}`);
      return ['it is healthy'];
    },
    lackOf: async () => ['it has no legal page terms'],
    ...ports,
  };
}

function failing(message: string): () => Promise<never> {
  return () => Promise.reject(new UserError(message));
}

const notFound: DeployPorts['wrangler'] = async () => ({
  ok: false,
  output: 'no such file',
  targets: [],
});

function options(...argv: string[]) {
  const parsed = parseDeployOptions(argv);
  if (parsed === undefined) throw new Error('these flags ask for no help');
  return parsed;
}

describe('a deployment', () => {
  it('checks first, then brings the database up to date, then the Worker, then looks at it', async () => {
    const migrations = [
      migration(1, 'CREATE TABLE a (id int)'),
      migration(2, 'CREATE TABLE b (id int)'),
    ];
    await deploy(options('--env', 'production'), given, fakePorts({ migrations }));
    expect(done).toEqual([
      'git status --porcelain',
      'git rev-parse --short HEAD',
      'npm run --silent check',
      'npm test --silent',
      'npm run --silent test:drills',
      'build',
      'lock',
      'info of the bucket swiftdrop-pictures',
      'apply CREATE TABLE b (id int)',
      'upload with DATABASE_URL JWT_SECRET',
      'verify https://shop.example.dev',
      'list the secrets of production',
      'unlock',
    ]);
    expect(printed.join('\n')).toContain('npx wrangler rollback --env production');
    expect(printed).toContain('Warning: it has no legal page terms.');
    expect(printed.join('\n')).toContain('Warning: it has no DRAW_SIGNING_KEYS');
    expect(printed.join('\n')).not.toContain('password');
  });

  it('leaves the tests out and checks another origin where the options say so', async () => {
    const argv = ['--skip-tests', '--url', 'https://drops.example/'];
    await deploy(options(...argv), { ...given, secrets: undefined }, fakePorts());
    expect(done).not.toContain('npm test --silent');
    expect(done).not.toContain('npm run --silent test:drills');
    expect(done).toContain('upload with no secret');
    expect(done).toContain('verify https://drops.example');
  });

  it('does not warn of a key that the platform has, nor outside of production', async () => {
    const upload = fakePorts().wrangler;
    const keyed: DeployPorts['wrangler'] = (args, sent) =>
      args[0] === 'secret'
        ? Promise.resolve({ ok: true, output: '[{"name":"DRAW_SIGNING_KEYS"}]', targets: [] })
        : upload(args, sent);
    await deploy(options('--env', 'production'), given, fakePorts({ wrangler: keyed }));
    await deploy(options('--env', 'staging'), given, fakePorts());
    expect(printed.join('\n')).not.toContain('DRAW_SIGNING_KEYS');
  });

  it.each([
    ['what is not committed', 'git status --porcelain', 'must be a commit'],
    ['a check that fails', 'npm run --silent check', 'checks failed'],
    ['a test that fails', 'npm test --silent', 'tests failed'],
    ['a drill that fails', 'npm run --silent test:drills', 'drills failed'],
  ])('ends at %s, before anything changes', async (_what, broken, message) => {
    const run: DeployPorts['run'] = async (command) =>
      command.join(' ') === broken ? { ok: false, output: 'no' } : { ok: true, output: '' };
    await expect(deploy(options(), given, fakePorts({ run }))).rejects.toThrow(message);
    expect(done).toEqual([]);
  });

  it('makes the bucket for pictures where it is missing, and no second one', async () => {
    await deploy(options(), given, fakePorts({ hasBucket: false }));
    expect(done.filter((step) => step.includes('bucket'))).toEqual([
      'info of the bucket swiftdrop-staging-pictures',
      'create of the bucket swiftdrop-staging-pictures',
    ]);
    expect(printed).toContain('The bucket swiftdrop-staging-pictures is made.');
  });

  it('ends where the bucket cannot be made, before the database is changed', async () => {
    const { wrangler } = fakePorts();
    const ports = fakePorts({
      wrangler: async (args, sent) =>
        args[0] === 'r2' ? notFound(args, sent) : wrangler(args, sent),
    });
    await expect(deploy(options(), given, ports)).rejects.toThrow('switched on');
    expect(done.filter((step) => /^(apply|upload)/.test(step))).toEqual([]);
    expect(done.at(-1)).toBe('unlock');
  });

  it('ends where another one is under way', async () => {
    const ports = fakePorts({ takeLock: failing('another one is under way') });
    await expect(deploy(options(), given, ports)).rejects.toThrow('another one');
    expect(done).not.toContain('apply CREATE TABLE a (id int)');
    expect(done.filter((step) => step.startsWith('upload'))).toEqual([]);
  });

  it('does not touch a database whose old version would suffer, and lets go of it', async () => {
    const migrations = [migration(1, 'SELECT 1'), migration(2, 'ALTER TABLE a DROP COLUMN b')];
    const refused = deploy(options(), given, fakePorts({ migrations }));
    await expect(refused).rejects.toThrow('0002_test takes');
    expect(done.filter((step) => /^(apply|upload)/.test(step))).toEqual([]);
    expect(done.at(-1)).toBe('unlock');
  });

  it('takes whatever an empty database is given, since nothing runs beside it', async () => {
    const migrations = [migration(1, 'ALTER TABLE a DROP COLUMN b')];
    await deploy(options(), given, fakePorts({ migrations, applied: [] }));
    expect(done).toContain('apply ALTER TABLE a DROP COLUMN b');
  });

  it('gives the lock back when an upload fails or the shop is not healthy', async () => {
    const ports = fakePorts({ verifyDeployment: failing('it is not healthy') });
    await expect(deploy(options(), given, ports)).rejects.toThrow('not healthy');
    expect(done.at(-1)).toBe('unlock');
    expect(printed.join('\n')).toContain('wrangler rollback');
  });

  it('names what its Worker would not take, and never by value', async () => {
    const wrong = { secrets: { JWT_SECRET: 'too-short' }, databaseUrl: DATABASE_URL };
    const refused = deploy(options(), wrong, fakePorts());
    await expect(refused).rejects.toThrow(/DATABASE_URL is missing[\s\S]*JWT_SECRET is malformed/);
    await expect(refused).rejects.not.toThrow('too-short');
    expect(done).toEqual([]);
  });

  it('asks which Postgres it is about', async () => {
    const unknown = { secrets: undefined, databaseUrl: undefined };
    await expect(deploy(options(), unknown, fakePorts())).rejects.toThrow('Which Postgres?');
    expect(done).toEqual([]);
  });
});

describe('a dry run', () => {
  it('builds each Worker for both environments and goes no further', async () => {
    const nothing = { secrets: undefined, databaseUrl: undefined };
    await rehearseDeployment(options('--dry-run'), nothing, fakePorts());
    expect(done).toEqual(Array(6).fill('build'));
    expect(printed.join('\n')).toMatch(/staging[\s\S]*production/);
  });

  it('fails where a Worker is not built', async () => {
    const dry = options('--dry-run', '--env', 'staging');
    const failed = rehearseDeployment(dry, given, fakePorts({ wrangler: notFound }));
    await expect(failed).rejects.toThrow('no such file');
  });
});
