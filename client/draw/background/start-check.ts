/** Starts a check in a worker of its own, which the page can end. Must not know what is checked. */
import type { CheckNews, StartCheck } from './check-messages.ts';

export const startCheck: StartCheck = (asked, onNews) => {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<CheckNews>) => {
    onNews(data);
    if (data.step !== 'reading') worker.terminate();
  });
  // Its code cannot be fetched.
  worker.addEventListener('error', () => onNews({ step: 'failed' }));
  worker.postMessage(asked, []);
  return () => worker.terminate();
};
