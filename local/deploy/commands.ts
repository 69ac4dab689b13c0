/** The programs that a deployment runs, each with what came of it. Decides nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const WRANGLER = join(
  dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
  'bin/wrangler.js',
);

export interface Ran {
  ok: boolean;
  output: string;
}

/** Runs a program in the project's folder, and shows what it says only to the caller. */
export async function run(
  command: string[],
  env: Record<string, string | undefined> = {},
): Promise<Ran> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { ok: code === 0, output };
}

export interface WranglerRan extends Ran {
  /** Where the Worker answers, once it is deployed. */
  targets: string[];
}

/** @param secrets handed over in a file that nobody else may read, and that is gone afterwards. */
export async function wrangler(
  args: string[],
  secrets: Record<string, string> = {},
): Promise<WranglerRan> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-deploy-'));
  try {
    const secretsFile = join(folder, 'secrets.json');
    const given = Object.keys(secrets).length > 0;
    if (given) await writeFile(secretsFile, JSON.stringify(secrets), { mode: 0o600 });
    const reports = join(folder, 'reports');
    const ran = await run(
      [process.execPath, WRANGLER, ...args, ...(given ? ['--secrets-file', secretsFile] : [])],
      {
        WRANGLER_OUTPUT_FILE_PATH: reports,
        WRANGLER_SEND_METRICS: 'false',
        // Wrangler would take what is meant for the commands here as variables of the Worker.
        DATABASE_URL: undefined,
        MONGODB_URI: undefined,
      },
    );
    return { ...ran, targets: targetsIn(await readFile(reports, 'utf8').catch(() => '')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One JSON object a line; that of a deployment says where the Worker answers. */
function targetsIn(reports: string): string[] {
  const lines = reports.split('\n').filter((line) => line !== '');
  return lines.flatMap((line) => {
    const report = JSON.parse(line) as { type?: string; targets?: string[] };
    return report.type === 'deploy' ? (report.targets ?? []) : [];
  });
}
