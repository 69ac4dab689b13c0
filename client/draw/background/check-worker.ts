/** Where a check runs: beside the page, which stays as quick as it was. Real network; must not draw. */
import { fetchAndCheck } from '../check/fetch-draw.ts';
import type { CheckAsked, CheckNews } from './check-messages.ts';

addEventListener('message', ({ data }: MessageEvent<CheckAsked>) => {
  fetchAndCheck(
    { ...data, onProgress: (progress) => tell({ step: 'reading', ...progress }) },
    { fetch: (path, init) => fetch(path, init), subtle: globalThis.crypto?.subtle },
  ).then(
    (result) => tell({ step: 'checked', result }),
    () => tell({ step: 'failed' }),
  );
});

function tell(news: CheckNews) {
  postMessage(news);
}
