/** Mistakes in what an event's object does for its queue. */
import type { Mutation } from './mutation.ts';

/** Each `file` is in worker/sale. */
export const QUEUE_CODE_MUTATIONS: (Mutation & { file: string })[] = [
  {
    name: 'never goes on by itself',
    file: 'object/queue-worker.ts',
    changes: [
      {
        find: 'if (step !== undefined && !this.#isRunning) void this.#run();',
        replace: '',
      },
    ],
  },
];
