/**
 * `npm run dev`: the whole shop on this machine. Brings up database, Workers and clock in order,
 * and takes them down in the opposite one, however it is ended.
 */
import { join } from 'node:path';
import { openBackingServices } from './backing-services.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { type Previews, preparePreviews } from './previews-process.ts';
import { SAMPLE_ADMIN } from './sample-data.ts';
import { isDatabaseShared, type LocalSettings, readSettings } from './settings.ts';
import { untilAskedToStop } from './stop-request.ts';
import { assertPortFree, startWorker, waitUntilHealthy } from './worker-process.ts';

const SWEEP_MS = 60_000;

export async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await assertPortFree(settings.port);
  const folder = await openDataFolder(settings.dataFolder);
  const stopAsked = untilAskedToStop();

  const services = await openBackingServices(settings, folder);
  try {
    const previews = await preparePreviews({
      shopUrl: `http://localhost:${settings.port}`,
      persistTo: folder.previews,
    });
    const variables = {
      ...services.variables,
      ALLOWED_HOSTS: allowedHosts(settings),
      PREVIEWS_URL: previews.url,
    };
    await serve({ settings, folder, variables, previews, stopAsked, sampled: services.sampled });
  } finally {
    await services.close();
  }
  process.exit(0);
}

interface Opened {
  settings: LocalSettings;
  folder: DataFolder;
  variables: Record<string, string>;
  previews: Previews;
  stopAsked: Promise<void>;
  sampled: boolean;
}

/** Runs the Worker until somebody asks to stop, or it ends by itself. */
async function serve(opened: Opened): Promise<void> {
  const { settings, folder, variables, previews, stopAsked, sampled } = opened;
  const { draw, metricsToken } = settings;
  const worker = await startWorker({
    port: settings.port,
    persistTo: folder.worker,
    variablesFile: folder.workerVariables,
    variables: {
      ...variables,
      ...draw,
      ...(metricsToken !== undefined && { METRICS_TOKEN: metricsToken }),
    },
  });
  try {
    const ready = waitUntilHealthy(settings.port, worker);
    await Promise.race([ready, stopAsked]);
    const sweeping = setInterval(() => void sweep(settings.port), SWEEP_MS);
    void ready.then(() => {
      greet(settings, sampled);
      previews.start();
    });
    await Promise.race([stopAsked, worker.ended]);
    clearInterval(sweeping);
  } finally {
    await Promise.all([worker.stop(), previews.stop()]);
  }
}

/** Under another name the shop would be open to a page of any site, see worker/http/hosts.ts. */
function allowedHosts({ port, allowedHosts: further }: LocalSettings): string {
  const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => new URL(`http://${name}:${port}`));
  return [...own.map(({ host }) => host), ...(further === undefined ? [] : [further])].join(',');
}

/** The cron trigger of the cloud, which `wrangler dev` does not fire by itself. */
async function sweep(port: number): Promise<void> {
  try {
    await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled`, {
      signal: AbortSignal.timeout(SWEEP_MS),
    });
  } catch (error) {
    console.error('The sweep did not run:', error);
  }
}

function greet(settings: LocalSettings, sampled: boolean): void {
  const { port, dataFolder, databaseUrl } = settings;
  const mails = isDatabaseShared(settings)
    ? 'the Workers of that database send them'
    : `${join(dataFolder, 'mail')}, and a line here for each`;
  const money = isDatabaseShared(settings)
    ? 'none here'
    : 'pretended; the page on which one pays lists cards';
  console.log(`
  SwiftDrop is open on http://localhost:${port}
  Data:  ${databaseUrl === undefined ? dataFolder : 'the Postgres in DATABASE_URL'}
  Mails: ${mails}
  Money: ${money}
  Admin: ${SAMPLE_ADMIN.email} / ${SAMPLE_ADMIN.password} (sample data, this machine only)${
    sampled ? '\n  A sale opens within two minutes, and another is live.' : ''
  }
  Ctrl-C stops everything.
`);
}
