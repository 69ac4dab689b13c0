/** Mistakes in what an event's object does for its queue. */
import type { CodeMutation } from './code-mutations.ts';

export const QUEUE_CODE_MUTATIONS: CodeMutation[] = [
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
