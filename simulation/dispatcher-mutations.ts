/** Mistakes in the dispatcher's own code that the laws must notice. */
import type { Mutation } from './mutation.ts';

export interface DispatcherMutation extends Mutation {
  /** In worker/outbox/rules. */
  file: string;
}

/** By file: what the mistake does, the text that is there, and what is put in its place. */
const MISTAKES: Record<string, [name: string, find: string, replace: string][]> = {
  'drain.ts': [
    ['forgets what was sent before its time', 'budget.learn(sent, ports.nowMs());', ''],
    [
      'never comes again by itself',
      'return nextAlarmMs(waits, { nowMs, failed: false });',
      'return undefined;',
    ],
    [
      'works off one batch in each run',
      'await workOff(ports, rows, lease);',
      'await workOff(ports, rows, lease);\n      return undefined;',
    ],
    ['leaves what is no mail', "{ kinds: kindsOf(kinds, 'own'), priorities: [URGENT, LAST] },", ''],
  ],
  'batch.ts': [
    ['tries more at a time', 'AT_ONCE_MAX = 5', 'AT_ONCE_MAX = 9'],
    [
      'keeps more results in memory alone',
      'while (batch.unrecorded >= ports.unrecordedMax)',
      'while (batch.unrecorded >= 3 * ports.unrecordedMax)',
    ],
    ['begins a try that may outlast its lease', '&& nowMs() + WORK_MS_MAX <= lease.untilMs', ''],
    [
      'sends what waited for its turn after a result could not be recorded',
      'return failure === undefined && nowMs()',
      'return nowMs()',
    ],
    [
      'does not stop where a result could not be recorded',
      '      batch.failure ??= { error };\n    }\n    batch.unrecorded--;',
      '      ports.report(error);\n    }\n    batch.unrecorded--;',
    ],
    [
      'waits for a slow receiver as long as it takes',
      'await ports.within(WORK_MS_MAX, attempt())',
      'await ports.within(10 * WORK_MS_MAX, attempt())',
    ],
    [
      'takes a try that took too long for done',
      "outcome ?? { kind: 'failed', reason: 'timeout' }",
      "outcome ?? { kind: 'done' }",
    ],
    [
      'takes a try that threw for done',
      "return { kind: 'failed', reason: 'threw' };",
      "return { kind: 'done' };",
    ],
    [
      'goes on although a receiver asked for patience',
      "if (outcome.kind === 'throttled') budget.close",
      "if (outcome.kind === 'dropped') budget.close",
    ],
    [
      'tries what should have ended',
      'if (ended !== undefined) return',
      'if (ended !== undefined && !ports) return',
    ],
    [
      'does not wait for its turn',
      "if (kind.channel === 'mail') {",
      "if (kind.channel === 'mail' && !ports) {",
    ],
    ['records nothing', 'if (await batch.recorder.add(result))', 'if (batch.recorder && result)'],
    [
      'counts a try for what it left',
      'result: { id, tries, lastError: null',
      'result: { id, tries: tries + 1, lastError: null',
    ],
  ],
  'batch-subjects.ts': [
    [
      'sends a mail about what was so long ago',
      'SUBJECT_MS_MAX = 2_000',
      'SUBJECT_MS_MAX = 20_000',
    ],
    [
      'fails all mails where they could not be read together',
      'await this.#read([row]);',
      "throw new Error('postgres failed');",
    ],
  ],
  'retry.ts': [
    ['tries once more', 'if (tries + 1 >= retry.triesMax)', 'if (tries >= retry.triesMax)'],
    ['gives up early', 'if (tries + 1 >= retry.triesMax)', 'if (tries + 2 >= retry.triesMax)'],
    [
      'never gives up what ends the dispatcher',
      'if (tries >= retry.triesMax)',
      'if (tries >= 10 * retry.triesMax)',
    ],
    [
      'makes no pause longer than the first',
      'pausesMs[Math.min(tries, pausesMs.length - 1)] ?? pausesMs[0]',
      'pausesMs[0]',
    ],
    ['takes pauses away', 'ms * (1 + JITTER * random())', 'ms * JITTER * random()'],
    [
      'does not wait as long as a failing receiver asked for',
      'Math.max(jittered(pauseMs(retry, tries), random), askedMs)',
      'jittered(pauseMs(retry, tries), random)',
    ],
    [
      'counts a wait as a try',
      "return { id, tries, lastError, next: { dueAtMs } };\n    }\n    case 'failed'",
      "return { id, tries: tries + 1, lastError, next: { dueAtMs } };\n    }\n    case 'failed'",
    ],
    [
      'tries again what was refused',
      "return { id, tries: tries + 1, lastError, next: 'given_up' };\n    case 'throttled'",
      "return { id, tries: tries + 1, lastError, next: 'done' };\n    case 'throttled'",
    ],
    [
      'drops what is still of use',
      'nowMs > row.dropAfterMs)',
      'nowMs > row.dropAfterMs - 3_600_000)',
    ],
    [
      'sends what is of no use any more',
      'if (row.dropAfterMs !== null && nowMs > row.dropAfterMs) {',
      'if (row.dropAfterMs === -1) {',
    ],
  ],
  'send-budget.ts': [
    [
      'lets one mail more leave in a second',
      'recent.length >= perSecondMax',
      'recent.length > perSecondMax',
    ],
    [
      'keeps nothing for urgent mails',
      'isUrgent ? 0 : Math.ceil',
      'isUrgent || !0 ? 0 : Math.ceil',
    ],
    ['does not count the day', '    this.#sentInDay++;\n', ''],
  ],
  'next-alarm.ts': [
    [
      'comes again when it is too late',
      'Math.max(Math.min(...times), nowMs)',
      'Math.max(Math.max(...times), nowMs)',
    ],
    [
      'does not come again where Postgres was away',
      'if (failed) return nowMs + FAULT_PAUSE_MS;',
      'if (failed) return nowMs + 1e10;',
    ],
  ],
  'recorder.ts': [
    [
      'tries to record once only',
      'if (tries >= RECORD_TRIES_MAX) throw error;',
      'if (tries >= RECORD_TRIES_MAX) return [];',
    ],
    ['waits long for others to record with', 'RECORD_DELAY_MS = 200', 'RECORD_DELAY_MS = 2_000'],
  ],
  'dispatcher.ts': [
    [
      'forgets rows that were written during a run',
      'if (this.#isWoken) return setAlarm',
      'if (!this.#ports) return setAlarm',
    ],
    [
      'has no alarm while it runs',
      'await this.#change(({ setAlarm, nowMs }) => setAlarm(nowMs() + EVICTED_MS));',
      '',
    ],
    ['does not wake for rows', 'if (!isSoon) await setAlarm(soonMs);', ''],
    ['runs again without a pause', 'RUN_GAP_MS = 500', 'RUN_GAP_MS = 0'],
    [
      'lets one change of the alarm overtake another',
      'this.#changed.then(() => how(this.#ports))',
      'how(this.#ports)',
    ],
  ],
};

export const DISPATCHER_MUTATIONS: DispatcherMutation[] = Object.entries(MISTAKES).flatMap(
  ([file, mistakes]) =>
    mistakes.map(([name, find, replace]) => ({ file, name, changes: [{ find, replace }] })),
);
