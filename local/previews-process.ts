/**
 * The Worker in `previews/` beside the shop of `npm run dev`, so that a report's link preview has its picture here
 * too. The shop does without it: it is not waited for, and its end is only told.
 */
import { freePort } from './free-port.ts';
import { startWrangler, type WorkerProcess } from './worker-process.ts';

export interface Previews {
  /** For the shop's variables. */
  url: string;
  /** Once the shop is open: both would start more slowly at the same time. */
  start(): void;
  /** Also where it was never started. */
  stop(): Promise<void>;
}

export interface PreviewsPlace {
  shopUrl: string;
  /** Where its runtime keeps pictures that it drew. */
  persistTo: string;
}

export async function preparePreviews({ shopUrl, persistTo }: PreviewsPlace): Promise<Previews> {
  const port = await freePort();
  const args = ['--config', 'previews/wrangler.toml', '--persist-to', persistTo];
  let running: WorkerProcess | undefined;
  let isStopping = false;
  return {
    url: `http://localhost:${port}`,
    start() {
      if (isStopping) return;
      const { env } = process;
      running = startWrangler({ port, args: [...args, '--var', `SHOP_URL:${shopUrl}`], env });
      void running.ended.then(() => {
        if (!isStopping) console.error('Reports have no pictures: their Worker ended by itself.');
      });
    },
    async stop() {
      isStopping = true;
      await running?.stop();
    },
  };
}
