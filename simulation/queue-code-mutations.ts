/** Mistakes in what an event's object does for its queue. */
import { type Mutation, mistake } from './mutation.ts';

/** Each `file` is in worker/sale. */
type CodeMutation = Mutation & { file: string };

function mistakeIn(file: string, ...[name, find, replace]: [string, string, string]): CodeMutation {
  return { file, ...mistake(name, find, replace) };
}

export const QUEUE_CODE_MUTATIONS: CodeMutation[] = [
  mistakeIn(
    'object/queue-worker.ts',
    'never goes on by itself',
    'if (step !== undefined && !this.#isRunning) void this.#run();',
    '',
  ),
  mistakeIn(
    'object/queue-worker.ts',
    'goes on once, and never again',
    'this.#isRunning = false;\n    }',
    '}',
  ),
  mistakeIn(
    'rules/queue-steps.ts',
    'never draws',
    "return isDue ? 'draw' : undefined;",
    'return undefined;',
  ),
  mistakeIn(
    'rules/wake-times.ts',
    'sets no alarm for the lock of a draw',
    "if (locksAtMs !== null) return [{ reason: 'entries are locked', atMs: orSoon(locksAtMs) }];",
    'if (locksAtMs !== null) return [];',
  ),
  {
    name: 'sets no alarm for a draw',
    file: 'rules/wake-times.ts',
    changes: [
      {
        find: "return [{ reason: 'step of the draw', atMs: orSoon(drawStepAtMs ?? nowMs) }];",
        replace: 'return [];',
      },
      { find: 'if (nowMs < event.opensAtMs) times', replace: 'if (!times) times' },
    ],
  },
  mistakeIn(
    'object/sale.ts',
    'tells the outbox of no offer',
    'if (settlement && settlement.unaskedOrders.length > 0) this.#ports.mailsWritten();',
    '',
  ),
  mistakeIn(
    'rules/answers.ts',
    'says that every queue is open',
    'return waitlist ?? false;',
    'return waitlist !== undefined;',
  ),
  mistakeIn(
    'rules/answers.ts',
    'tells nobody that a draw is to come',
    'const drawAtMs = event.queue?.drawAtMs ?? null;',
    'const drawAtMs = null;',
  ),
  mistakeIn(
    'rules/answers.ts',
    'tells those who wait that the sale is over',
    'const isOver = nowMs >= event.closesAtMs;',
    'const isOver = nowMs >= event.opensAtMs;',
  ),
  mistakeIn(
    'rules/early-refusals.ts',
    'says that others wait once it is drawn',
    'const isUndrawn = (event.queue?.drawAtMs ?? null) !== null;',
    'const isUndrawn = event.queue !== undefined;',
  ),
];
